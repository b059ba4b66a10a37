"""What the demonstration adds to /admin/: the band by which every page of it says that nothing of it is real."""

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def style_of_the_band() -> SafeString:
    """Give the band its look."""
    return format_html('<link rel="stylesheet" href="{}">', static("demonstration/admin.css"))


@hooks.register("insert_global_admin_js")
def band() -> SafeString:
    """Begin every page with the band of the public pages: what this hook gives stands first in the body."""
    return render_to_string("parts/band.html", {"is_demonstration": True})
