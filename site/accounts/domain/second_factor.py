"""What is done for somebody who has lost their second factor."""

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User


@transaction.atomic
def reset_second_factor(person: User, *, actor: User | None) -> int:
    """Take away somebody's authenticator app, passkeys and recovery codes, so that they can set up new ones.

    1. Authenticators go; their number is returned.
    2. The person's sessions end everywhere.
    3. Wagtail's log records who did it.
    """
    count = Authenticator.objects.filter(user=person).count()
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    log(person, "accounts.reset_second_factor", user=actor, data={"authenticators": count})
    return count


def end_sessions(person: User) -> None:
    """Sign the person out everywhere; sessions do not say whose they are until they are read."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
