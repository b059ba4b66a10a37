"""The public page as it will be, for officials only: before publication, and with the decision that is drafted."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.models import Locale

from consultations.acts import Act
from consultations.admin.act_views import RoleRequiredMixin
from consultations.models import ConsultationIndexPage, ConsultationPage, Docket
from consultations.pages import consultation_context
from design.languages import CODES, current_code, localised

_NOWHERE: Final = "0000"  # the tree's own steps begin with 0001


class PreviewView(RoleRequiredMixin, View):
    """Shows the public page in one of the three languages."""

    act = Act.READ_FILE

    def get(self, request: HttpRequest, pk: int, code: str = "") -> HttpResponse:
        """Render the public template with what is only drafted; without a code in the official's own language."""
        docket = get_object_or_404(Docket, pk=pk)
        code = code or current_code()
        if code not in CODES:
            raise Http404
        with translation.override(code):
            messages.warning(request, _("Preview for officials: this is not what the public sees now."))
            # The public template knows nothing of the admin's language: it is rendered here, in the one asked for.
            return render(request, ConsultationPage.template, self._context(request, docket, code))

    def _context(self, request: HttpRequest, docket: Docket, code: str) -> dict[str, Any]:
        page = self._page(docket, code)
        context = {**consultation_context(request, docket), "page": page, "self": page, "request": request}
        decision = getattr(docket, "decision", None)
        if decision is not None:
            context |= {"decision": decision, "considerations": decision.considerations.all()}
        return context

    def _page(self, docket: Docket, code: str) -> ConsultationPage:
        """Return the page in a language: the public one, or one that is never stored."""
        locale = Locale.objects.get(language_code=code)
        page = ConsultationPage.objects.filter(docket=docket, locale=locale).first()
        if page is not None:
            return page
        page = ConsultationPage(docket=docket, locale=locale, title=localised(docket, "title", code), slug=docket.slug)
        index = ConsultationIndexPage.objects.filter(locale=locale).first()
        # A place in the tree where no page is ever put: from it the trail above the page is made.
        page.path, page.depth = (f"{index.path}{_NOWHERE}", index.depth + 1) if index else (_NOWHERE, 1)
        return page
