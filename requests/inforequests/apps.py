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
        """Offer the register's pages questions and answers; say whose files and which words are here."""
        from files.subjects import add_subject  # noqa: PLC0415 -- models are ready only now
        from inforequests.domain.commitments import words_behind_request  # noqa: PLC0415 -- models are ready only now
        from inforequests.domain.records import AREA, REQUEST  # noqa: PLC0415 -- as above
        from inforequests.permissions import user_can_read_requests  # noqa: PLC0415 -- as above
        from inforequests.register_links import asking_about_facility, asking_about_pollutant  # noqa: PLC0415 -- models are ready only now
        from ledger.private import registry  # noqa: PLC0415 -- as above
        from register.links import add_facility_links, add_pollutant_links  # noqa: PLC0415 -- as above

        add_pollutant_links(self.name, _("Requests for information"), asking_about_pollutant)
        add_facility_links(self.name, _("Requests for information"), asking_about_facility)
        registry.add(AREA, REQUEST, words_behind_request)
        # What somebody sent along with a question is nobody else's: it is not released.
        add_subject(
            REQUEST, is_public=lambda number: False, user_can_read=lambda user, number: user_can_read_requests(user)
        )
