"""The page that asks for a number and a key, and the way out again: one door for every area that gives receipts."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from tracking.forms import NumberForm
from tracking.grants import forget, grant
from tracking.guards import count_wrong_guess, guessing_too_much, too_many
from tracking.numbers import LONGEST_TYPED
from tracking.opening import open_by_number


@method_decorator(never_cache, name="dispatch")
class TrackView(FormView[NumberForm]):
    """Ask for number and key, and lead to the page of what they open; a wrong number gets a suggestion where one fits.

    An area says what has its numbers (`model`), the name of the address of one (`page`), what the page asks and what
    stands on its `button`, and how it speaks of a number that nobody was given and of a key that does not fit.
    """

    http_method_names = ["get", "head", "post"]
    template_name = "tracking/door.html"
    form_class = NumberForm
    model: ClassVar[type[Model]]
    page: ClassVar[str]
    question: ClassVar[str | Promise]
    button: ClassVar[str | Promise]
    unknown: ClassVar[str | Promise]
    wrong_key: ClassVar[str | Promise]

    def get_initial(self) -> dict[str, Any]:
        """Fill in the number that a link or a suggestion brings."""
        return {"number": self.request.GET.get("number", "")[:LONGEST_TYPED]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the area's words."""
        return super().get_context_data(question=self.question, button=self.button, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Look the number up, unless this connection has guessed too often."""
        return too_many(request) if guessing_too_much(request) else super().post(request, *args, **kwargs)

    def form_valid(self, form: NumberForm) -> HttpResponse:
        """Lead to the subject, with its key in this browser's keeping; or ask again."""
        subjects: QuerySet[Any] = self.model._default_manager.all()
        opened = open_by_number(form, subjects, unknown=self.unknown, wrong_key=self.wrong_key)
        if opened.subject is None:
            if opened.is_guess:
                count_wrong_guess(self.request)
            return self.render_to_response(self.get_context_data(form=form, suggestion=opened.suggestion))
        number, key = opened.subject.tracking_number, form.cleaned_data["key"]
        response = redirect(self.page, number=number)
        if key:
            grant(self.request, response, number, key)
        return response


@method_decorator(never_cache, name="dispatch")
class LeaveView(View):
    """Make this browser forget the keys it was given: the next person at it may be somebody else."""

    http_method_names = ["post"]
    door: str = ""  # the name of the page that asks for number and key

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Forget, say so, and go back to the door."""
        messages.success(request, _("This browser has forgotten your tracking numbers and their keys."))
        response = redirect(self.door)
        forget(response)
        return response
