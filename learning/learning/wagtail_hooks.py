"""What the officials' side gives Wagtail: policies, pages, menu, the words of its log."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from learning.acts import Act
from learning.admin.awards import REVOKE_ACTION
from learning.admin.policy import register_policies
from learning.admin.viewsets import LearningGroup

register_policies()  # before the first page asks whom to ask
register_snippet(LearningGroup)


@hooks.register("register_log_actions")
def register_log_words(actions: Any) -> None:
    """Give the acts their words in histories."""
    actions.register_action(REVOKE_ACTION, Act.REVOKE_AWARD.label, _("Certificate revoked"))
