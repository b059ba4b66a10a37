"""Plants the five grounds of Art. 12(1). The national provisions that authorise their use are filled in by the authority."""

from typing import Any

from django.db import migrations

# Code, letter of Art. 12(1), and whether Art. 12(2) asks to weigh releases.
GROUNDS = (
    ("international_defence_security", "a", False),
    ("course_of_justice", "b", False),
    ("commercial_industrial", "c", True),
    ("intellectual_property", "d", False),
    ("personal_data", "e", False),
)


def plant_grounds(apps: Any, schema_editor: Any) -> None:
    """Make one row for each ground; there are no others."""
    ground_model = apps.get_model("inforequests", "Ground")
    for position, (code, letter, weighs_releases) in enumerate(GROUNDS, start=1):
        ground_model.objects.create(
            code=code, article=f"Art. 12(1)({letter})", weighs_releases=weighs_releases, sort_order=position
        )


class Migration(migrations.Migration):
    """The grounds of confidentiality."""

    dependencies = [("inforequests", "0001_initial")]
    operations = [migrations.RunPython(plant_grounds, migrations.RunPython.noop)]
