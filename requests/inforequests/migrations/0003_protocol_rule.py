"""Plant the Protocol's own time limit (Art. 11(2)): one month from submission, with no rolling, pause or extension."""

from datetime import date

from django.db import migrations

CODE = "protocol-11-2"


def plant_rule(apps, schema_editor):
    """Store the rule, in force since the Protocol is."""
    apps.get_model("inforequests", "DeadlineRule").objects.update_or_create(
        code=CODE,
        defaults={
            "unit": "month",
            "amount": 1,
            "anchor": "submission",
            "roll": "none",
            "silence": "ignored",
            "citation_en": "Protocol on Pollutant Release and Transfer Registers, Article 11, paragraph 2",
            "citation_fr": "Protocole sur les registres des rejets et transferts de polluants, article 11, paragraphe 2",
            "citation_ru": "Протокол о регистрах выбросов и переноса загрязнителей, статья 11, пункт 2",
            "in_force_from": date(2009, 10, 8),
        },
    )


class Migration(migrations.Migration):
    dependencies = [("inforequests", "0002_grounds")]

    operations = [migrations.RunPython(plant_rule, migrations.RunPython.noop)]
