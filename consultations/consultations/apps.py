"""Application configuration."""

from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role

_PREPARING: Final = (
    "add_docket",
    "change_docket",
    "view_docket",
    "view_period",
    "view_submission",
    "view_decision",
)
_READING: Final = ("view_docket", "view_period", "view_submission", "view_decision")


class ConsultationsConfig(AppConfig):
    """Consultations on changes to the register (Art. 13)."""

    name = "consultations"
    verbose_name = _("Consultations")

    # What opens the officials' desk; each act is then allowed or not by `permissions.py`.
    role_permissions = {
        Role.EDITOR: _PREPARING,
        Role.CASE_OFFICER: (*_PREPARING, "add_submission", "change_submission", "add_decision", "change_decision"),
        Role.DECISION_MAKER: (*_READING, "add_decision", "change_decision"),
        Role.FACILITATOR: (*_READING, "change_submission"),
    }
    # Pages of consultations are made by their dockets; officials write the background on them.
    role_page_permissions = {Role.CASE_OFFICER: {"consultationindexpage": ("change", "publish")}}

    def ready(self) -> None:
        """Offer the register its consultations; name what is reminded of; say what is held about people."""
        from consultations import held  # noqa: PLC0415 -- models are ready only now
        from consultations.domain.commitments import words_behind_docket, words_behind_submission  # noqa: PLC0415 -- as above
        from consultations.domain.records import AREA, DOCKET, SUBMISSION  # noqa: PLC0415 -- as above
        from consultations.file_subject import submission_is_public, user_can_read_submission  # noqa: PLC0415 -- as above
        from consultations.followed import let_consultations_be_followed  # noqa: PLC0415 -- as above
        from consultations.register_links import touching_facility, touching_pollutant  # noqa: PLC0415 -- as above
        from consultations.reminders import DECISION_DUE  # noqa: PLC0415 -- as above
        from files.subjects import add_subject  # noqa: PLC0415 -- as above
        from ledger.private import registry  # noqa: PLC0415 -- as above
        from notices.reminders import remind_of  # noqa: PLC0415 -- as above
        from privacy.holdings import add_holding  # noqa: PLC0415 -- as above
        from privacy.retaining import add_retention  # noqa: PLC0415 -- as above
        from register.links import add_facility_links, add_pollutant_links  # noqa: PLC0415 -- as above

        add_pollutant_links(self.name, _("Consultations on this pollutant"), touching_pollutant)
        add_facility_links(self.name, _("Consultations that touch this facility"), touching_facility)
        add_holding(held.SubmissionHolding(), order=10)
        add_retention(held.SUBMITTERS_KEPT, order=10)
        add_retention(held.WORDS_KEPT, order=60)
        remind_of(DECISION_DUE)
        let_consultations_be_followed()
        add_subject(SUBMISSION, is_public=submission_is_public, user_can_read=user_can_read_submission)
        registry.add(AREA, SUBMISSION, words_behind_submission)
        registry.add(AREA, DOCKET, words_behind_docket)
