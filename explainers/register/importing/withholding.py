"""What is said about a value that a file marks as confidential (Art. 12(3))."""

from dataclasses import asdict

from register.importing.mapping import Withholding
from register.models import WithheldInformation


def withheld_id(said: Withholding) -> int:
    """Return the record that says what a file says about what it withholds; the same words make one record."""
    facts = {**asdict(said), "decided_on": None}
    found = WithheldInformation.objects.filter(**facts).order_by("pk").first()
    return (found or WithheldInformation.objects.create(**facts)).pk
