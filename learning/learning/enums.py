"""The vocabulary of learning, as values; each group of values that means something together has a name."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Audience(TextChoices):
    """For whom a programme is written; nobody is kept out of any."""

    PUBLIC = "public", _("For everybody")
    NGO = "ngo", _("For organisations that take part")
    AUTHORITY = "authority", _("For authorities")


class Purpose(TextChoices):
    """Which duty of Art. 15 a unit serves: access, understand and use for the public, the other two for authorities."""

    ACCESS = "access", _("access the information")
    UNDERSTAND = "understand", _("understand the information")
    USE = "use", _("use the information")
    CAPACITY = "capacity", _("build capacity in authorities")
    GUIDANCE = "guidance", _("guide authorities")


PUBLIC_PURPOSES: Final = (Purpose.ACCESS, Purpose.UNDERSTAND, Purpose.USE)
AUTHORITY_PURPOSES: Final = (Purpose.CAPACITY, Purpose.GUIDANCE)


class MoveOn(TextChoices):
    """When a unit is satisfied, in the five words of cmi5."""

    PASSED = "passed", _("when its exercises are answered rightly")
    COMPLETED = "completed", _("when it is marked as read")
    COMPLETED_AND_PASSED = "completed_and_passed", _("when it is marked as read and its exercises are answered rightly")
    COMPLETED_OR_PASSED = "completed_or_passed", _("when it is marked as read or its exercises are answered rightly")
    NOT_APPLICABLE = "not_applicable", _("always: it is only there to be read")


NEEDS_EXERCISES: Final = (MoveOn.PASSED, MoveOn.COMPLETED_AND_PASSED)


class ItemKind(TextChoices):
    """How a question is asked and answered."""

    SINGLE = "single", _("one answer of several")
    MULTIPLE = "multiple", _("every right answer of several")
    NUMBER = "number", _("a number with its unit")
    FIND_IN_REGISTER = "find_in_register", _("find it in the register")


CHOICE_KINDS: Final = (ItemKind.SINGLE, ItemKind.MULTIPLE)
NUMBER_KINDS: Final = (ItemKind.NUMBER, ItemKind.FIND_IN_REGISTER)


class AttemptMode(TextChoices):
    """What a question is for: practice is unlimited and answers at once; assessment is drawn from a pool and counts."""

    PRACTICE = "practice", _("practice")
    ASSESSMENT = "assessment", _("assessment")


class MeasuredIn(TextChoices):
    """The unit in which a number is asked for."""

    KILOGRAM = "kg", _("kilograms")
    GRAM = "g", _("grams")
    MILLIGRAM = "mg", _("milligrams")
    TONNE = "t", _("tonnes")
    NOTHING = "", _("a number without a unit")


class RegisterQuestion(TextChoices):
    """What can be asked of any register; the answer is computed from its entries."""

    LARGEST_RELEASE = "largest_release", _("the largest single release in the newest year")
    TOTAL_RELEASE = "total_release", _("the sum of the releases in the newest year")
    FACILITY_COUNT = "facility_count", _("how many facilities report a release in the newest year")
    YEAR_OF_HIGHEST = "year_of_highest", _("the year with the highest sum")


QUESTIONS_OF_QUANTITY: Final = (RegisterQuestion.LARGEST_RELEASE, RegisterQuestion.TOTAL_RELEASE)


class Verb(TextChoices):
    """What happened to a learner, in the words of xAPI and cmi5; the one vocabulary of the record."""

    REGISTERED = "registered", _("registered")
    LAUNCHED = "launched", pgettext_lazy("attempt", "begun")
    ANSWERED = "answered", pgettext_lazy("question", "answered")
    COMPLETED = "completed", pgettext_lazy("unit", "completed")
    PASSED = "passed", _("passed")
    FAILED = "failed", _("not passed")
    WAIVED = "waived", _("waived")
    AWARDED = "awarded", _("awarded")
    REVOKED = "revoked", pgettext_lazy("certificate", "revoked")


class CertificateClass(TextChoices):
    """What a certificate certifies; the words are those of UNITAR."""

    PARTICIPATION = "participation", _("Certificate of participation")
    COMPLETION = "completion", _("Certificate of completion")
    ACHIEVEMENT = "achievement", _("Certificate of achievement")


ASSESSED_CLASSES: Final = (CertificateClass.COMPLETION, CertificateClass.ACHIEVEMENT)
STUDIED_CLASSES: Final = (CertificateClass.PARTICIPATION, CertificateClass.COMPLETION)


class CertificateStatus(TextChoices):
    """What a certificate is worth on a day; derived from the record, never stored."""

    VALID = "valid", pgettext_lazy("certificate", "Valid")
    EXPIRED = "expired", pgettext_lazy("certificate", "Expired")
    SUPERSEDED = "superseded", pgettext_lazy("certificate", "Replaced by a newer one")
    REVOKED = "revoked", pgettext_lazy("certificate", "Revoked")
