"""Requests that say who sends them."""

from django.http import HttpRequest

from accounts.models import User


class AuthenticatedHttpRequest(HttpRequest):
    """A request of somebody who is signed in; for views behind `login_required` or in the admin."""

    user: User
