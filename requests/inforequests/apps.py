"""Application configuration."""

from typing import Final

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role

_READING: Final = ("view_informationrequest", "view_disclosure", "view_reviewbody", "view_ground")


class InfoRequestsConfig(AppConfig):
    """Requests for information and their reviews (Arts. 11(2), 12 and 14)."""

    name = "inforequests"
    verbose_name = _("Requests for information")

    # What opens the desk; each act is then allowed or not by `permissions.py`.
    role_permissions = {
        Role.CASE_OFFICER: (*_READING, "add_informationrequest", "change_informationrequest"),
        Role.DECISION_MAKER: (*_READING, "change_informationrequest"),
        # A reviewer sees the cases that come before the own body, and no other request.
        Role.REVIEWER: ("view_reviewcase", "change_reviewcase"),
    }

    def ready(self) -> None:
        """Offer the register a way to ask and the answers; name what is reminded of; say what is held about people."""
        from inforequests import held  # noqa: PLC0415 -- models are ready only now
        from inforequests.domain.commitments import words_behind_request  # noqa: PLC0415 -- as above
        from inforequests.domain.records import AREA, REQUEST  # noqa: PLC0415 -- as above
        from inforequests.followed import let_requests_be_followed  # noqa: PLC0415 -- as above
        from inforequests.register_links import asking_about_facility, asking_about_pollutant  # noqa: PLC0415 -- as above
        from inforequests.reminders import REQUEST_DUE  # noqa: PLC0415 -- as above
        from ledger.private import registry  # noqa: PLC0415 -- as above
        from notices.reminders import remind_of  # noqa: PLC0415 -- as above
        from privacy.holdings import add_holding  # noqa: PLC0415 -- as above
        from privacy.retaining import add_retention  # noqa: PLC0415 -- as above
        from register.links import add_facility_links, add_pollutant_links  # noqa: PLC0415 -- as above

        add_pollutant_links(self.name, _("Requests for information"), asking_about_pollutant)
        add_facility_links(self.name, _("Requests for information"), asking_about_facility)
        add_holding(held.RequestHolding(), order=20)
        add_retention(held.REQUESTERS_KEPT, order=20)
        add_retention(held.CORRESPONDENCE_KEPT, order=25)
        add_retention(held.WORDS_KEPT, order=65)
        remind_of(REQUEST_DUE)
        let_requests_be_followed()
        registry.add(AREA, REQUEST, words_behind_request)
