"""Certificates: the PDF for whoever holds one, and the page on which anybody can check it."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from design.languages import current_code
from learning.certificates import award_as_json, certificate_pdf, printed, standing_in_words
from learning.codes import EXAMPLE, CodeProblem, read_code
from learning.domain import standing_of
from learning.enums import CertificateStatus
from learning.models import Award
from learning.permissions import user_can_read_awards, user_holds
from learning.receipts import CERTIFICATE_KIND
from receipts.domain import links_of
from tracking.guards import count_wrong_guess, guessing_too_much, too_many

_NOT_FOUND = 404
_LONGEST = 40


class CodeForm(forms.Form):
    """Asks for the code of a certificate."""

    code = forms.CharField(
        label=gettext_lazy("Code of the certificate"),
        max_length=_LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Type the code that stands on the certificate.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("It stands beside the QR code, such as %(example)s. Capital letters and hyphens do not matter.")
        self.fields["code"].help_text = hint % {"example": EXAMPLE}


@never_cache
@require_safe
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """Ask for a code, and lead to its page; a mistyped one is answered with what is wrong with it."""
    if "code" not in request.GET:
        return _asking(request, CodeForm())
    form = CodeForm(request.GET)
    if not form.is_valid():
        return _asking(request, form)
    return redirect("learning:verification", code=form.cleaned_data["code"].strip().replace("/", "-") or "-")


@never_cache
@require_safe
def verification(request: HttpRequest, code: str) -> HttpResponseBase:
    """Say what a certificate is worth, and show all that is printed on it; as JSON to machines that ask for it.

    A code that cannot be, and one that was never given, are answered differently.
    """
    if guessing_too_much(request):
        return too_many(request)
    try:
        right = read_code(code)
    except CodeProblem as problem:
        count_wrong_guess(request)
        return _refused(request, code, problem.message, problem.suggestion)
    if right != code:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("learning:verification", args=[right]) + query)
    award = Award.objects.select_related("registration__programme").filter(code=right).first()
    if award is None:
        count_wrong_guess(request)
        message = _(
            "No certificate has this code. The code itself is well formed, so it was hardly mistyped: "
            "a paper that shows it was not issued here."
        )
        return _refused(request, code, message)
    standing = standing_of(award)
    if _wants_json(request):
        return _never_indexed(JsonResponse(award_as_json(award, standing), json_dumps_params={"ensure_ascii": False}))
    label, tone, sentence = standing_in_words(standing)
    context = {
        "award": award,
        "printed": printed(award),
        "status": {"label": label, "tone": tone, "sentence": sentence},
        "is_valid": standing.status is CertificateStatus.VALID,
        "downloads": links_of(CERTIFICATE_KIND, right),
        "is_holder": request.user.is_authenticated and user_holds(request.user, award.registration),
        "breadcrumbs": _breadcrumbs(),
    }
    return _never_indexed(render(request, "learning/verification.html", context))


@never_cache
@require_safe
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Return a certificate as a PDF in the language of the address, to its holder and to officials who read them."""
    award = get_object_or_404(Award.objects.select_related("registration"), code=code)
    if not (user_holds(request.user, award.registration) or user_can_read_awards(request.user)):
        raise Http404
    response = HttpResponse(certificate_pdf(award, current_code()), content_type="application/pdf")
    name = f"{award.facts['programme']}-{award.code}.pdf"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


def _asking(request: HttpRequest, form: CodeForm, *, suggestion: str = "", status: int = 200) -> HttpResponse:
    context = {"form": form, "suggestion": suggestion, "breadcrumbs": _breadcrumbs()[:1]}
    return _never_indexed(render(request, "learning/verify.html", context, status=status))


def _refused(request: HttpRequest, code: str, message: str, suggestion: str = "") -> HttpResponse:
    """Answer a code that leads nowhere: what is wrong, and the form with what was typed."""
    if _wants_json(request):
        answer = JsonResponse({"error": message, "suggestion": suggestion or None}, status=_NOT_FOUND)
        return _never_indexed(answer)
    form = CodeForm({"code": code[:_LONGEST]})
    form.is_valid()
    form.errors.clear()
    form.add_error("code", message)
    return _asking(request, form, suggestion=suggestion, status=_NOT_FOUND)


def _wants_json(request: HttpRequest) -> bool:
    return request.GET.get("format") == "json" or request.get_preferred_type(["text/html", "application/json"]) == (
        "application/json"
    )


def _never_indexed(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response


def _breadcrumbs() -> list[dict[str, str]]:
    return [
        {"title": _("Learning"), "url": reverse("wagtail_serve", args=["learning/"])},
        {"title": _("Check a certificate"), "url": reverse("learning:verify")},
    ]
