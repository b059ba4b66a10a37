"""What this area tells the rooms below it, each of which keeps a list for those above."""

from typing import Any

from django.conf import settings
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _

from learning import held
from learning.domain import erase_learner
from learning.domain.awards import AREA, CERTIFICATE
from learning.domain.commitments import words_behind_certificate
from learning.receipts import add_receipts
from learning.register_links import reading_such_numbers
from ledger.private import registry
from notices.naming import call_subject
from privacy.holdings import add_holding
from privacy.retaining import add_retention
from register.links import add_pollutant_links


def connect() -> None:
    """Tell each of them, once, when the models are ready; and take people out before their account goes."""
    add_pollutant_links(AREA, _("How to read this number"), reading_such_numbers)
    add_holding(held.LearningHolding(), order=30)
    add_retention(held.LEARNERS_KEPT, order=30)
    registry.add(AREA, CERTIFICATE, words_behind_certificate)
    add_receipts()
    call_subject(CERTIFICATE, _("Certificate"))
    pre_delete.connect(_erase, sender=settings.AUTH_USER_MODEL, dispatch_uid="learning.erase_learner")


def _erase(instance: Any, **kwargs: Any) -> None:
    erase_learner(instance)
