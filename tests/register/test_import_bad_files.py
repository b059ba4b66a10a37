"""Files that cannot be read are refused as a whole, rows that cannot be read one by one; each with a sentence."""

from decimal import Decimal

import pytest

from register.enums import LoadKind
from register.importing.errors import FileRefused
from register.importing.reading import open_file
from register.importing.survey import survey
from register.models import RegisterLoad, Release, WasteTransfer
from tests.register.factories import FacilityFactory, PollutantFactory, RegisterLoadFactory
from tests.register.files import RELEASE_HEADER, counted, load, rejects, write, write_facilities, write_waste

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def register():
    PollutantFactory(mercury=True)
    PollutantFactory(carbon_dioxide=True)
    FacilityFactory(public_id="0000000001")
    FacilityFactory(public_id="0000000002")


def refusal(path, **how):
    with pytest.raises(FileRefused) as refused:
        survey(open_file(path, **how))
    assert not RegisterLoad.objects.filter(kind="releases").exists()
    return str(refused.value)


# The file as a whole --------------------------------------------------------------------------------------------------


def test_another_delimiter_is_named_and_a_mapping_suggested(tmp_path):
    path = write(tmp_path, [{}])
    path.write_text(path.read_text().replace(";", ","))
    assert refusal(path) == (
        'The columns of edition.csv are separated by ",", and “E-PRTR extract: releases” expects ";". '
        'Save the file so, or name a mapping that says delimiter = "," (--mapping).'
    )


def test_a_tabulator_is_named_as_toml_writes_it(tmp_path):
    path = write(tmp_path, [{}])
    path.write_text(path.read_text().replace(";", "\t"))
    assert 'a mapping that says delimiter = "\\t"' in refusal(path)


def test_another_encoding_is_told_with_the_line_and_the_byte(tmp_path):
    path = write_facilities(tmp_path, [{"city": "Oulu", "nameOfFeature": "A"}, {"city": "Äänekoski"}])
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    assert refusal(path) == (
        "facilities.csv is not in utf-8: line 2 holds the byte 0xE4, which has no meaning there. "
        "Save the file as UTF-8, or name its encoding in a mapping (--mapping), perhaps cp1252, cp1251."
    )


def test_a_character_cut_off_at_the_end_is_another_encoding_too(tmp_path):
    path = write(tmp_path, [{}])
    path.write_bytes(path.read_bytes() + b"\xc3")
    assert refusal(path).startswith("edition.csv is not in utf-8: line 3 holds the byte 0xC3")


def test_an_unknown_header_says_what_is_lacking_and_what_was_found(tmp_path):
    path = write(tmp_path, [{}])
    path.write_text(path.read_text().replace("pollutantCode", "substance"))
    assert refusal(path) == (
        "The header of edition.csv is not that of “E-PRTR extract: releases”: it lacks pollutantCode. It has: "
        "Facility_INSPIRE_ID, reportingYear, substance, pollutantName, medium, totalPollutantQuantityKg, "
        "AccidentalPollutantQuantityKG, methodCode, methodName, facilityId. "
        "If the file is written in another way, describe it in a mapping (--mapping)."
    )


def test_a_column_named_twice_is_not_guessed(tmp_path):
    path = tmp_path / "twice.csv"
    path.write_text(f"{RELEASE_HEADER};medium\n")
    assert refusal(path) == ("The header of twice.csv names a column twice, so it is not clear which is meant: medium.")


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf\r\n"])
def test_an_empty_file(tmp_path, content):
    path = tmp_path / "empty.csv"
    path.write_bytes(content)
    assert refusal(path) == "empty.csv is empty; a file has a header and at least one row."


def test_a_header_without_rows(tmp_path):
    assert refusal(write(tmp_path, [])) == ("edition.csv has a header and no row below it; there is nothing to load.")


@pytest.mark.parametrize("content", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest"])
def test_a_spreadsheet(tmp_path, content):
    path = tmp_path / "edition.xlsx"
    path.write_bytes(content)
    assert refusal(path) == (
        "edition.xlsx is a spreadsheet or an archive, not a CSV file; save the sheet as CSV in UTF-8 first."
    )


def test_utf_16(tmp_path):
    path = write(tmp_path, [{}])
    path.write_bytes(path.read_text().encode("utf-16"))
    assert refusal(path) == (
        'edition.csv is in UTF-16; save it as UTF-8, or name the encoding in a mapping (encoding = "utf-16").'
    )


def test_a_file_that_is_not_there_and_a_folder(tmp_path):
    assert refusal(tmp_path / "no.csv") == f"There is no file {tmp_path / 'no.csv'}."
    assert refusal(tmp_path) == f"{tmp_path} cannot be opened: Is a directory."


def test_a_kind_that_no_built_in_mapping_reads(tmp_path):
    assert refusal(write(tmp_path, [{}]), kind=LoadKind.DIFFUSE) == (
        "edition.csv: no built-in mapping reads releases from diffuse sources; describe the file in a mapping "
        "(--mapping)."
    )


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path):
    path = write(tmp_path, [{}])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert counted(load(path)) == {"read": 1, "added": 1}


def test_windows_line_ends_and_empty_lines_are_no_rows(tmp_path):
    path = write(tmp_path, [{}, {"medium": "AIR"}])
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n\r\n") + b";;;;;;;;;\r\n")
    assert counted(load(path)) == {"read": 2, "added": 2}


# Single rows ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"facilityId": ""}, "The row says nothing in the field “facility”."),
        (
            {"facilityId": "0000000003"},
            "There is no facility “0000000003” in the register; load the file of facilities first.",
        ),
        (
            {"pollutantCode": "HGANDCOMPOUND"},
            "The pollutant “HGANDCOMPOUND” is not in the register's list. The nearest is “HGANDCOMPOUNDS”.",
        ),
        ({"pollutantCode": "plutonium"}, "The pollutant “plutonium” is not in the register's list."),
        ({"medium": "SPACE"}, "“SPACE” is not known in the field “medium”; known there: air, land, water."),
        ({"medium": ""}, "The row says nothing in the field “medium”."),
        (
            {"methodCode": "X"},
            "“X” is not known in the field “method”; known there: c, calculated, e, estimated, m, measured.",
        ),
        ({"reportingYear": "1979"}, "“1979” is no reporting year between 1980 and 2026."),
        ({"reportingYear": "2027"}, "“2027” is no reporting year between 1980 and 2026."),
        ({"reportingYear": "20 20"}, "“20 20” is no reporting year between 1980 and 2026."),
        ({"reportingYear": ""}, "The row says nothing in the field “year”."),
        ({"totalPollutantQuantityKg": "-1"}, "A quantity cannot be negative: -1."),
        ({"totalPollutantQuantityKg": "inf"}, "“inf” is not a finite number."),
        (
            {"totalPollutantQuantityKg": "1e13"},
            "1e+13 kg is more than the largest quantity that is believed, 1,000,000,000,000 kg a year; "
            "is the unit right?",
        ),
        (
            {"totalPollutantQuantityKg": ""},
            "There is no quantity; if an empty cell means one of the five absences, say which under [marks] in the "
            "mapping.",
        ),
        (
            {"totalPollutantQuantityKg": "5", "AccidentalPollutantQuantityKG": "5.1"},
            "The accidental part, 5.1 kg, is greater than the whole, 5 kg.",
        ),
        ({"pollutantName": "Hg\0"}, "The row holds a NUL byte, which no text has."),
    ],
)
def test_a_row_that_cannot_be_read_goes_to_the_rejects_and_the_load_goes_on(tmp_path, row, sentence):
    at = RegisterLoadFactory.loaded_at.replace(year=2026, month=11)
    outcome = load(write(tmp_path, [{"facilityId": "0000000002"}, row]), at=at)
    assert rejects(outcome) == [(3, sentence)]
    assert counted(outcome) == {"read": 2, "added": 1, "rejected": 1}
    assert RegisterLoad.objects.get(kind="releases").rows_rejected == 1


@pytest.mark.parametrize(("cells", "found"), [("a;b", 2), (";".join("abcdefghijk"), 11)])
def test_too_few_and_too_many_columns(tmp_path, cells, found):
    path = write(tmp_path, [{}])
    path.write_text(f"{path.read_text()}{cells}\n")
    assert rejects(load(path)) == [(3, f"The row has {found} columns and the header 10.")]


def test_a_quotation_mark_that_does_not_close(tmp_path):
    path = write(tmp_path, [{}])
    path.write_text(f'{path.read_text()}1;2020;"NH3;x\n')
    assert rejects(load(path)) == [
        (3, "A quotation mark opens here and does not close as it should (read on to line 3).")
    ]


def test_a_second_row_about_the_same_release_names_the_first_line(tmp_path):
    outcome = load(write(tmp_path, [{}, {"medium": "AIR"}, {"totalPollutantQuantityKg": "38"}]))
    assert rejects(outcome) == [(4, "The row is about the same entry as line 2, which was kept.")]
    assert Release.objects.get(medium="water").quantity_kg == Decimal("37.9")


def test_rejects_hold_line_reason_and_the_row_as_it_stands(tmp_path):
    outcome = load(write(tmp_path, [{"medium": "SPACE"}]))
    lines = outcome.rejects.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "line,reason," + RELEASE_HEADER.replace(";", ",")
    assert lines[1].startswith("2,")
    assert lines[1].endswith(
        "FI.EEA/1.FACILITY,2020,HGANDCOMPOUNDS,Mercury and compounds (as Hg),SPACE,37.9,0.0,M,"
        "Measured: analytical method used,0000000001"
    )


def test_a_file_without_rejects_takes_the_earlier_ones_away(tmp_path):
    bad = load(write(tmp_path, [{"medium": "SPACE"}]))
    assert bad.rejects.exists()
    assert load(write(tmp_path, [{}])).rejects is None
    assert not bad.rejects.exists()


# Transfers of waste ---------------------------------------------------------------------------------------------------


def test_transfers_that_differ_only_in_quantity_are_several_and_repeated_rows_are_one(tmp_path):
    receiver = {"nameOfReceiver": "Weser-Metall GmbH", "ReceivingSite_countryName": "Germany"}
    rows = [{**receiver, "totalWasteQuantityTNE": tonnes} for tonnes in ("865.0", "23.0", "865.0")]
    outcome = load(write_waste(tmp_path, rows))
    assert rejects(outcome) == [(4, "The row says the same as line 2 in every field.")]
    assert sorted(WasteTransfer.objects.values_list("quantity_kg", flat=True)) == [23_000, 865_000]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            {"ReceivingSite_countryName": "Germny"},
            "“Germny” is neither the code nor the name of a country. The nearest is “Germany”.",
        ),
        (
            {"wasteClassificationCode": "SLUDGE"},
            "“SLUDGE” is not known in the field “waste_type”; known there: hazardous, hw, hwic, hwoc, non-hw, nonhw, "
            "other.",
        ),
        (
            {"wasteTreatmentCode": "Z"},
            "“Z” is not known in the field “treatment”; known there: d, disposal, r, recovery.",
        ),
        (
            {"nameOfReceiver": "x" * 301},
            "The field “receiver_name” has 301 characters; the register has room for 300.",
        ),
    ],
)
def test_transfers_that_cannot_be_read(tmp_path, row, sentence):
    assert rejects(load(write_waste(tmp_path, [row]))) == [(2, sentence)]


# Facilities -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"pointGeometryLat": "6260420"}, "Latitude 6260420 and longitude 25.72650 lie nowhere on Earth; they have to "
         "be degrees."),
        ({"pointGeometryLat": ""}, "One coordinate is given and the other is not."),
        ({"mainActivityCode": "10(z)"}, "The activity “10(z)” is not one of Annex I."),
        ({"nameOfFeature": ""}, "The row says nothing in the field “name”."),
        ({"countryCode": "XQ"}, "“XQ” is neither the code nor the name of a country."),
        ({"status": "haunted"}, "“haunted” is not known in the field “status”; known there: decommissioned, disused, "
         "functional, not_regulated, notregulated."),
    ],
)  # fmt: skip
def test_facilities_that_cannot_be_read(tmp_path, row, sentence):
    assert rejects(load(write_facilities(tmp_path, [row]))) == [(2, sentence)]
