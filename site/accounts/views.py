"""Pages about one's own account that the sign-in library does not have."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import AuthenticatedHttpRequest
from accounts.permissions import roles_of, user_can_enter_admin, user_needs_second_factor
from accounts.roles import CHARTERS


@require_safe
@never_cache
@login_required
def overview(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Show somebody their account: address, ways to sign in, roles and what these may and may not do."""
    user = request.user
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return render(
        request,
        "account/overview.html",
        {
            "charters": [(role, CHARTERS[role]) for role in CHARTERS if role in roles_of(user)],
            "can_enter_admin": user_can_enter_admin(user),
            "needs_second_factor": user_needs_second_factor(user),
            "has_app": Authenticator.Type.TOTP in kinds,
            "has_key": Authenticator.Type.WEBAUTHN in kinds,
            "has_password": user.has_usable_password(),
        },
    )
