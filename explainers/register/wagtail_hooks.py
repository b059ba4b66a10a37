"""What the register adds to /admin/."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from register.threshold_choice import APPLY_ACTION, Act
from register.viewsets import RegisterViewSetGroup


@hooks.register("register_admin_viewset")
def register_group() -> RegisterViewSetGroup:
    """Add the register's listings to the menu."""
    return RegisterViewSetGroup()


@hooks.register("register_log_actions")
def register_log_words(actions: Any) -> None:
    """Give what was said of thresholds its words in histories."""
    actions.register_action(APPLY_ACTION, Act.APPLY.label, _("This set applies here"))
