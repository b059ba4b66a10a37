"""Plants a rule of keeping for each kind, with a sensible period and the law on which it rests.

Each Party changes the periods, and puts its own law in, in the administration; the texts are in `0002_first_rules.json`.
"""

import json
from pathlib import Path
from typing import Any

from django.db import migrations


def plant_rules(apps: Any, schema_editor: Any) -> None:
    """Store the rules that are not there yet."""
    rule_model = apps.get_model("privacy", "RetentionRule")
    rules = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    for place, rule in enumerate(rules, start=1):
        kind = rule.pop("kind")
        rule_model.objects.get_or_create(kind=kind, defaults={**rule, "sort_order": place * 10})


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_rules_links_and_tombstones")]

    operations = [migrations.RunPython(plant_rules, migrations.RunPython.noop)]
