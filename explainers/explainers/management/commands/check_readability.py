"""`manage.py check_readability`: how plain the explainers are, as they stand on the site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from explainers.enums import WRITTEN_SLOTS, ReadabilityVerdict
from explainers.models import ExplainerPage
from explainers.readability import report_on


class Command(BaseCommand):
    """Prints one line a page; fails where a page is over the limit, so that it can stand in a chain of checks."""

    help = "Says how plain the written explainers are: words a sentence, LIX, and Flesch where a formula is published."

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure every live page that somebody has written."""
        over = 0
        for page in ExplainerPage.objects.live().written().select_related("locale").order_by("slug", "locale"):
            code = page.locale.language_code
            report = report_on("".join(getattr(page, kind.value) for kind in WRITTEN_SLOTS), code)
            is_over = report.verdict is ReadabilityVerdict.OVER_LIMIT
            over += is_over
            figures = [f"{report.words_a_sentence:.1f} words a sentence", f"LIX {report.lix:.0f}"]
            if report.ease is not None:
                figures.append(f"Flesch {report.ease:.0f}")
            if report.grade is not None:
                figures.append(f"grade {report.grade:.1f}")
            self.stdout.write(f"{'over' if is_over else 'ok':4} {page.slug} ({code}): {', '.join(figures)}")
        if over:
            raise CommandError(_("%(count)d pages are over the limit.") % {"count": over})
