"""Makes the people of the demonstration."""

from demonstration.marks import marking
from demonstration.people import LEARNERS, SIGN_INS, make_people
from demonstration.stages.context import Building


def build_people(building: Building) -> str:
    """Make an account for every role; return how many. Side effects: those of `make_people`."""
    with marking(building.build):
        make_people()
    return f"{len(SIGN_INS) + len(LEARNERS)} people"
