"""The disclosure log: what was answered to one can be read by all, if the one agrees; nobody's name is in it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from design.freshness import bump_generation
from design.texts import Texts
from inforequests.acts import Act
from inforequests.domain.records import record_act
from inforequests.domain.stored import locked
from inforequests.enums import AnswerPrivacy, Verb
from inforequests.models import Disclosure, InformationRequest
from inforequests.permissions import require
from inforequests.refusals import WrongStateError


@transaction.atomic
def publish_in_disclosure_log(
    request: InformationRequest, *, actor: Any, title: Texts | str = "", at: datetime | None = None
) -> Disclosure:
    """Publish questions and answers of a request in the disclosure log, under a title that names nobody.

    A `title` without a language is in the one of the request; without a title the first words of the question stand.

    Side effects, in order: the entry is stored with the words by which it is found, the record gets a public entry,
    public pages are made anew. Raises PermissionDenied, and WrongStateError where something is still to be answered,
    where the requester does not want it, or where it is published already.
    """
    moment = at or timezone.now()
    request = locked(request)
    require(Act.DISCLOSE, actor, request)
    if request.privacy != AnswerPrivacy.PUBLIC:
        raise WrongStateError(_("The requester has not agreed to publication."))
    if getattr(request, "disclosure", None) is not None:
        raise WrongStateError(_("This request is in the disclosure log already."))
    titles = Texts(**{request.language: title.strip()}) if isinstance(title, str) else title
    disclosure = Disclosure(request=request, words=words_of(request), published_at=moment, published_by=actor)
    titles.put(disclosure, "title")
    disclosure.full_clean()
    disclosure.save()
    record_act(Verb.DISCLOSED, request, actor=actor, act=Act.DISCLOSE, at=moment)
    bump_generation()
    return disclosure


@transaction.atomic
def take_from_disclosure_log(request: InformationRequest, *, actor: Any, at: datetime | None = None) -> None:
    """Take a request from the disclosure log; it can be published again.

    Side effects, in order: the entry is gone, the record gets a public entry, public pages are made anew. Raises
    PermissionDenied, and WrongStateError where the log does not have it.
    """
    moment = at or timezone.now()
    request = locked(request)
    require(Act.CONCEAL, actor)
    disclosure = getattr(request, "disclosure", None)
    if disclosure is None:
        raise WrongStateError(_("The disclosure log does not have this request."))
    disclosure.delete()
    record_act(Verb.CONCEALED, request, actor=actor, act=Act.CONCEAL, at=moment)
    bump_generation()


def renew_words(request: InformationRequest) -> None:
    """Let a published request be found by what its answers say now."""
    disclosure = getattr(request, "disclosure", None)
    if disclosure is not None:
        disclosure.words = words_of(request)
        disclosure.save(update_fields=["words"])


def words_of(request: InformationRequest) -> str:
    """Return what is searched of a request: the questions, and the answers that were sent."""
    words = []
    for item in request.sorted_items:
        words.append(item.text)
        words += [answer.text for answer in item.sent_answers[-1:] if answer.text]
    return "\n".join(words)
