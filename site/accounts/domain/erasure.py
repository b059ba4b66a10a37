"""What is done when somebody does not want to have an account any more."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from accounts.domain.second_factor import end_sessions
from accounts.models import User

ERASED_LABEL = "–"


@transaction.atomic
def erase_account(person: User) -> None:
    """Remove an account, and the name wherever the administration's history repeats it.

    1. The person's sessions end everywhere.
    2. Lines of Wagtail's log about the account lose its name; that something was done to an account stays.
    3. The picture and the account go, with addresses and second factors; other rooms are told by Django's signal.
    """
    end_sessions(person)
    about = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk))
    about.update(label=ERASED_LABEL)
    for profile in UserProfile.objects.filter(user=person).exclude(avatar=""):
        profile.avatar.delete(save=False)
    person.delete()
