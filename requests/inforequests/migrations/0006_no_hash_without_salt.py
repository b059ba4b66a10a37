"""Forget the hash of a request, which had no salt: after an erasure it would still have proven the words."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inforequests', '0005_identity_erased_at'),
    ]

    operations = [
        # Lets the column come back empty where this is undone.
        migrations.AlterField(
            model_name='submission',
            name='content_sha256',
            field=models.CharField(default='', max_length=64, verbose_name='SHA-256 of the content'),
        ),
        # Nothing read it but receipts, and nothing is lost: it was worked out from words that stay. What proves them is
        # the salted commitment in the record.
        migrations.RemoveField(
            model_name='submission',
            name='content_sha256',
        ),
    ]
