"""What the site as a whole adds to /admin/."""

from wagtail import hooks

from portal.viewsets import LawViewSetGroup


@hooks.register("register_admin_viewset")
def register_law() -> LawViewSetGroup:
    """Add what the law of this Party says to the menu."""
    return LawViewSetGroup()
