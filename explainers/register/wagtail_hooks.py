"""What the register adds to /admin/."""

from wagtail import hooks

from register.viewsets import RegisterViewSetGroup


@hooks.register("register_admin_viewset")
def register_group() -> RegisterViewSetGroup:
    """Add the register's listings to the menu."""
    return RegisterViewSetGroup()
