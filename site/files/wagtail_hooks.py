"""What the officials' side gives Wagtail: the address of originals, behind sign-in and second factor."""

from django.urls import URLPattern, re_path
from wagtail import hooks

from files import views


@hooks.register("register_admin_urls")
def register_addresses() -> list[URLPattern]:
    """Open the originals to those who may read them."""
    return [re_path(r"^files/(?P<code>[0-9a-f]{24})/original/$", views.original, name="file_original")]
