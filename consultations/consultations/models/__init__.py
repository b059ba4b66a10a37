"""The models of consultations, one file per question."""

from consultations.models.answers import OfficialResponse
from consultations.models.decisions import Consideration, Decision
from consultations.models.dockets import Docket
from consultations.models.dossier import DossierDocument, FrozenFile, ProposalVersion
from consultations.models.measures import Measure
from consultations.models.pages import ConsultationIndexPage, ConsultationPage
from consultations.models.periods import Period
from consultations.models.submissions import Point, Submission, Submitter
from consultations.models.ways import WayToRespond

__all__ = [
    "Consideration",
    "ConsultationIndexPage",
    "ConsultationPage",
    "Decision",
    "Docket",
    "DossierDocument",
    "FrozenFile",
    "Measure",
    "OfficialResponse",
    "Period",
    "Point",
    "ProposalVersion",
    "Submission",
    "Submitter",
    "WayToRespond",
]
