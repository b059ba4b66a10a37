"""What the law of this Party says, in /admin/: whom one can turn to, what may be kept back, by when answers are due.

The pages are those of the requests (`inforequests/admin/rule_viewsets.py`). They have a place of their own in the menu
because one person, the administrator, enters them once, before the site opens. Which thresholds apply is said in the
register's part of the menu (`register/viewsets.py`).
"""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from inforequests.admin.rule_viewsets import BodyViewSet, CalendarViewSet, DeadlineViewSet, GroundViewSet


class LawViewSetGroup(ModelViewSetGroup):
    """Its place in the menu of /admin/."""

    menu_label = _("National law")
    menu_icon = "clipboard-list"
    menu_order = 300
    items: ClassVar[tuple[Any, ...]] = (BodyViewSet, GroundViewSet, DeadlineViewSet, CalendarViewSet)
