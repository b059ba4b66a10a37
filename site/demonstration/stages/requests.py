"""Builds the requests for information: each goes its way act by act, as its people would have gone it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from string import Template
from typing import Any, Final

from django.utils import translation

from accounts.roles import Role
from demonstration.enquiries.scripts import Deed, Script, Step, read_scripts, texts_of
from demonstration.letters import keep_letters_about
from demonstration.marks import change_row, marking
from demonstration.party import REVIEW_ADDRESS, REVIEW_BODY, REVIEW_EMAIL
from demonstration.stages.context import Building, register_span
from design.formats import format_quantity_kg
from design.texts import Texts
from design.typography import typeset
from inforequests import domain
from inforequests.deadlines import add_months
from inforequests.domain.letters import subject_of
from inforequests.enums import (
    Disposition,
    GroundCode,
    Limb,
    MessageKind,
    ReviewOutcome,
    ReviewRoute,
    ReviewStage,
    WithheldType,
)
from inforequests.models import Decision, Ground, InformationRequest, RequestItem, ReviewBody, Withholding
from register.models import Facility, Release

_BOARD_BASIS: Final = Texts(
    en="Access to Information Act, part 4: seven members, elected by parliament, who take instructions from nobody",
    fr="Loi sur l’accès à l’information, partie 4 : sept membres élus par le parlement, qui ne reçoivent "
    "d’instructions de personne",
    ru="Закон о доступе к информации, часть 4: семь членов, избираемых парламентом и ни от кого не зависящих",
)
_BOARD_HOW: Final = Texts(
    en="Here, on the page of your request, or by letter to {address}. It costs nothing.",
    fr="Ici, sur la page de votre demande, ou par lettre à l’adresse : {address}. C’est gratuit.",
    ru="Здесь, на странице вашего запроса, или письмом по адресу: {address}. Это бесплатно.",
)
_COURT: Final = Texts(
    en="Administrative Court of Selvast",
    fr="Tribunal administratif de Selvast",
    ru="Административный суд города Сельваст",
)
_COURT_BASIS: Final = Texts(
    en="Courts Act, section 12", fr="Loi sur les tribunaux, section 12", ru="Закон о судах, раздел 12"
)
_COURT_HOW: Final = Texts(
    en="By letter to Torvkai 2, 10110 Selvast. There is a court fee; legal aid is possible.",
    fr="Par lettre à l’adresse Torvkai 2, 10110 Selvast. Il y a des frais de justice ; une aide juridictionnelle est "
    "possible.",
    ru="Письмом по адресу: Torvkai 2, 10110 Selvast. Взимается судебный сбор; возможна правовая помощь.",
)
_COURT_WINDOW_DAYS: Final = 90
_PAUSE: Final = timedelta(minutes=25)
_PROVISIONS: Final[Mapping[GroundCode, Texts]] = {
    code: Texts(
        en=f"Access to Information Act, section {section}",
        fr=f"Loi sur l’accès à l’information, section {section}",
        ru=f"Закон о доступе к информации, раздел {section}",
    )
    for section, code in enumerate(GroundCode, start=21)
}


def build_requests(building: Building) -> str:
    """Build the review bodies and every request; return how many there are. Side effects: those of the acts of each."""
    with marking(building.build, bundle="review bodies"):
        _make_bodies(building.people[Role.REVIEWER])
    for ground in Ground.objects.all():
        change_row(building.build, ground, **_PROVISIONS[GroundCode(ground.code)].fields("legal_basis"))
    scripts = read_scripts()
    for script in scripts:
        with marking(building.build, bundle=f"request:{script.slug}"):
            request = _Staging(building, script).play()
            keep_letters_about([subject_of(request)], building.build)
    return f"{len(scripts)} requests"


def _make_bodies(reviewer: Any) -> None:
    address = Texts(**{code: text.format(address=REVIEW_ADDRESS) for code, text in _BOARD_HOW.by_code.items()})
    board = ReviewBody.objects.create(
        route=ReviewRoute.INDEPENDENT_BODY,
        email=REVIEW_EMAIL,
        receives_here=True,
        sort_order=1,
        **REVIEW_BODY.fields("name"),
        **_BOARD_BASIS.fields("legal_basis"),
        **address.fields("how"),
    )
    board.members.add(reviewer)
    ReviewBody.objects.create(
        route=ReviewRoute.COURT,
        window_days=_COURT_WINDOW_DAYS,
        sort_order=2,
        **_COURT.fields("name"),
        **_COURT_BASIS.fields("legal_basis"),
        **_COURT_HOW.fields("how"),
    )


class _Staging:
    """Plays one script in the order of time, up to now; a last day that passes on the way passes by itself."""

    def __init__(self, building: Building, script: Script) -> None:
        self.building = building
        self.script = script
        self.release = self._release()
        self.facts = self._facts()
        self.quantity = self.release.quantity_kg if self.release else None
        self.ready: Decision | None = None
        self.sent = self._ask()
        self.deeds: Mapping[Deed, Callable[[Step, datetime], object]] = {
            Deed.ACKNOWLEDGE: self._acknowledge,
            Deed.WRITE: self._write,
            Deed.REPLY: self._reply,
            Deed.ANSWER: self._answer,
            Deed.WITHHOLD: self._withhold,
            Deed.READY: self._make_ready,
            Deed.SEND: self._send,
            Deed.REVIEW: self._ask_review,
            Deed.STAGE: self._record_stage,
            Deed.DECIDE: self._decide,
            Deed.LIFT: self._lift,
            Deed.DISCLOSE: self._disclose,
            Deed.WITHDRAW: self._withdraw,
        }

    def play(self) -> InformationRequest:
        """Do everything that has happened by now; return the request."""
        steps = sorted(self.script.steps, key=lambda step: (step.day, step.hour))
        last = self.sent.request.submission.received_at
        for step in steps:
            # What falls on a weekend is done on the working day before, but never before what it answers.
            last = moment = max(self.building.moment(step.day, step.hour), last + _PAUSE)
            if moment <= self.building.at:
                self._pass_last_day(moment)
                self.deeds[step.deed](step, moment)
        self._pass_last_day(self.building.at)
        return self.request

    @property
    def request(self) -> InformationRequest:
        """The request as it is stored now."""
        return InformationRequest.objects.with_items().get(pk=self.sent.request.pk)

    def person(self, role: Role) -> Any:
        """Return who has a role."""
        return self.building.people[role]

    def words(self, text: str, language: str = "") -> str:
        """Return a text with the facts of the release filled in, typeset."""
        code = language or self.script.language
        return typeset(Template(text.strip()).substitute(self.facts.get(code, {})), code)

    def texts(self, step: Step, name: str) -> Texts:
        """Return a text of a step in the three languages, with the facts filled in."""
        given = texts_of(step.values, name)
        return Texts(**{code: self.words(text, code) for code, text in given.by_code.items()})

    def item(self, step: Step) -> RequestItem:
        """Return the question that a step is about."""
        return RequestItem.objects.select_related("request").get(request=self.sent.request, number=step.number())

    # Asking -----------------------------------------------------------------------------------------------------------

    def _release(self) -> Release | None:
        """Return the release that the request is about: of the newest year, by rank of its quantity."""
        about = self.script.about
        if about is None:
            return None
        found = Release.objects.current().filter(
            pollutant__code=about.pollutant,
            medium=about.medium,
            reporting_year=register_span(self.building.at).last_year,
            quantity_kg__gt=0,
            withheld=None,
        )
        ordered = list(found.select_related("facility", "pollutant").order_by("-quantity_kg", "pk")[: about.rank + 1])
        return ordered[-1] if ordered else None

    def _facts(self) -> dict[str, dict[str, str]]:
        span = register_span(self.building.at)
        facts: dict[str, dict[str, str]] = {}
        for code in ("en", "fr", "ru"):
            with translation.override(code):
                facts[code] = {"last_year": str(span.last_year), "first_year": str(span.first_year)}
                if self.release is not None:
                    facts[code] |= {
                        "facility": self.release.facility.name,
                        "city": self.release.facility.city,
                        "pollutant": self.release.pollutant.name,
                        "quantity": format_quantity_kg(self.release.quantity_kg),
                    }
        return facts

    def _ask(self) -> domain.Sent:
        script = self.script
        at = self._asked_at()
        is_online = script.kind is MessageKind.WEB
        pollutant = self.release.pollutant if self.release and "pollutant" in script.scope else None
        facility: Facility | None = self.release.facility if self.release and "facility" in script.scope else None
        return domain.receive_request(
            language=script.language,
            questions=[domain.Question(self.words(text), pollutant, facility) for text in script.questions],
            name=script.name,
            email=script.email,
            postal_address=script.postal_address,
            privacy=script.privacy,
            kind=script.kind,
            entered_by=None if is_online else self.person(Role.CASE_OFFICER),
            submitted_at=None if is_online else at,
            received_at=None if is_online else at + timedelta(days=2),
            at=at if is_online else at + timedelta(days=2),
        )

    def _asked_at(self) -> datetime:
        if self.script.months_ago:
            day = add_months(self.building.today, -self.script.months_ago)
            return self.building.any_moment((day - self.building.today).days, self.script.hour, 12)
        asked = self.building.any_moment(self.script.asked, self.script.hour, 12)
        return min(asked, self.building.at - timedelta(minutes=5))

    def _pass_last_day(self, moment: datetime) -> None:
        """Let silence be recorded at the legal instant, if the last day has passed by now."""
        clock = self.request.clock
        if clock is not None and clock.is_running and clock.overdue_since <= moment:
            domain.record_silence(self.sent.request, at=clock.overdue_since)

    # What the authority does ------------------------------------------------------------------------------------------

    def _acknowledge(self, step: Step, moment: datetime) -> None:
        domain.acknowledge_request(self.sent.request, actor=self.person(Role.CASE_OFFICER), at=moment)

    def _write(self, step: Step, moment: datetime) -> None:
        domain.send_message_to_requester(
            self.sent.request,
            actor=self.person(Role.CASE_OFFICER),
            text=self.words(step.values["text"]),
            asks_for_clarification=step.values.get("asks", False),
            at=moment,
        )

    def _answer(self, step: Step, moment: datetime) -> None:
        domain.answer_item(
            self.item(step),
            actor=self.person(Role.CASE_OFFICER),
            disposition=Disposition(step.values["disposition"]),
            text=self.words(step.values.get("text", "")),
            public_url=step.values.get("url", ""),
            checked_on=moment.date() if "url" in step.values else None,
            at=moment,
        )

    def _withhold(self, step: Step, moment: datetime) -> None:
        domain.withhold_item(
            self.item(step),
            actor=self.person(Role.CASE_OFFICER),
            ground=Ground.objects.get(code=GroundCode(step.values["ground"])),
            withheld_type=WithheldType(step.values["type"]),
            reason=self.texts(step, "reason"),
            public_interest=self.words(step.values["public_interest"]),
            concerns_releases=step.values.get("releases", False),
            releases_consideration=self.words(step.values.get("consideration", "")),
            entry=self.release if step.values.get("entry", False) else None,
            at=moment,
        )

    def _make_ready(self, step: Step, moment: datetime) -> None:
        self.ready = domain.mark_answer_ready(
            self.sent.request,
            actor=self.person(Role.CASE_OFFICER),
            letter=self.words(step.values.get("letter", "")),
            in_part=step.values.get("in_part", False),
            at=moment,
        )

    def _send(self, step: Step, moment: datetime) -> None:
        if self.ready is not None:
            domain.send_decision(self.ready, actor=self.person(Role.DECISION_MAKER), at=moment)

    def _lift(self, step: Step, moment: datetime) -> None:
        kept = Withholding.objects.filter(answer__item__request=self.sent.request, lifted_at=None).first()
        if kept is not None:
            values = {"quantity_kg": self.quantity} if kept.entry_key else None
            domain.lift_withholding(kept, actor=self.person(Role.DECISION_MAKER), values=values, at=moment)

    def _disclose(self, step: Step, moment: datetime) -> None:
        domain.publish_in_disclosure_log(
            self.sent.request, actor=self.person(Role.CASE_OFFICER), title=self.texts(step, "title"), at=moment
        )

    # What the requester does ------------------------------------------------------------------------------------------

    def _reply(self, step: Step, moment: datetime) -> None:
        domain.receive_message(
            self.sent.request,
            key=self.sent.secret,
            text=self.words(step.values["text"]),
            language=self.script.language,
            at=moment,
        )

    def _ask_review(self, step: Step, moment: datetime) -> None:
        domain.open_review(
            self.sent.request,
            key=self.sent.secret,
            limb=Limb(step.values["limb"]),
            words=self.words(step.values.get("text", "")),
            at=moment,
        )

    def _withdraw(self, step: Step, moment: datetime) -> None:
        domain.withdraw_request(self.sent.request, key=self.sent.secret, at=moment)

    # What the review body does ----------------------------------------------------------------------------------------

    def _record_stage(self, step: Step, moment: datetime) -> None:
        case = self.request.open_review
        if case is not None:
            domain.record_review_stage(
                case,
                actor=self.person(Role.REVIEWER),
                stage=ReviewStage(step.values["stage"]),
                file_number=step.values.get("file_number", ""),
                at=moment,
            )

    def _decide(self, step: Step, moment: datetime) -> None:
        case = self.request.open_review
        if case is None:
            return
        numbers = step.values.get("questions", [])
        comply = step.values.get("comply_in")
        domain.decide_review(
            case,
            actor=self.person(Role.REVIEWER),
            outcome=ReviewOutcome(step.values["outcome"]),
            reasons=self.words(step.values["text"]),
            reopened_items=list(RequestItem.objects.filter(request=self.sent.request, number__in=numbers)),
            comply_by=moment.date() + timedelta(days=comply) if comply else None,
            at=moment,
        )
