"""One's own learning: how far one is in each programme, and one's certificates."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Locale

from learning import domain
from learning.certificates import standing_in_words
from learning.folds import progress
from learning.models import Award, Programme, ProgrammePage, Registration
from learning.pages import progress_in_words
from learning.progress import COOKIE, forget, is_signed_in, remembered_facts
from learning.questions.frozen import in_language
from learning.rules import rules_of


@dataclass(frozen=True)
class ProgrammeLine:
    """A programme that somebody has begun."""

    title: str
    url: str
    in_account: str
    in_browser: str


@dataclass(frozen=True)
class AwardLine:
    """A certificate that somebody holds."""

    award: Award
    title: str
    label: str
    tone: str
    sentence: str


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show what the account holds to whoever is signed in, and to everybody what this browser remembers."""
    programmes = list(Programme.objects.with_structure())
    rules = rules_of(programmes)
    registrations = _registrations(request)
    addresses = _addresses()
    lines = []
    for programme in programmes:
        rule = rules[programme.pk]
        held = registrations.get(programme.pk)
        in_account = progress(rule, domain.facts_of(held)) if held else None
        in_browser = progress(rule, remembered_facts(request, rule))
        if held or in_browser.is_begun:
            lines.append(
                ProgrammeLine(
                    title=programme.title,
                    url=addresses.get(programme.pk, ""),
                    in_account=progress_in_words(in_account) or (_("Registered, nothing done yet") if held else ""),
                    in_browser=progress_in_words(in_browser),
                )
            )
    context = {
        "lines": lines,
        "remembers": any(line.in_browser for line in lines),
        "awards": [_award_line(award) for award in _awards(registrations)],
        "is_signed_in": is_signed_in(request),
        "here": reverse("learning:mine"),
        "breadcrumbs": [{"title": _("Learning"), "url": reverse("wagtail_serve", args=["learning/"])}],
    }
    return render(request, "learning/mine.html", context)


@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """Add what this browser remembers to the account, and let the browser forget it."""
    if not is_signed_in(request):
        return redirect(f"{reverse('account_login')}?next={reverse('learning:mine')}")
    programmes = list(Programme.objects.with_structure())
    rules = rules_of(programmes)
    for programme in programmes:
        if facts := remembered_facts(request, rules[programme.pk]):
            domain.claim_progress(domain.register_learner(request.user, programme), facts)
    response = redirect("learning:mine")
    forget(response)
    return response


@require_POST
def forget_browser(request: HttpRequest) -> HttpResponse:
    """Let this browser forget everything about learning."""
    response = redirect("learning:mine")
    if COOKIE in request.COOKIES:
        forget(response)
    return response


def _registrations(request: HttpRequest) -> dict[int, Registration]:
    if not is_signed_in(request):
        return {}
    found = Registration.objects.filter(user=request.user.pk).prefetch_related("records", "awards")
    return {registration.programme_id: registration for registration in found}


def _addresses() -> dict[int, str]:
    """Return the addresses of programmes in the language of the page."""
    pages = ProgrammePage.objects.live().filter(locale=Locale.get_active())
    return {page.programme_id: url for page in pages if (url := page.get_url())}


def _awards(registrations: dict[int, Registration]) -> list[Award]:
    found = []
    for registration in registrations.values():
        for award in registration.awards.all():
            award.registration = registration  # with its record at hand
            found.append(award)
    return sorted(found, key=lambda award: award.issued_at, reverse=True)


def _award_line(award: Award) -> AwardLine:
    label, tone, sentence = standing_in_words(domain.standing_of(award))
    return AwardLine(award=award, title=in_language(award.facts["title"]), label=label, tone=tone, sentence=sentence)
