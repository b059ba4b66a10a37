"""What one follows: by a link of a letter, or signed in."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from design.languages import current_code
from following import domain, limits
from following.forms import AddressForm, FrequencyForm
from following.grants import forget, grant, granted_address
from following.models import Subscription
from following.queries import followed_by, stopped_by
from following.tokens import Purpose, guarded, read_token
from following.views.crumbs import breadcrumbs
from tracking.guards import HONEYPOT, new_seal, read_seal, too_many

_GONE: Final = 410


@guarded
@require_safe
def open_link(request: HttpRequest) -> HttpResponse:
    """Take a letter's link and lead on to an address that holds no token."""
    read = read_token(Purpose.MANAGE, request.GET.get("token", ""))
    if read is None:
        return render(request, "following/dead_link.html", {"breadcrumbs": breadcrumbs()}, status=_GONE)
    response = redirect("following:mine")
    grant(response, read[0].email)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """Show what an address follows to whoever has shown that it is theirs; others ask for a link there."""
    email = granted_address(request)
    if not email:
        return _ask_for_address(request)
    context = {
        "email": email,
        "followed": followed_by(email),
        "stopped": stopped_by(email),
        "breadcrumbs": breadcrumbs(),
    }
    return render(request, "following/mine.html", context)


def _ask_for_address(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _address_page(request, AddressForm())
    if limits.connection_asks_too_much(request):
        return too_many(request)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _address_page(request, form)
    email = form.cleaned_data["email"]
    seal = read_seal(request.POST.get("seal", ""))
    is_machine = limits.is_machine(seal, request.POST.get(HONEYPOT, ""), timezone.now())
    if seal is not None and not is_machine and not limits.address_has_enough(email):
        domain.send_manage_link(email, language=current_code(), seal=seal.token)
    return redirect("following:asked")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how often letters come, stop them, or take them up again."""
    subscription = _own(request, pk)
    if request.method == "POST" and "stop" in request.POST:
        domain.stop(subscription)
        messages.success(request, _("Stopped. You can take it up again below."))
        return redirect("following:mine")
    if request.method == "POST" and "resume" in request.POST:
        domain.resume(Subscription.objects.filter(pk=subscription.pk))
        messages.success(request, _("Letters come again."))
        return redirect("following:mine")
    form = FrequencyForm(request.POST or None, initial={"frequency": subscription.frequency})
    if request.method == "POST" and form.is_valid():
        domain.change_frequency(subscription, form.chosen)
        messages.success(request, _("Changed."))
        return redirect("following:mine")
    followed = next((each for each in followed_by(subscription.email) if each.subscription.pk == pk), None)
    if followed is None:
        return redirect("following:mine")
    context = {"followed": followed, "form": form, "breadcrumbs": breadcrumbs()}
    return render(request, "following/change.html", context)


@never_cache
@require_POST
def stop_all(request: HttpRequest) -> HttpResponse:
    """Stop everything that an address follows."""
    email = granted_address(request)
    if email:
        domain.stop_everything(email)
        messages.success(request, _("Everything is stopped. We write no more letters to you about it."))
    return redirect("following:mine")


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Make this browser forget whose letters it may see: the next person at it may be somebody else."""
    messages.success(request, _("This browser has forgotten what you follow."))
    response = redirect("following:index")
    forget(response)
    return response


def _own(request: HttpRequest, pk: int) -> Subscription:
    """Return a subscription of the address that this browser has shown; 404 for any other."""
    email = granted_address(request)
    found = Subscription.objects.of(email).exclude(confirmed_at=None).filter(pk=pk).first() if email else None
    if found is None:
        raise Http404
    return found


def _address_page(request: HttpRequest, form: AddressForm) -> HttpResponse:
    context = {
        "form": form,
        "seal": request.POST.get("seal") or new_seal(),
        "honeypot": HONEYPOT,
        "breadcrumbs": breadcrumbs(),
    }
    return render(request, "following/address.html", context)
