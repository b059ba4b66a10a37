"""What this room tells those below it when the site starts."""

from django.utils.translation import gettext_lazy as _

from accounts.letters import SIGN_IN, send_through
from notices.naming import call_subject
from notices.sign_in import Outbox


def connect() -> None:
    """Let the letters of the sign-in pages go through the outbox, and say what these are about."""
    send_through(Outbox())
    call_subject(SIGN_IN, _("Signing in, or a change in an account"))
