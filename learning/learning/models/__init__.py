"""What is stored: what is taught, the questions, what happened, and the pages that are read."""

from learning.models.items import Item, Option
from learning.models.pages import LearningIndexPage, ModulePage, ProgrammePage, UnitPage
from learning.models.programmes import Module, Programme, Unit
from learning.models.records import AppendOnlyError, Attempt, Award, LearningRecord, Registration

__all__ = [
    "AppendOnlyError",
    "Attempt",
    "Award",
    "Item",
    "LearningIndexPage",
    "LearningRecord",
    "Module",
    "ModulePage",
    "Option",
    "Programme",
    "ProgrammePage",
    "Registration",
    "Unit",
    "UnitPage",
]
