"""Files of other registers, through a mapping: wide and long, pounds and commas, words and marks."""

from decimal import Decimal

import pytest

from register.importing.errors import FileRefused, MappingRefused
from register.importing.mapping import BUILT_IN, built_in_mappings, read_mapping
from register.importing.reading import open_file
from register.models import DiffuseRelease, Facility, PollutantTransfer, Release, WasteTransfer
from tests.register.factories import ActivityFactory, FacilityFactory, OperationFactory, PollutantFactory
from tests.register.files import counted, load, rejects

LONG_HEADER = "Betriebsnummer;Berichtsjahr;Schadstoff;Umweltmedium;Jahresfracht;Einheit;davon versehentlich;Methode"
WIDE_HEADER = (
    "YEAR,TRIFD,CAS#,CHEMICAL,UNIT OF MEASURE,5.1 - FUGITIVE AIR,5.2 - STACK AIR,5.3 - WATER,5.4 - UNDERGROUND,"
    "5.5.1 - LANDFILLS,5.5.2 - LAND TREATMENT"
)


def values():
    """Medium, presence and kilograms of every release."""
    return {one.medium: (one.presence, one.quantity_kg) for one in Release.objects.all()}


@pytest.fixture
def works(db):
    PollutantFactory(mercury=True)
    return FacilityFactory(public_id="DE-1")


@pytest.fixture
def written(tmp_path):
    """Write a file and a mapping, and return both."""

    def make(content, mapping="", encoding="utf-8"):
        (tmp_path / "file.csv").write_text(content, encoding=encoding)
        (tmp_path / "mapping.toml").write_text(mapping, encoding="utf-8")
        return tmp_path / "file.csv", tmp_path / "mapping.toml"

    return make


# The two examples -----------------------------------------------------------------------------------------------------


def test_a_wide_table_in_pounds_adds_the_columns_of_a_medium(works, written):
    path, _ = written(
        f"{WIDE_HEADER}\n"
        '2021,DE-1,7439-97-6,MERCURY,Pounds,"1,000",500,10,0,,0\n'
        "2022,DE-1,7439-97-6,MERCURY,Grams,250,,,,,\n"
    )
    outcome = load(path, "example_wide_pounds")
    assert counted(outcome) == {"read": 2, "added": 4}
    assert values() | {"air": None} == {
        "air": None,
        "water": ("reported", Decimal("4.5359237")),
        "land": ("zero", Decimal(0)),
    }
    air = Release.objects.filter(medium="air").order_by("reporting_year").values_list("quantity_kg", flat=True)
    assert list(air) == [Decimal("680.388555"), Decimal("0.25")]


def test_a_mark_in_a_wide_table_says_why_there_is_no_number(works, written):
    path, _ = written(f"{WIDE_HEADER}\n2021,DE-1,7439-97-6,MERCURY,Pounds,NA,500,*,,,\n")
    load(path, "example_wide_pounds")
    assert values() == {"air": ("not_monitored", None), "water": ("confidential", None)}
    withheld = Release.objects.get(medium="water").withheld
    assert (withheld.ground, withheld.reason) == ("c", "The quantity is a trade secret under national law.")


def test_a_unit_that_the_mapping_does_not_know(works, written):
    path, _ = written(f"{WIDE_HEADER}\n2021,DE-1,7439-97-6,MERCURY,Stones,1,1,1,1,1,1\n")
    assert rejects(load(path, "example_wide_pounds")) == [
        (2, "“Stones” is no unit that the mapping knows; it knows: pounds, grams.")
    ]


def test_one_wrong_cell_rejects_the_whole_row_of_a_wide_table_and_the_mended_row_is_read(works, written):
    row = "2021,DE-1,7439-97-6,MERCURY,Pounds,1,1,{water},,,\n"
    path, _ = written(f"{WIDE_HEADER}\n{row.format(water='much')}{row.format(water='2')}")
    outcome = load(path, "example_wide_pounds")
    assert rejects(outcome) == [(2, "“much” is not a number.")]
    assert counted(outcome) == {"read": 2, "added": 2, "rejected": 1}


def test_a_long_table_with_decimal_comma_words_and_marks(works, written):
    lines = [
        "DE-1;2020;Quecksilber;Luft;1.234,5;kg/a;0,5;gemessen",
        "DE-1;2020;Quecksilber;Wasser;0,012;t/a;;geschätzt",
        "DE-1;2020;Quecksilber;Boden;< 10;kg/a;;berechnet",
        "DE-1;2021;Quecksilber;Luft;n. b.;kg/a;;",
        "DE-1;2021;Quecksilber;Wasser;V;kg/a;;",
        "DE-1;2021;Quecksilber;Boden;n. g.;kg/a;;",
        "DE-1;2022;Quecksilber;Luft;keine;kg/a;;E",
    ]
    content = "\n".join([LONG_HEADER, *lines]).replace("Quecksilber", "Mercury and compounds (as Hg)")
    path, _ = written(content, encoding="cp1252")
    assert counted(load(path, "example_long_decimal_comma")) == {"read": 7, "added": 7}
    found = Release.objects.order_by("reporting_year", "pk").values_list("presence", "quantity_kg", "method")
    assert list(found) == [
        ("reported", Decimal("1234.5"), "measured"),
        ("reported", Decimal(12), "estimated"),
        ("below_threshold", None, "calculated"),
        ("not_reported", None, ""),
        ("confidential", None, ""),
        ("not_monitored", None, ""),
        ("zero", Decimal(0), "estimated"),
    ]
    assert Release.objects.get(presence="confidential").withheld.reason_fr.startswith("La quantité relève")
    assert Release.objects.get(quantity_kg=Decimal("1234.5")).accidental_kg == Decimal("0.5")


# The other kinds ------------------------------------------------------------------------------------------------------

MINIMAL = {
    "waste_transfers": """
        kind = "waste_transfers"
        [columns]
        facility = "id"
        year = "year"
        waste_type = "type"
        treatment = "for"
        operation = "operation"
        quantity = "kg"
        receiver_name = "to"
        receiver_country = "country"
    """,
    "pollutant_transfers": """
        kind = "pollutant_transfers"
        [columns]
        facility = "id"
        year = "year"
        pollutant = "what"
        quantity = "kg"
        destination = "for"
        [values.destination]
        sewer = "waste_water"
    """,
    "diffuse": """
        kind = "diffuse"
        [columns]
        category = "source"
        year = "year"
        pollutant = "what"
        medium = "into"
        quantity = "kg"
        area = "where"
        methodology = "how"
        [defaults]
        country = "Finland"
    """,
    "facilities": """
        kind = "facilities"
        [file]
        on_repeat = "keep_first"
        [columns]
        facility = "id"
        name = "name"
        [defaults]
        country = "FI"
    """,
}


def test_transfers_of_waste_with_operation_and_receiver(works, written):
    OperationFactory()
    path, mapping = written(
        "id,year,type,for,operation,kg,to,country\nDE-1,2020,hazardous,R,r 4,5,Moxba,Pays-Bas\n",
        MINIMAL["waste_transfers"],
    )
    load(path, read_mapping(mapping))
    transfer = WasteTransfer.objects.get()
    assert (transfer.operation.code, transfer.receiver_country) == ("R4", "NL")


def test_transfers_of_pollutants_in_waste_and_in_waste_water(works, written):
    path, mapping = written(
        "id,year,what,kg,for\nDE-1,2020,7439-97-6,5,sewer\nDE-1,2020,7439-97-6,6,waste_recovery\n",
        MINIMAL["pollutant_transfers"],
    )
    assert counted(load(path, read_mapping(mapping))) == {"read": 2, "added": 2}
    assert dict(PollutantTransfer.objects.values_list("destination", "quantity_kg")) == {
        "waste_water": 5,
        "waste_recovery": 6,
    }


def test_diffuse_releases_are_loaded_revised_and_dropped(works, written):
    head = "source,year,what,into,kg,where,how\n"
    first, second = "road_traffic,2020,Mercury,air,5,Uusimaa,Counts\n", "shipping,2020,Mercury,water,6,,Tracks\n"
    mapping = MINIMAL["diffuse"] + '[values.pollutant]\nMercury = "HGANDCOMPOUNDS"\n'
    path, toml = written(head + first + second, mapping)
    assert counted(load(path, read_mapping(toml))) == {"read": 2, "added": 2}
    path, toml = written(head + first.replace("5", "5.5"), mapping)
    assert counted(load(path, read_mapping(toml))) == {"read": 1, "revised": 1, "dropped": 1}
    kept = DiffuseRelease.objects.current().get()
    assert (kept.area, kept.country, kept.quantity_kg, kept.methodology) == ("Uusimaa", "FI", Decimal("5.5"), "Counts")


def test_diffuse_releases_of_another_register_are_left_alone(works, written):
    content = "source,year,what,into,kg,where,how\nshipping,2020,7439-97-6,water,6,,Tracks\n"
    path, toml = written(content, MINIMAL["diffuse"])
    load(path, read_mapping(toml), register="demonstration")
    path, toml = written(content.replace(",6,", ",7,"), MINIMAL["diffuse"])
    assert rejects(load(path, read_mapping(toml))) == [
        (2, "Another register already has an entry for this source, place, pollutant and year.")
    ]


def test_facilities_out_of_a_table_that_names_them_in_every_row(db, written):
    ActivityFactory()
    path, mapping = written("id,name,kg\n1,Mill,5\n1,Mill,6\n2,Works,7\n", MINIMAL["facilities"])
    assert counted(load(path, read_mapping(mapping))) == {"read": 3, "added": 2}
    assert set(Facility.objects.values_list("public_id", "name", "country")) == {
        ("1", "Mill", "FI"),
        ("2", "Works", "FI"),
    }


# What a mapping may not say -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("kind = ", "kin = "), "“kin” means nothing here; is it kind?"),
        (('"waste_transfers"', '"waste"'), "“kind” has to be one of: facilities, releases, waste_transfers, "
         "pollutant_transfers, diffuse."),
        (("waste_type =", "wastetype ="), "“columns.wastetype” means nothing here; is it waste_type?"),
        (('facility = "id"\n', ""), "it does not say where to find: facility. Name the columns under [columns], or a "
         "fixed value under [defaults]."),
        (('year = "year"', "year = 2020"), "“columns.year” has to be a text or a list of texts."),
        (("[columns]", '[units]\nquantity = "stone"\n[columns]'), "“units.quantity” has to be one of: mg, g, kg, t, "
         "kt, lb, short_ton."),
        (("[columns]", '[file]\ndelimiter = "::"\n[columns]'), "“file.delimiter” has to be one character, such as "
         "“;” or a tabulator."),
        (("[columns]", '[file]\nencoding = "utf-99"\n[columns]'), "“utf-99” is no encoding; usual ones are utf-8, "
         "cp1252 and cp1251."),
        (("[columns]", '[file]\nthousands = "."\n[columns]'), "the decimal mark and the separator of thousands cannot "
         "be the same."),
        (("[columns]", '[marks]\n"<" = "small"\n[columns]'), "“marks.<” has to be one of: zero, below_threshold, "
         "not_reported, confidential, not_monitored."),
        (("[columns]", '[withheld]\nground = "f"\n[columns]'), "“withheld.ground” has to be one of: , a, b, c, d, e."),
        (("[columns]", '[[media]]\nmedium = "air"\n[columns]'), "only releases have media as columns."),
        (("[columns]", 'values = "x"\n[columns]'), "“values” has to be a table."),
    ],
)  # fmt: skip
def test_a_mapping_that_says_what_nobody_understands(written, change, sentence):
    _, mapping = written("", "\n".join(line.strip() for line in MINIMAL["waste_transfers"].splitlines()))
    mapping.write_text(mapping.read_text().replace(*change))
    with pytest.raises(MappingRefused) as refused:
        read_mapping(mapping)
    assert str(refused.value) == f"In the mapping mapping.toml: {sentence}"


def test_a_mapping_that_is_not_there_or_not_toml(written, tmp_path):
    _, mapping = written("", "kind = ")
    with pytest.raises(MappingRefused, match="is not TOML"):
        read_mapping(mapping)
    with pytest.raises(MappingRefused, match=r"There is no mapping .*none\.toml\."):
        read_mapping(tmp_path / "none.toml")


def test_a_file_that_lacks_a_column_of_its_mapping(written):
    path, mapping = written("id,year,type,for\n", MINIMAL["waste_transfers"])
    with pytest.raises(FileRefused) as refused:
        open_file(path, mapping=read_mapping(mapping))
    assert "it lacks operation, kg, to, country." in str(refused.value)


def test_every_mapping_of_the_project_can_be_read():
    read = {path.stem: read_mapping(path).kind for path in BUILT_IN.glob("*.toml")}
    assert read == {
        "eprtr_facilities": "facilities",
        "eprtr_releases": "releases",
        "eprtr_waste_transfers": "waste_transfers",
        "example_long_decimal_comma": "releases",
        "example_wide_pounds": "releases",
    }
    assert len(built_in_mappings()) == 3
