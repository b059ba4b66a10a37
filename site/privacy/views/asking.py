"""Showing who one is without an account: by number and key, or by a link that is sent to an address."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from design.languages import current_code
from privacy.domain import redeem_link, send_link
from privacy.domain.links import is_usable
from privacy.forms import AddressForm, HolderForm
from privacy.holdings import holdings
from privacy.proofs import remember_address
from privacy.wording import breadcrumbs
from tracking.grants import grant
from tracking.guards import HOUR, count_from, count_wrong_guess, guessing_too_much, too_many
from tracking.numbers import InvalidTrackingNumber, normalise_tracking_number, secret_opens

_GONE: Final = 410
_MOST_LINKS: Final = 10  # from one connection in an hour
_LINKS: Final = "privacy-links"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def number(request: HttpRequest) -> HttpResponse:
    """Ask for number and key; what does not fit gets one answer, whether there is such a number or not."""
    if request.method != "POST":
        return _number_page(request, HolderForm())
    if guessing_too_much(request):
        return too_many(request)
    form = HolderForm(request.POST)
    if not form.is_valid():
        return _number_page(request, form)
    try:
        asked = normalise_tracking_number(form.cleaned_data["number"])
    except InvalidTrackingNumber as error:
        form.add_error("number", error.message)
        return _number_page(request, form)
    key = form.cleaned_data["key"]
    subjects = (holding.by_reference(asked) for holding in holdings() if holding.by_letter)
    if not any(subject is not None and secret_opens(key, asked, subject.secret_digest) for subject in subjects):
        count_wrong_guess(request)
        form.add_error("key", _("Number and key do not belong together. Compare both with your receipt."))
        return _number_page(request, form)
    response = redirect("privacy:mine")
    grant(request, response, asked, key)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Ask for an address and send a link there; the answer is the same for every address."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "privacy/address.html", {"form": form, "breadcrumbs": breadcrumbs(below_mine=True)})
    if count_from(request, _LINKS, HOUR) > _MOST_LINKS:
        return too_many(request)
    send_link(form.cleaned_data["email"], language=current_code())
    return redirect("privacy:sent")


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say that a link is on its way, and that nothing is said here about whether an address is known."""
    return render(request, "privacy/sent.html", {"breadcrumbs": breadcrumbs(below_mine=True)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, key: str) -> HttpResponse:
    """Show a button, because mail programs open links before people do; pressed, the link is used up."""
    if request.method == "POST":
        proven = redeem_link(key)
        if proven:
            response = redirect("privacy:mine")
            remember_address(response, proven)
            return response
    usable = request.method != "POST" and is_usable(key)
    context = {"usable": usable, "breadcrumbs": breadcrumbs(below_mine=True)}
    return render(request, "privacy/link.html", context, status=200 if usable else _GONE)


def _number_page(request: HttpRequest, form: HolderForm) -> HttpResponse:
    return render(request, "privacy/number.html", {"form": form, "breadcrumbs": breadcrumbs(below_mine=True)})
