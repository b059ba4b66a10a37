"""Certificates: given when the record says that they are due, revoked by an act with a reason, never changed."""

from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.permissions import roles_of
from accounts.roles import Role
from design.formats import date_of
from design.languages import CODES, FALLBACK, current_code
from design.publisher import publisher
from learning.acts import ROLES_FOR, Act
from learning.domain.commitments import HOLDER, REASON, award_words
from learning.domain.progress import append_record
from learning.enums import ASSESSED_CLASSES, CertificateStatus, Verb
from learning.folds import Fact, ProgrammeRule, Standing, award_due, award_status, best_try, progress
from learning.models import Award, Item, Programme, Registration, UnitPage
from learning.papers import fingerprint
from learning.permissions import require
from learning.questions import freeze
from learning.refusals import IncompleteError, WrongStateError
from learning.rules import rule_of, unit_key
from ledger.domain import SYSTEM_ACTOR, erase_openings, record_event
from notices.domain import forget_recipients, send_message
from notices.models import Message
from privacy.enums import IDENTITY_ERASED
from register.queries.versions import data_version
from tracking.numbers import new_tracking_number

CODE_LETTER: Final = "T"  # of training; I, L and O are no letters of codes
TEMPLATE: Final = "certificate-1.typ"  # a new look is a new file, so that what was issued stays as it is
AREA: Final = "learning"
CERTIFICATE: Final = "certificate"
_MONTHS: Final = 12


def facts_of(registration: Registration) -> list[Fact]:
    """Return the record of a registration as the folds take it."""
    return [
        Fact(record.object_key, record.verb, record.at, record.attempt, record.result)
        for record in registration.records.all()
    ]


def standing_of(award: Award, at: datetime | None = None) -> Standing:
    """Return what a certificate is worth at an instant."""
    return award_status(award.object_key, facts_of(award.registration), award.expires_on, date_of(at or timezone.now()))


@transaction.atomic
def give_due_award(
    registration: Registration, *, language: str | None = None, at: datetime | None = None
) -> Award | None:
    """Give the certificate that the record says is due; None where none is, or where the person has given no name yet.

    Side effects, in order: what will be printed is frozen and stored under a new code; "awarded" is recorded; an entry
    is appended to the ledger, which commits to paper and name without telling them; a letter with the code is written.
    """
    moment = at or timezone.now()
    registration = Registration.objects.select_for_update(of=("self",)).select_related("user").get(pk=registration.pk)
    programme = Programme.objects.with_structure().get(pk=registration.programme_id)
    rule, facts = rule_of(programme), facts_of(registration)
    attempt = award_due(rule, facts)
    if attempt is None or not registration.holder_name or registration.user is None:
        return None
    code = new_tracking_number(CODE_LETTER)
    expires_on = _months_after(date_of(moment), programme.valid_months) if programme.valid_months else None
    printed = _freeze(programme, rule, facts, code=code, issued_on=date_of(moment), expires_on=expires_on)
    award = Award.objects.create(
        code=code,
        registration=registration,
        attempt=attempt,
        language=language or current_code(),
        holder_name=registration.holder_name,
        issued_at=moment,
        expires_on=expires_on,
        facts=printed,
        sha256=fingerprint(printed),
    )
    append_record(
        registration,
        award.object_key,
        Verb.AWARDED,
        at=moment,
        attempt=attempt,
        result={"class": programme.certificate_class},
        data_version=printed["data_version"],
    )
    record_event(
        verb=Verb.AWARDED.value,
        area=AREA,
        subject_kind=CERTIFICATE,
        subject_reference=code,
        actor_role=SYSTEM_ACTOR,
        facts={"programme": programme.slug, "class": programme.certificate_class},
        private=award_words(award),
        at=moment,
        public=False,  # a code is known to its holder, and to whom they show it
    )
    _write_letter(award, "certificate_awarded", Verb.AWARDED, moment)
    return award


@transaction.atomic
def revoke_award(award: Award, *, actor: Any, reason: str, at: datetime | None = None) -> Award:
    """Revoke a certificate, with a reason that its holder is told.

    Side effects, in order: "revoked" is recorded; an entry is appended to the ledger, which commits to the reason; a
    letter is written to the holder. Raises PermissionDenied, IncompleteError without a reason, WrongStateError where it
    is revoked already.
    """
    require(Act.REVOKE_AWARD, actor)
    moment = at or timezone.now()
    words = reason.strip()
    if not words:
        raise IncompleteError(_("Say why the certificate is revoked."))
    award = Award.objects.select_for_update(of=("self",)).select_related("registration__user").get(pk=award.pk)
    if standing_of(award, moment).status is CertificateStatus.REVOKED:
        raise WrongStateError(_("This certificate is revoked already."))
    append_record(award.registration, award.object_key, Verb.REVOKED, at=moment, result={"reason": words})
    held = roles_of(actor) & ROLES_FOR[Act.REVOKE_AWARD]
    record_event(
        verb=Verb.REVOKED.value,
        area=AREA,
        subject_kind=CERTIFICATE,
        subject_reference=award.code,
        actor_role=next(role.value for role in Role if role in held),
        facts={"programme": award.facts["programme"]},
        private={REASON: words},
        at=moment,
        public=False,
    )
    _write_letter(award, "certificate_revoked", Verb.REVOKED, moment, reason=words)
    return award


@transaction.atomic
def erase_learner(user: Any, *, at: datetime | None = None) -> None:
    """Take a person out of the record of learning: certificates stay verifiable, without a name.

    Side effects, in order: names are taken from registrations and certificates, which remember the day; letters about
    the certificates lose address and words; the record's salts about them are destroyed, and it gets an entry for each;
    registrations forget the account.
    """
    moment = at or timezone.now()
    registrations = Registration.objects.filter(user=user)
    for award in Award.objects.filter(registration__in=registrations).exclude(holder_name=""):
        award.holder_name = ""
        award.name_erased_at = moment
        award.save(update_fields=["holder_name", "name_erased_at"])
        forget_recipients(Message.objects.about(f"{CERTIFICATE}:{award.code}"))
        erase_openings(subject_kind=CERTIFICATE, subject_reference=award.code, names={HOLDER})
        # One for each: whoever holds a certificate finds its own erasure by its code, and a single entry would tie all
        # certificates of a person to each other, for ever.
        record_event(
            verb=IDENTITY_ERASED,
            area=AREA,
            subject_kind=CERTIFICATE,
            subject_reference=award.code,
            actor_role=SYSTEM_ACTOR,
            facts={},
            at=moment,
            public=False,
        )
    registrations.update(holder_name="", user=None)


def _freeze(
    programme: Programme, rule: ProgrammeRule, facts: list[Fact], *, code: str, issued_on: date, expires_on: date | None
) -> dict[str, Any]:
    """Return everything that the certificate says and on what it rests, but the name, which can be erased."""
    names = publisher()
    best = best_try(rule, facts) if rule.certificate_class in ASSESSED_CLASSES else None
    done = progress(rule, facts)
    pool = [freeze(item).to_json() for item in Item.objects.whole().for_assessment().filter(programme=programme)]
    return {
        "template": TEMPLATE,
        "code": code,
        "programme": programme.slug,
        "title": _words(programme, "title"),
        "outcomes": _words(programme, "outcomes"),
        "class": programme.certificate_class,
        "minutes": programme.reading_minutes + (programme.assessment_minutes if best else 0),
        "issued_on": issued_on.isoformat(),
        "expires_on": expires_on.isoformat() if expires_on else None,
        "authority": {each: getattr(names.name, each) for each in CODES},
        "site": {each: getattr(names.site_name, each) for each in CODES},
        "right": best.score.right if best else None,
        "of": best.score.of if best else None,
        "pass_percent": programme.pass_percent if best else None,
        "units": _units_studied(programme, {key for key, unit in done.units.items() if unit.is_satisfied}),
        "pool_sha256": fingerprint(sorted(pool, key=lambda item: str(item["key"]))),
        "data_version": data_version().label,
    }


def _units_studied(programme: Programme, done: set[str]) -> list[dict[str, Any]]:
    """Return the units that count, with their titles and the hash of each text, as they are now."""
    pages: dict[int, dict[str, UnitPage]] = {}
    for page in UnitPage.objects.live().filter(unit__module__programme=programme).select_related("locale"):
        pages.setdefault(page.unit_id, {})[page.locale.language_code] = page
    return [
        {
            "key": unit.slug,
            "title": {code: page.title for code, page in sorted(pages.get(unit.pk, {}).items())},
            "sha256": {
                code: fingerprint(list(page.body.raw_data)) for code, page in sorted(pages.get(unit.pk, {}).items())
            },
        }
        for unit in programme.ordered_units
        if unit_key(programme, unit.slug) in done
    ]


def _words(holder: Any, name: str) -> dict[str, str]:
    return {code: getattr(holder, f"{name}_{code}") for code in CODES}


def _months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day where it has no such day."""
    year, month = divmod(day.month - 1 + months, _MONTHS)
    for shorter in range(4):
        try:
            return date(day.year + year, month + 1, day.day - shorter)
        except ValueError:
            continue
    raise ValueError(f"No month ends before the 28th: {day}")


def _write_letter(award: Award, template: str, cause: Verb, moment: datetime, **more: Any) -> None:
    user = award.registration.user
    if user is None:
        return
    with translation.override(award.language):
        context = {
            "name": award.holder_name,
            "title": award.facts["title"].get(award.language) or award.facts["title"][FALLBACK],
            "code": award.code,
            "verify_url": settings.BASE_URL + reverse("learning:verification", args=[award.code]),
            "mine_url": settings.BASE_URL + reverse("learning:mine"),
            **more,
        }
    send_message(
        to=user.email,
        template=template,
        context=context,
        language=award.language,
        about=f"{CERTIFICATE}:{award.code}",
        reason=cause.value,
        at=moment,
    )
