"""Plants the rule of keeping for the letters of the sign-in pages, which go through the outbox from now on.

Each Party changes the period, and puts its own law in, in the administration.
"""

from typing import Any

from django.db import migrations

_RULE = {
    "amount": 30,
    "unit": "days",
    "consequence": "delete",
    "sort_order": 65,  # behind the other letters
    "legal_basis_en": (
        "Modernised Convention 108, Article 5(4)(e): long enough to find out why a code did not arrive, and no record of "
        "when somebody signs in."
    ),
    "legal_basis_fr": (
        "Convention 108 modernisée, article 5, paragraphe 4 e : assez longtemps pour savoir pourquoi un code n’est pas "
        "arrivé, sans garder trace des moments où quelqu’un se connecte."
    ),
    "legal_basis_ru": (
        "Модернизированная Конвенция 108, статья 5, пункт 4 e: чтобы можно было выяснить, почему код не дошёл, не "
        "сохраняя сведений о том, когда кто входил."
    ),
}


def plant_rule(apps: Any, schema_editor: Any) -> None:
    """Store the rule, where it is not there yet."""
    apps.get_model("privacy", "RetentionRule").objects.get_or_create(kind="sign_in_letters", defaults=_RULE)


class Migration(migrations.Migration):
    dependencies = [("privacy", "0003_erasure_notes")]

    operations = [migrations.RunPython(plant_rule, migrations.RunPython.noop)]
