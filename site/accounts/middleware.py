"""What stands before /admin/: may the person enter, have they proved it with a second factor, and do they only read?

And around the sign-in pages: an act, its letter and the session are one transaction.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from accounts.permissions import user_can_enter_admin, user_only_reads

_ADMIN: Final = "/admin/"
# Open to everybody: what signs people out, and the words and icons that the pages of the admin share.
_OPEN: Final = frozenset(
    {"wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}
)
# What an auditor may send: acts that change nothing but how the auditor's own pages look.
_HARMLESS: Final = frozenset(
    {
        "wagtailadmin_account",
        "wagtailadmin_dismissibles",
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        "wagtailadmin_logout",
        "wagtailadmin_pages:preview_on_edit",
    }
)
_ACCOUNTS: Final = "/accounts/"
_CHECKS: Final = frozenset({"account_login", "account_reauthenticate"})
_REPORTED_AFTERWARDS: Final = frozenset({"mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"})
_BROKEN: Final = HTTPStatus.INTERNAL_SERVER_ERROR
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class OneTransactionMiddleware:
    """Keeps what somebody does on the sign-in pages, the letter that reports it and the session, or none of them.

    The library opens no transaction of its own, and the session, which holds the code that a letter names, is stored
    when the page is finished. So this stands around the sessions: where storing one of the three fails, nobody gets a
    letter with a code that no page knows, and nobody waits for one that was never written. The worker sends after
    commit. Two requests of one session wait for each other, so a double click finds the code asked for already.

    Not so where a password is only checked (`_CHECKS`), as often as a stranger likes: a slow digest must not keep all
    others from writing, and nothing is done there that a letter reports. If an address is still to be confirmed, a code
    is written there, and a session lost in that instant leaves a letter with a code that opens nothing. Nor where the
    library reports a second factor after a commit of its own (`_REPORTED_AFTERWARDS`), in the same request.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Open a transaction where there is something to keep together; undo it where the page fails."""
        if not _is_act_on_account(request):
            return self.get_response(request)
        with transaction.atomic():
            key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
            Session.objects.select_for_update().filter(session_key=key).first()
            response = self.get_response(request)
            if response.status_code == HTTPStatus.BAD_REQUEST or response.status_code >= _BROKEN:
                transaction.set_rollback(True)  # a session that is gone by now is answered with 400
        return response


def _is_act_on_account(request: HttpRequest) -> bool:
    if request.method != "POST" or not request.path_info.startswith(_ACCOUNTS):
        return False
    try:
        name = resolve(request.path_info).url_name or ""
    except Resolver404:
        return False
    return name.startswith(("account_", "mfa_")) and name not in _CHECKS | _REPORTED_AFTERWARDS


class SecondFactorMiddleware:
    """Lets into /admin/ who may enter it, and who has shown a second factor since signing in.

    Somebody without one is sent to set it up; somebody who has one, but signed in without it, is asked for it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass everything on; the work is done once the address is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Refuse, redirect, or let pass."""
        if not _is_admin(request) or not request.user.is_authenticated:
            return None
        if not user_can_enter_admin(request.user):
            raise PermissionDenied(_("This part of the site is for officials. Your account has no role there."))
        if not settings.ADMIN_REQUIRES_SECOND_FACTOR or _has_shown_second_factor(request):
            return None
        return _ask_for_second_factor(request)


class AuditorMiddleware:
    """Refuses every act of an auditor in /admin/ that could change something."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass everything on; the work is done once the address is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Refuse, or let pass."""
        if request.method in _SAFE_METHODS or not _is_admin(request) or not user_only_reads(request.user):
            return None
        match = request.resolver_match
        if match is not None and match.view_name in _HARMLESS:
            return None
        raise PermissionDenied(_("Auditors read everything and change nothing. Nothing was changed."))


def _is_admin(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.path_info.startswith(_ADMIN) and not (match is not None and match.url_name in _OPEN)


def _has_shown_second_factor(request: HttpRequest) -> bool:
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def _ask_for_second_factor(request: HttpRequest) -> HttpResponse:
    """Return the way to the page that asks for the person's second factor, or to the one that sets it up."""
    kinds = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    if Authenticator.Type.TOTP in kinds:
        address = reverse("mfa_reauthenticate")
    elif Authenticator.Type.WEBAUTHN in kinds:
        address = reverse("mfa_reauthenticate_webauthn")
    else:
        messages.warning(request, _("Set up a second factor first: administration opens only with it."))
        return redirect("mfa_index")
    onward = request.get_full_path() if request.method == "GET" else reverse("wagtailadmin_home")
    return redirect(f"{address}?{urlencode({'next': onward})}")
