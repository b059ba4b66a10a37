"""Builds the consultations: each goes its way act by act, as its people would have gone it, up to where it stands."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from accounts.roles import Role
from consultations import domain
from consultations.enums import Channel, PublicationPreference, Suspicion
from consultations.file_subject import files_of_submission
from consultations.models import (
    Consideration,
    ConsultationPage,
    Decision,
    Docket,
    DossierDocument,
    Measure,
    Point,
    Submission,
    WayToRespond,
)
from demonstration.dockets.enclosures import enclosure
from demonstration.dockets.papers import write_paper
from demonstration.dockets.scripts import Script, ScriptedDocument, ScriptedSubmission, measure_fields, read_scripts
from demonstration.letters import keep_past_letters
from demonstration.marks import marking
from demonstration.party import AUTHORITY, CONSULTATIONS_EMAIL, PHONE
from demonstration.publishing.markup import read_background
from demonstration.stages.context import Building
from files.domain import hold_files
from files.models import StoredFile
from register.models import Activity, Pollutant

_OPENING_HOUR: Final = 8
_CLOSING_HOUR: Final = 18


def build_consultations(building: Building) -> str:
    """Build every consultation; return how many there are. Side effects: those of the acts of each, in their order."""
    scripts = read_scripts(quick=building.quick)
    for script in scripts:
        with marking(building.build, bundle=f"consultation:{script.slug}"):
            staging = _Staging(building, script)
            staging.play()
            keep_past_letters(staging.docket, building.build)
        building.say(f"{script.slug}: {len(script.submissions)} comments")
    return f"{len(scripts)} consultations, {sum(len(script.submissions) for script in scripts)} comments"


class _Staging:
    """Plays one script: acts are collected with their instants and then done in the order of time."""

    def __init__(self, building: Building, script: Script) -> None:
        self.building = building
        self.script = script
        self.days = script.days
        self.docket = Docket()
        self.received: dict[int, Submission] = {}  # by the script's line
        self.chance = random.Random(f"{building.seed}/{script.slug}")  # noqa: S311 -- repeatable by intent
        self.acts: list[tuple[datetime, Callable[[datetime], object]]] = []

    def play(self) -> None:
        """Do everything that has happened by now."""
        self._open_file()
        for submission in self.script.submissions:
            self._plan_submission(submission)
        self._plan_steering()
        for moment, act in sorted(self.acts, key=lambda pair: pair[0]):
            if moment <= self.building.at:
                act(moment)

    def person(self, role: Role) -> Any:
        """Return who has a role."""
        return self.building.people[role]

    def on(self, day: int, hour: int = 9) -> datetime:
        """Return an hour of a day counted from today."""
        return self.building.moment(day, hour)

    # The file and its proposal ----------------------------------------------------------------------------------------

    def _open_file(self) -> None:
        """Open the file, set the period, publish, and write the background."""
        docket = self.docket = Docket(
            slug=self.script.slug,
            contact_email=CONSULTATIONS_EMAIL,
            contact_phone=PHONE,
            decision_expected_by=self.building.day(self.days["decision_expected"])
            if "decision_expected" in self.days
            else self.building.day(self.days["closes"] + 90),
            **AUTHORITY.fields("authority"),
        )
        for name in ("title", "summary", "legal_basis"):
            self.script.texts[name].put(docket, name)
        docket.measures = [self._measure(table) for table in self.script.measures]
        docket.documents = [self._document(one) for one in self.script.documents if not one.is_added_later]
        docket.ways = [
            WayToRespond(channel=channel, **details.fields("details")) for channel, details in self.script.ways
        ]
        officer = self.person(Role.CASE_OFFICER)
        self.docket = domain.create_docket(docket, actor=officer, at=self.on(self.days["created"], 10))
        domain.add_period(
            self.docket,
            actor=officer,
            opens_at=self.on(self.days["opens"], _OPENING_HOUR),
            closes_at=self.on(self.days["closes"], _CLOSING_HOUR),
            at=self.on(self.days["created"], 11),
        )
        published = self.on(self.days["published"], 7)
        self.docket = domain.publish_docket(self.docket, actor=self.person(Role.DECISION_MAKER), at=published)
        self._write_background()

    def _write_background(self) -> None:
        editor = self.person(Role.EDITOR)
        pages = ConsultationPage.objects.filter(docket=self.docket).select_related("locale")
        for page in pages:
            markup = getattr(self.script.background, page.locale.language_code)
            page.background = page.background.stream_block.to_python(read_background(markup))
            page.save_revision(user=editor).publish(user=editor)

    def _measure(self, table: Any) -> Measure:
        pollutant, activity = table.get("pollutant"), table.get("activity")
        return Measure(
            pollutant=Pollutant.objects.get(code=pollutant) if pollutant else None,
            activity=Activity.objects.get(code=activity) if activity else None,
            **measure_fields(table),
        )

    def _document(self, scripted: ScriptedDocument) -> DossierDocument:
        document = Document(title=scripted.title.en, uploaded_by_user=self.person(Role.CASE_OFFICER))
        document.file.save(scripted.file, ContentFile(write_paper(scripted, self.script)), save=False)
        document._set_document_file_metadata()
        document.save()
        return DossierDocument(document=document, language=scripted.language, **scripted.title.fields("title"))

    # Comments and answers ---------------------------------------------------------------------------------------------

    def _plan_submission(self, scripted: ScriptedSubmission) -> None:
        """Plan what happens to one comment: it comes, is read, published or withheld, and answered."""
        arrives = self.building.any_moment(
            self.days["opens"] + scripted.day, self.chance.randint(9, 17), self.chance.randint(0, 59)
        )
        self._at(arrives, self._receive, scripted)
        handled = self.building.moment(self.days["opens"] + scripted.day + 3, self.chance.randint(8, 11))
        self._at(handled, self._mark_read, scripted)
        self._at(handled + timedelta(hours=self.chance.randint(1, 6)), self._moderate, scripted)
        if scripted.admissible_because:
            self._at(handled, self._admit, scripted)
        if any(scripted.answers()):
            usual = self.on(self.days["closes"] + self.chance.randint(3, 11), self.chance.randint(9, 16))
            self._at(max(usual, handled + timedelta(days=2)), self._answer, scripted)

    def _at(self, moment: datetime, act: Callable[..., object], *about: Any) -> None:
        self.acts.append((moment, partial(act, *about)))

    def _receive(self, scripted: ScriptedSubmission, moment: datetime) -> None:
        is_online = scripted.channel is Channel.WEB
        sent = domain.receive_submission(
            self.docket,
            language=scripted.language,
            publication_preference=scripted.preference,
            text=scripted.text,
            measure_texts={point.measure: point.text for point in scripted.points},
            submitter_type=scripted.kind,
            name=scripted.name,
            organisation=scripted.organisation,
            email=scripted.email,
            files=self._enclosures(scripted, moment),
            suspicion=Suspicion.MANY if scripted.is_held else None,
            channel=scripted.channel,
            entered_by=None if is_online else self.person(Role.CASE_OFFICER),
            received_at=None if is_online else moment,
            at=moment,
        )
        self.received[id(scripted)] = sent.submission

    def _enclosures(self, scripted: ScriptedSubmission, moment: datetime) -> list[StoredFile]:
        """Return what somebody sends along, held as the form would hold it."""
        token = f"{self.building.seed}/{self.script.slug}/{scripted.day}/{moment.isoformat()}"
        return hold_files([enclosure(name) for name in scripted.files], form_token=token, at=moment).held

    def _mark_read(self, scripted: ScriptedSubmission, moment: datetime) -> None:
        if not scripted.is_held:
            domain.mark_read(self.received[id(scripted)], actor=self.person(Role.CASE_OFFICER), at=moment)

    def _moderate(self, scripted: ScriptedSubmission, moment: datetime) -> None:
        submission, facilitator = self.received[id(scripted)], self.person(Role.FACILITATOR)
        if scripted.withheld is not None:
            domain.withhold_submission(submission, actor=facilitator, reason=scripted.withheld, at=moment)
        elif scripted.preference is not PublicationPreference.NOT_PUBLISHED and not scripted.is_held:
            domain.publish_submission(submission, actor=facilitator, at=moment)
            for file in files_of_submission(submission):
                if file.name in scripted.released:
                    domain.release_file(submission, file, actor=facilitator, at=moment)

    def _admit(self, scripted: ScriptedSubmission, moment: datetime) -> None:
        domain.decide_admissibility(
            self.received[id(scripted)],
            actor=self.person(Role.CASE_OFFICER),
            admissible=True,
            reason=scripted.admissible_because,
            at=moment,
        )

    def _answer(self, scripted: ScriptedSubmission, moment: datetime) -> None:
        points = Point.objects.filter(submission=self.received[id(scripted)]).order_by("sort_order")
        for point, answer in zip(points, scripted.answers(), strict=True):
            if answer is not None:
                domain.answer_point(
                    point,
                    actor=self.person(Role.CASE_OFFICER),
                    disposition=answer.disposition,
                    reason=answer.reason,
                    change_made=answer.change,
                    at=moment,
                )

    # Steering ---------------------------------------------------------------------------------------------------------

    def _plan_steering(self) -> None:
        """Plan what the authority does with the consultation as a whole."""
        days, script = self.days, self.script
        answered = any(any(scripted.answers()) for scripted in script.submissions)
        if answered and script.decision is None:
            self._at(self.on(days["closes"] + 14, 14), self._publish_answers)
        if script.extended:
            self._at(self.on(script.extended["on"], 12), self._extend)
        if script.reopened:
            self._at(self.on(script.reopened["on"], 12), self._reopen)
        if "discontinued" in days:
            self._at(self.on(days["discontinued"], 15), self._discontinue)
        if script.decision is not None:
            self._at(self.on(days["decided"] - 3, 11), self._draft_decision)
            self._at(self.on(days["decided"], 10), self._publish_decision)

    def _publish_answers(self, moment: datetime) -> None:
        domain.publish_responses(self.docket, actor=self.person(Role.CASE_OFFICER), at=moment)

    def _extend(self, moment: datetime) -> None:
        domain.extend_period(
            self.docket,
            actor=self.person(Role.DECISION_MAKER),
            closes_at=self.on(self.script.extended["closes"], _CLOSING_HOUR),
            reason=self.script.texts["extension_reason"],
            at=moment,
        )

    def _reopen(self, moment: datetime) -> None:
        """Take comments again, on a dossier that now has what was missing."""
        domain.reopen_docket(
            self.docket,
            actor=self.person(Role.DECISION_MAKER),
            opens_at=self.on(self.script.reopened["opens"], _OPENING_HOUR),
            closes_at=self.on(self.script.reopened["closes"], _CLOSING_HOUR),
            reason=self.script.texts["reopening_reason"],
            at=moment,
        )
        docket = Docket.objects.get(pk=self.docket.pk)
        added = [self._document(one) for one in self.script.documents if one.is_added_later]
        docket.documents = [*docket.documents.all(), *added]
        domain.change_docket(docket, actor=self.person(Role.CASE_OFFICER), at=moment + timedelta(hours=2))

    def _discontinue(self, moment: datetime) -> None:
        reason = self.script.texts["discontinued_reason"]
        domain.discontinue_docket(self.docket, actor=self.person(Role.DECISION_MAKER), reason=reason, at=moment)

    def _draft_decision(self, moment: datetime) -> None:
        scripted = self.script.decision
        if scripted is None:
            return
        decision = Decision(kind=scripted.kind, decided_on=self.building.day(self.days["decided"]))
        for name, texts in scripted.texts.items():
            texts.put(decision, name)
        decision.considerations = [
            Consideration(**heading.fields("heading"), **text.fields("text"))
            for heading, text in scripted.considerations
        ]
        domain.draft_decision(self.docket, decision, actor=self.person(Role.CASE_OFFICER), at=moment)

    def _publish_decision(self, moment: datetime) -> None:
        domain.publish_decision(self.docket, actor=self.person(Role.DECISION_MAKER), at=moment)
