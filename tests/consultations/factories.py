"""Dockets and submissions in every state, made the way people make them: through the domain functions."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import factory
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from accounts.domain.roles import give_role
from accounts.models import User
from accounts.roles import Role
from consultations import domain
from consultations.enums import Channel, DecisionKind, Disposition, MeasureKind, PublicationPreference
from consultations.models import Consideration, Decision, Docket, DossierDocument, Measure, Submission, WayToRespond
from design.texts import Texts
from register.enums import PollutantGroup, ThresholdKind
from register.models import Pollutant

# A Monday at noon in an ordinary week: states are told by distance from it.
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def texts(words: str) -> Texts:
    return Texts(en=f"{words} (en)", fr=f"{words} (fr)", ru=f"{words} (ru)")


class OfficialFactory(factory.django.DjangoModelFactory[User]):
    """Somebody with a role."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"official{number}@example.org")

    @factory.post_generation
    def role(self, create: bool, role: Role | None, **kwargs: Any) -> None:
        if create and role:
            # mypy takes `self` for the factory; factory_boy passes what it made.
            give_role(self, role, actor=None)  # type: ignore[arg-type]  # as said above


class PollutantFactory(factory.django.DjangoModelFactory[Pollutant]):
    """A pollutant as the register lists it."""

    class Meta:
        model = Pollutant
        django_get_or_create = ("code",)

    code = "HGANDCOMPOUNDS"
    slug = factory.LazyAttribute(lambda made: made.code.lower())
    number = 21
    group = PollutantGroup.HEAVY_METALS
    name_en = "Mercury and compounds"
    name_fr = "Mercure et composés"
    name_ru = "Ртуть и ее соединения"


def mercury_measure(**fields: Any) -> Measure:
    """The threshold of mercury to water, from 1 to 0.5 kg a year."""
    rationale = texts("Small releases add up.").fields("rationale")
    return Measure(
        **{
            "kind": MeasureKind.RELEASE_THRESHOLD_CHANGED,
            "pollutant": PollutantFactory(),
            "threshold_kind": ThresholdKind.RELEASE_WATER,
            "before_quantity_kg": Decimal(1),
            "after_quantity_kg": Decimal("0.5"),
            **rationale,
            **fields,
        }
    )


def access_measure(**fields: Any) -> Measure:
    """A measure in words: when the register is published."""
    return Measure(
        kind=MeasureKind.ACCESS_CHANGED,
        **texts("Time of publication").fields("subject"),
        **texts("Fifteen months after the year.").fields("before_text"),
        **texts("Nine months after the year.").fields("after_text"),
        **texts("People want this year’s figures.").fields("rationale"),
        **fields,
    )


def paper(content: bytes = b"The impact of the proposal.", **fields: Any) -> DossierDocument:
    """A paper of the dossier."""
    document = Document.objects.create(title="Impact", file=ContentFile(content, name="impact.txt"))
    return DossierDocument(
        document=document, language="en", **texts("Impact of the proposal").fields("title"), **fields
    )


class Stage(NamedTuple):
    """How many days before and after NOON a docket opened and closes, and what happened to it since."""

    opens: int
    closes: int
    published: bool = True
    drafted: bool = False
    decided: bool = False
    discontinued: bool = False


DRAFT = Stage(1, 29, published=False)


class DocketFactory(factory.Factory[Docket]):
    """A consultation; `DocketFactory(open=True)` is one that takes comments at NOON."""

    class Meta:
        model = Docket

    class Params:
        upcoming = factory.Trait(stage=Stage(1, 29))
        open = factory.Trait(stage=Stage(-14, 14))
        closing = factory.Trait(stage=Stage(-25, 3))
        closed = factory.Trait(stage=Stage(-29, -1))
        drafted = factory.Trait(stage=Stage(-29, -1, drafted=True))
        decided = factory.Trait(stage=Stage(-29, -1, drafted=True, decided=True))
        discontinued = factory.Trait(stage=Stage(-14, 14, discontinued=True))

    slug = factory.Sequence(lambda number: f"mercury-{number}")
    stage = DRAFT
    title = "Lower threshold for mercury"
    measures = (mercury_measure, access_measure)
    around = NOON  # pages read the real clock: their tests say `around=timezone.now()`

    @classmethod
    def _create(cls, model_class: type[Docket], *args: Any, **fields: Any) -> Docket:
        stage: Stage = fields.pop("stage")
        officer = OfficialFactory(role=Role.CASE_OFFICER)
        chief = OfficialFactory(role=Role.DECISION_MAKER)
        around: datetime = fields.pop("around")
        opens_at, closes_at = (around + timedelta(days=days) for days in (stage.opens, stage.closes))
        before = opens_at - timedelta(days=1)
        docket = new_docket(**fields, decision_expected_by=(closes_at + timedelta(days=60)).date())
        docket = domain.create_docket(docket, actor=officer, at=before)
        domain.add_period(docket, actor=officer, opens_at=opens_at, closes_at=closes_at, at=before)
        if stage.published:
            docket = domain.publish_docket(docket, actor=chief, at=before)
        if stage.discontinued:
            docket = domain.discontinue_docket(docket, actor=chief, reason=texts("The law changed."), at=around)
        if stage.drafted:
            domain.draft_decision(docket, new_decision(), actor=officer, at=around)
        if stage.decided:
            domain.publish_decision(docket, actor=chief, at=around)
        return Docket.objects.get(pk=docket.pk)


def new_docket(
    *, slug: str = "mercury", title: str = "Lower threshold for mercury", measures: Any = (), **fields: Any
) -> Docket:
    """A docket that is complete but not stored: what an official's form gives to `create_docket`."""
    docket = Docket(
        slug=slug,
        contact_email="desk@example.org",
        **texts(title).fields("title"),
        **texts("Facilities would report smaller releases.").fields("summary"),
        **texts("Environment Agency").fields("authority"),
        **texts("Register Act, section 4").fields("legal_basis"),
        **fields,
    )
    docket.measures = [make() for make in measures]
    docket.documents = [paper()]
    docket.ways = [WayToRespond(channel=Channel.POST, **texts("1 Harbour Road").fields("details"))]
    return docket


def new_decision(**fields: Any) -> Decision:
    """A decision that is complete but not stored."""
    decision = Decision(
        **{
            "kind": DecisionKind.ADOPTED_WITH_CHANGES,
            "decided_on": NOON.date(),
            **texts("Environment Agency").fields("authority"),
            **texts("Register Act, section 4").fields("legal_basis"),
            **texts("The threshold is 0.5 kg a year.").fields("summary"),
            **texts("From the reporting year 2027 on.").fields("register_change"),
            **texts("Before the Administrative Court, within a month.").fields("review"),
            **fields,
        }
    )
    decision.considerations = [
        Consideration(**texts("Health").fields("heading"), **texts("Mercury builds up in fish.").fields("text"))
    ]
    return decision


def send(docket: Docket, **fields: Any) -> Submission:
    """A comment sent while the docket was open."""
    period = docket.windows[0]
    sent = domain.receive_submission(
        docket,
        **{
            "language": "en",
            "publication_preference": PublicationPreference.WITH_NAME,
            "text": "Please measure monthly.",
            "measure_texts": {1: "Half a kilogram is right."},
            "name": "Aino Example",
            "at": period.opens_at + timedelta(hours=1),
            **fields,
        },
    )
    return sent.submission


def publish(submission: Submission, *, at: datetime = NOON) -> Submission:
    """The same comment, as the public reads it."""
    return domain.publish_submission(submission, actor=OfficialFactory(role=Role.CASE_OFFICER), at=at)


def answer(submission: Submission, *, disposition: Disposition = Disposition.NOTED, at: datetime = NOON) -> None:
    """Answers to every point of a comment, drafted."""
    officer = OfficialFactory(role=Role.CASE_OFFICER)
    for point in submission.points.all():
        domain.answer_point(point, actor=officer, disposition=disposition, reason="We took note of it.", at=at)
