"""How a time limit is counted: the Protocol's rule, and the form of any other."""

from dataclasses import dataclass
from typing import Final

from design.languages import CODES
from inforequests.deadlines.errors import RuleError
from inforequests.enums import RuleAnchor, RuleRoll, RuleUnit, SilenceEffect

PROTOCOL_CODE: Final = "protocol-11-2"


@dataclass(frozen=True)
class Rule:
    """A time limit: so many units from an anchor.

    What the Protocol does not know (rolling off holidays, extension, pause) needs the provision that allows it, cited
    in three languages; `extension_limit` is the most that may be added, in the rule's own unit.
    """

    code: str
    unit: RuleUnit
    amount: int
    anchor: RuleAnchor = RuleAnchor.SUBMISSION
    roll: RuleRoll = RuleRoll.NONE
    silence: SilenceEffect = SilenceEffect.IGNORED
    pause_allowed: bool = False
    extension_limit: int = 0
    citation_en: str = ""
    citation_fr: str = ""
    citation_ru: str = ""

    def __post_init__(self) -> None:
        """Raise RuleError for a rule of no length, or one that moves a day and does not say by which provision."""
        if self.amount < 1:
            raise RuleError(f"The rule {self.code} has no length: it needs at least one unit.")
        if self.extension_limit < 0:
            raise RuleError(f"The rule {self.code} cannot be extended by less than nothing.")
        moves = self.roll is not RuleRoll.NONE or self.pause_allowed or self.extension_allowed
        if moves and not all(self.citation.values()):
            raise RuleError(f"The rule {self.code} moves a day: cite the provision that allows it, in every language.")

    @property
    def extension_allowed(self) -> bool:
        """Whether anything may be added."""
        return self.extension_limit > 0

    @property
    def needs_calendar(self) -> bool:
        """Whether the day depends on holidays."""
        return self.unit is RuleUnit.WORKING_DAY or self.roll is RuleRoll.NEXT_WORKING_DAY

    @property
    def citation(self) -> dict[str, str]:
        """The provision, by language."""
        return {code: getattr(self, f"citation_{code}") for code in CODES}


PROTOCOL_RULE: Final = Rule(
    code=PROTOCOL_CODE,
    unit=RuleUnit.MONTH,
    amount=1,
    citation_en="Protocol on Pollutant Release and Transfer Registers, Article 11, paragraph 2",
    citation_fr="Protocole sur les registres des rejets et transferts de polluants, article 11, paragraphe 2",
    citation_ru="Протокол о регистрах выбросов и переноса загрязнителей, статья 11, пункт 2",
)
