"""What do you hold about me: shown at once to whoever has shown who she is, others are told the three ways."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from design.formats import date_of
from privacy.holdings import holdings
from privacy.models import PostponedErasure
from privacy.package import package
from privacy.proofs import forget_proofs, proof_of
from privacy.queries import what_is_held
from privacy.wording import breadcrumbs


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show everything that is held about a visitor, or how to show who one is."""
    proof = proof_of(request)
    found = what_is_held(proof) if proof else []
    references = [held.reference for held in found if held.hold]
    awaited = set(PostponedErasure.objects.filter(reference__in=references).values_list("reference", flat=True))
    context = {
        "proof": proof,
        "found": found,
        "awaited": awaited,
        "can_erase": any(held.is_identified for held in found),
        "kinds": holdings(),
        "breadcrumbs": breadcrumbs(),
    }
    return render(request, "privacy/mine.html", context)


@never_cache
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """Send the same as a ZIP; whoever has not shown who she is is asked first."""
    proof = proof_of(request)
    if not proof:
        return redirect("privacy:mine")
    at = timezone.now()
    response = StreamingHttpResponse(package(what_is_held(proof), at=at), content_type="application/zip")
    name = f"{_('held-about-me')}-{date_of(at).isoformat()}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Let this browser forget who was shown; the account stays signed in until it is signed out."""
    messages.success(request, _("This browser has forgotten your address and your keys."))
    response = redirect("privacy:mine")
    forget_proofs(response)
    return response
