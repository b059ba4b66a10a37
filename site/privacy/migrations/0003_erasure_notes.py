"""Notes of erasures for the list beside the backups; what was erased before is noted from its tombstone."""

from typing import Any

from django.db import migrations, models


def note_what_was_erased(apps: Any, schema_editor: Any) -> None:
    """Note every tombstone that finds its thing again; those of addresses do not, and their periods erase them anew."""
    note = apps.get_model("privacy", "ErasureNote")
    stones = apps.get_model("privacy", "Tombstone").objects.exclude(holding__in=["letters", "subscriptions"])
    wishes = apps.get_model("privacy", "PostponedErasure").objects.all()
    notes = [
        note(act="erased", holding=stone.holding, reference=stone.reference, cause=stone.cause, at=stone.erased_at)
        for stone in stones
    ]
    notes += [
        note(act="wanted", holding=wish.holding, reference=wish.reference, cause=wish.cause, at=wish.asked_at)
        for wish in wishes
    ]
    note.objects.bulk_create(notes, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0002_first_rules'),
    ]

    operations = [
        migrations.CreateModel(
            name='ErasureNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('erased', 'Erased'), ('wanted', 'Wanted'), ('name_hidden', 'Name Hidden')], max_length=20, verbose_name='act')),
                ('holding', models.CharField(max_length=40, verbose_name='kind')),
                ('reference', models.CharField(max_length=80, verbose_name='number')),
                ('cause', models.CharField(choices=[('asked', 'the person asked for it here'), ('letter', 'the person asked for it by letter'), ('retention', 'the period of keeping was over')], max_length=20, verbose_name='cause')),
                ('at', models.DateTimeField(verbose_name='instant')),
            ],
            options={
                'verbose_name': 'note of an erasure',
                'verbose_name_plural': 'notes of erasures',
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('act', 'holding', 'reference', 'at'), name='one_erasure_note')],
            },
        ),
        migrations.RunPython(note_what_was_erased, migrations.RunPython.noop),
    ]
