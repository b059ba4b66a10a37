"""The roles of officials: what each may do and may not do, in a sentence, and the permissions that follow.

A role is a group of the same name. Areas add the permissions on their own models in their AppConfig, as
`role_permissions = {Role.CASE_OFFICER: ("add_docket", "change_docket")}`, and those on their own kinds of page as
`role_page_permissions = {Role.CASE_OFFICER: {"consultationindexpage": ("add", "change", "publish")}}`.
"""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is to the register; the value is the name of the group."""

    EDITOR = "editor", _("Editor")
    CASE_OFFICER = "case_officer", _("Case officer")
    DECISION_MAKER = "decision_maker", _("Decision-maker")
    FACILITATOR = "facilitator", _("Facilitator")
    REVIEWER = "reviewer", _("Reviewer")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


ADMIN_ROLES: Final = tuple(Role)  # every role works in /admin/


@dataclass(frozen=True)
class Charter:
    """What a role may and may not do, and what Wagtail grants it for that.

    `pages` and `collections` hold the kinds of act (add, change, publish …) that are granted on the whole tree of pages
    and on every collection of images and documents; `permissions` are full names such as `wagtailcore.add_site`.
    """

    may: Promise
    may_not: Promise
    pages: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    permissions: tuple[str, ...] = ()
    reads_everything: bool = False
    does_everything: bool = False


CHARTERS: Final[dict[Role, Charter]] = {
    Role.EDITOR: Charter(
        may=_("Writes, translates and publishes pages, pictures and documents, and answers for their wording."),
        may_not=_(
            "Does not open, close or decide a consultation, does not change register data, and does not see people."
        ),
        pages=("add", "change", "publish", "lock", "unlock"),
        collections=("add", "change", "choose"),
        permissions=(
            "wagtailredirects.add_redirect",
            "wagtailredirects.change_redirect",
            "wagtailredirects.delete_redirect",
        ),
    ),
    Role.CASE_OFFICER: Charter(
        may=_(
            "Prepares and runs consultations, from the dossier to the answers; answers requests for information; "
            "imports register data."
        ),
        may_not=_("Does not decide, and does not change pages outside the consultations."),
        collections=("add", "change", "choose"),
    ),
    Role.DECISION_MAKER: Charter(
        may=_("Takes decisions and publishes them with their considerations."),
        may_not=_("Does not edit what the public has submitted, nor the answers on which the decision rests."),
        collections=("choose",),
    ),
    Role.FACILITATOR: Charter(
        may=_("Moderates what the public sends in, by the published rules, with a reason for each act."),
        may_not=_("Does not answer for the authority, and does not decide."),
        collections=("choose",),
    ),
    Role.REVIEWER: Charter(
        may=_("Reads cases that come before the independent review body, and records its findings."),
        may_not=_("Does not act for the authority, and does not change what it did."),
        collections=("choose",),
    ),
    Role.AUDITOR: Charter(
        may=_("Reads everything that officials see, drafts and history included."),
        may_not=_("Changes nothing, whatever other role the person has."),
        # Only permission to change opens drafts and files; accounts/middleware.py refuses every write.
        pages=("change",),
        collections=("change", "choose"),
        reads_everything=True,
    ),
    Role.ADMINISTRATOR: Charter(
        may=_("Gives and takes roles, and manages people, settings, pages and files."),
        may_not=_("Does not decide consultations: that needs the role of decision-maker."),
        pages=("add", "bulk_delete", "change", "lock", "publish", "unlock"),
        collections=("add", "change", "choose", "delete"),
        does_everything=True,
    ),
}
