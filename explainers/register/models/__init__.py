"""The register's models, one room per question: what is listed, who reports, what was reported, and from which load."""

from register.models.confidentiality import WithheldInformation
from register.models.entries import DiffuseRelease, PollutantTransfer, Release, WasteTransfer
from register.models.facilities import Company, Facility
from register.models.loads import EntryChange, RegisterLoad
from register.models.rules import RuleChange
from register.models.vocabulary import Activity, Operation, Pollutant, Threshold, ThresholdSet

__all__ = [
    "Activity",
    "Company",
    "DiffuseRelease",
    "EntryChange",
    "Facility",
    "Operation",
    "Pollutant",
    "PollutantTransfer",
    "RegisterLoad",
    "Release",
    "RuleChange",
    "Threshold",
    "ThresholdSet",
    "WasteTransfer",
    "WithheldInformation",
]
