"""The pages of the demonstration: who signs in, what to try, and the mail that was kept."""

from typing import Final

from csp.decorators import csp, csp_replace
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from accounts.roles import CHARTERS
from demonstration.models import Build, KeptMail
from demonstration.people import LEARNERS, SIGN_INS
from demonstration.tries import things_to_try
from design.formats import format_instant
from learning.domain import standing_of
from learning.enums import CertificateStatus
from learning.models import Award

LETTERS_ON_A_PAGE: Final = 25
_LONGEST_ADDRESS: Final = 200
# What a mail program shows: colours, and pictures inside the letter. No script, no form, nothing from outside.
_IN_THE_FRAME: Final = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "frame-ancestors": ["'self'"],
    "base-uri": ["'none'"],
    "form-action": ["'none'"],
    "sandbox": ["allow-top-navigation-by-user-activation"],
}


@require_safe
@never_cache
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Show an account for every role, and things to try."""
    desks = {"fr": _("The desk is in French."), "ru": _("The desk is in Russian.")}
    people = [
        {"sign_in": one, "role": one.role.label, "may": CHARTERS[one.role].may, "desk": desks.get(one.language, "")}
        for one in SIGN_INS
    ]
    people += [
        {"sign_in": one, "role": _("Learner"), "may": _("Reads, practises, and gets a certificate by an assessment.")}
        for one in LEARNERS
        if one.password
    ]
    context = {
        "people": people,
        "is_built": Build.objects.exists(),
        "tries": things_to_try(),
        "certificate": _certificate_to_check(),
        "breadcrumbs": [],
    }
    return render(request, "demonstration/sign_ins.html", context)


def _certificate_to_check() -> Award | None:
    """Return the newest certificate of somebody fictional that holds today."""
    awards = Award.objects.filter(registration__user__email__in=[one.email for one in LEARNERS])
    return next((one for one in awards if standing_of(one).status is CertificateStatus.VALID), None)


@require_safe
@never_cache
def letters(request: HttpRequest) -> HttpResponse:
    """Show the kept mail, newest first; with `to`, that of one address."""
    address = request.GET.get("to", "").replace("\0", "").strip()[:_LONGEST_ADDRESS]
    kept = KeptMail.objects.defer("text", "html")
    if address:
        kept = kept.to(address)
    page = Paginator(kept, LETTERS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "letters": page,
        "address": address,
        "query": {"to": address} if address else {},
        "breadcrumbs": [_here()],
    }
    return render(request, "demonstration/letters.html", context)


@require_safe
@never_cache
@csp_replace({"frame-src": ["'self'"]})  # type: ignore[arg-type]  # typed for views without arguments
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """Show one letter: its text, and its marked-up form in a frame that can do nothing."""
    kept = get_object_or_404(KeptMail, pk=number)
    rows = [
        {"label": _("From"), "value": kept.sender},
        {"label": _("To"), "value": kept.recipients},
        {"label": _("Written"), "value": format_instant(kept.kept_at)},
    ]
    if kept.attachments:
        rows.append({"label": _("Attached files"), "value": ", ".join(kept.attachments)})
    context = {
        "letter": kept,
        "rows": rows,
        "breadcrumbs": [_here(), {"title": _("Kept mail"), "url": reverse("demonstration:letters")}],
    }
    return render(request, "demonstration/letter.html", context)


@require_safe
@never_cache
@xframe_options_sameorigin
@csp(_IN_THE_FRAME)  # type: ignore[arg-type]  # as above
def letter_markup(request: HttpRequest, number: int) -> HttpResponse:
    """Serve a letter's marked-up form as it is, in a sandbox: it was written by nobody we need to trust."""
    kept = get_object_or_404(KeptMail, pk=number)
    return HttpResponse(kept.html)


def _here() -> dict[str, str]:
    return {"title": _("Demonstration"), "url": reverse("demonstration:sign_ins")}
