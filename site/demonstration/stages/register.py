"""Builds the register: two editions of the Agency's files, loaded as any register's files are."""

from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from accounts.roles import Role
from demonstration.country.editions import KINDS, Country, write_edition
from demonstration.marks import marking
from demonstration.party import AUTHORITY
from demonstration.stages.context import FIRST_EDITION, NEWEST_EDITION, Building, register_span
from design.texts import Texts
from register.domain.reference import load_reference
from register.domain.withholding import withhold_information
from register.enums import RELEASE_THRESHOLDS, Medium, WasteType, WithheldType, WithholdingGround
from register.importing.loading import load_file
from register.importing.mapping import read_mapping
from register.importing.reading import open_file
from register.models import Activity, Facility, Pollutant, Release, RuleChange, Threshold, WasteTransfer

_MAPPINGS: Final = Path(__file__).resolve().parent.parent / "contents" / "register"
_EDITION: Final = Texts(
    en="%(authority)s, edition of %(year)s",
    fr="%(authority)s, édition de %(year)s",
    ru="%(authority)s, издание %(year)s года",
)
_EXPLOSIVES: Final = "4(f)"


class RejectedRowsError(Exception):
    """The demonstration's own files could not be read whole: a fault of the program."""


def build_register(building: Building) -> str:
    """Load the annexes where they are missing, then the earlier and the newest edition; return what there is now.

    Side effects, in order: those of `load_reference`, of `load_file` for ten files, and of `withhold_information` for
    the receivers of one facility's waste; the change of the rule on ammonia is entered.
    """
    with ExitStack() as stack:
        stack.enter_context(marking(building.build))
        if not Pollutant.objects.exists():
            load_reference()
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="velmaria-")))
        span = register_span(building.at)
        country = Country.planned(_thresholds(), last_year=span.last_year, seed=building.seed, quick=building.quick)
        for is_newest, ago in ((False, FIRST_EDITION), (True, NEWEST_EDITION)):
            _load_edition(building, country, folder, is_newest=is_newest, days_ago=ago.days)
        _withhold_receivers(building)
        _tell_rule_change(span.rule_change_year)
    return f"{Facility.objects.count()} facilities, {Release.objects.count()} releases"


def _thresholds() -> dict[tuple[str, str], Decimal]:
    """Return the thresholds that apply, by reporting code and medium."""
    media = {kind.value: medium.value for medium, kind in RELEASE_THRESHOLDS.items()}
    held = Threshold.objects.filter(threshold_set__applies=True, kind__in=media)
    return {(code, media[kind]): kg for code, kind, kg in held.values_list("pollutant__code", "kind", "quantity_kg")}


def _load_edition(building: Building, country: Country, folder: Path, *, is_newest: bool, days_ago: int) -> None:
    at = building.moment(-days_ago, hour=10)
    files = write_edition(country, folder, is_newest=is_newest)
    for position, kind in enumerate(KINDS):
        outcome = load_file(
            open_file(files[kind], mapping=read_mapping(_MAPPINGS / f"{kind}.toml")),
            rejects_folder=folder,
            source=_EDITION.en % {"authority": AUTHORITY.en, "year": at.year},
            source_fr=_EDITION.fr % {"authority": AUTHORITY.fr, "year": at.year},
            source_ru=_EDITION.ru % {"authority": AUTHORITY.ru, "year": at.year},
            actor=building.people[Role.CASE_OFFICER],
            at=at.replace(minute=4 * position),
        )
        if outcome.rejects is not None:
            raise RejectedRowsError(outcome.rejects.read_text(encoding="utf-8")[:1000])
        building.say(f"{files[kind].name}: {outcome.counts.rows_read} rows")


def _tell_rule_change(year: int) -> None:
    """Enter the year from which farms calculate ammonia with another factor."""
    RuleChange.objects.create(
        year=year,
        pollutant=Pollutant.objects.get(code="NH3"),
        medium=Medium.AIR,
        activity=Activity.objects.get(code="7(a)"),
        text_en="Poultry and pig farms calculate ammonia with a new factor.",
        text_fr="Les élevages de volailles et de porcs calculent l’ammoniac avec un nouveau facteur.",
        text_ru="Птицеводческие и свиноводческие хозяйства рассчитывают аммиак с новым коэффициентом.",
    )


def _withhold_receivers(building: Building) -> None:
    """Keep the receivers of an explosives factory's waste confidential, with a reason in three languages."""
    transfers = WasteTransfer.objects.filter(
        facility__activity__code=_EXPLOSIVES, waste_type=WasteType.HAZARDOUS
    ).exclude(receiver_name="")
    for transfer in transfers.order_by("pk"):
        withhold_information(
            transfer,
            type_withheld=WithheldType.RECEIVER,
            ground=WithholdingGround.PUBLIC_SECURITY,
            reason={
                "en": "The waste contains residues of explosives. Whoever knows where it is taken could steal them.",
                "fr": "Les déchets contiennent des restes d’explosifs. Qui sait où on les porte pourrait les voler.",
                "ru": "Отходы содержат остатки взрывчатых веществ. Зная, куда их везут, их можно похитить.",
            },
            decided_on=building.day(-NEWEST_EDITION.days),
            actor=building.people[Role.CASE_OFFICER],
        )
