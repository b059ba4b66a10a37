"""`manage.py load_explainers`: a page for every pollutant, with the project's texts where it has one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from explainers.domain.loading import load_explainers
from explainers.models import ExplainerIndexPage
from register.models import Pollutant


class Command(BaseCommand):
    """Loading again changes nothing; what an editor has changed is never overwritten."""

    help = (
        "Makes the pages that explain the pollutants, and loads the project's texts, references, glossary and guidance."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was done."""
        if not Pollutant.objects.exists():
            raise CommandError(_("There are no pollutants yet: run `manage.py load_reference` first."))
        if not ExplainerIndexPage.objects.exists():
            raise CommandError(_("There is no list of explainers: make that page below the home page first."))
        done = load_explainers()
        self.stdout.write(
            _(
                "Pages made: %(made)d, brought up to date: %(changed)d, left as edited here: %(edited)d. "
                "Glossary terms: %(terms)d, references: %(references)d. "
                "Pages of guidance made: %(guides)d, brought up to date: %(guides_changed)d, "
                "left as edited here: %(guides_edited)d."
            )
            % {
                "made": done.pages_made,
                "changed": done.pages_changed,
                "edited": done.pages_edited,
                "terms": done.terms,
                "references": done.references,
                "guides": done.guides.made,
                "guides_changed": done.guides.changed,
                "guides_edited": done.guides.edited,
            }
        )
