"""Taking an assessment: one question a page, answers kept as one goes, a last look, and what came of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import AuthenticatedHttpRequest
from design.languages import current_code
from learning import domain
from learning.exercises import Exercise, show_exercise
from learning.folds import Fact, ProgrammeRule, best_try, next_try_at, progress
from learning.forms import BeginForm
from learning.models import Attempt, Award, Programme, ProgrammePage, Registration, UnitPage
from learning.pages import programme_page_for, progress_in_words
from learning.permissions import user_can_take_assessment
from learning.progress import forget, remembered_facts
from learning.questions import FrozenItem, Reply, ReplyProblem, strategy_for
from learning.questions.strategies import FIELD, right_answer
from learning.refusals import Refusal, WrongStateError
from learning.rules import rule_of, unit_key


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, programme: str) -> HttpResponse:
    """Say how the assessment goes, and begin it, or go on with it, for somebody who is signed in."""
    page, found = _programme_or_404(programme)
    rule = rule_of(found)
    remembered = remembered_facts(request, rule)
    context: dict[str, Any] = {**_frame(page), "programme": found, "has_remembered": bool(remembered)}
    if not request.user.is_authenticated:
        here = reverse("learning:assessment", args=[programme])
        return render(request, "learning/assessment_start.html", {**context, "here": here})
    registration = Registration.objects.filter(user=request.user, programme=found).first()
    facts = domain.facts_of(registration) if registration else []
    if request.method == "POST":
        form = BeginForm(request.POST)
        if form.is_valid():
            return _begin(request, found, rule, form, context)
    else:
        name = registration.holder_name if registration else ""
        form = BeginForm(initial={"name": name or request.user.get_full_name()})
    context |= {"form": form, **_standing(registration, rule, facts)}
    return render(request, "learning/assessment_start.html", context)


def _begin(
    request: HttpRequest, programme: Programme, rule: ProgrammeRule, form: BeginForm, context: dict[str, Any]
) -> HttpResponse:
    """Register the person, add what this browser remembers if they wish, and begin the try or go on with it."""
    if not user_can_take_assessment(request.user):
        raise PermissionDenied
    registration = domain.register_learner(request.user, programme, holder_name=form.cleaned_data["name"])
    claims = "claim" in request.POST
    if claims:
        domain.claim_progress(registration, remembered_facts(request, rule))
    try:
        attempt = domain.start_attempt(registration)
    except Refusal as refusal:
        form.add_error(None, " ".join(refusal.sentences))
        facts = domain.facts_of(registration)
        context |= {"form": form, **_standing(registration, rule, facts)}
        return render(request, "learning/assessment_start.html", context)
    response = redirect("learning:question", programme=programme.slug, number=_first_open(attempt))
    if claims:
        forget(response)
    return response


def _standing(registration: Registration | None, rule: ProgrammeRule, facts: list[Fact]) -> dict[str, Any]:
    """Return where somebody stands: a try under way, the best one, the wait, certificates, units."""
    until = next_try_at(rule, facts)
    return {
        "under_way": registration.attempts.under_way().first() if registration else None,
        "tries": list(registration.attempts.handed_in()) if registration else [],
        "best": best_try(rule, facts),
        "wait_until": until if until and timezone.now() < until else None,
        "progress": progress_in_words(progress(rule, facts)),
    }


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: AuthenticatedHttpRequest, programme: str, number: int) -> HttpResponse:
    """Ask one question of the try that is under way, and keep its answer."""
    page, found = _programme_or_404(programme)
    attempt = _under_way(request, found)
    if attempt is None:
        return redirect("learning:assessment", programme=programme)
    paper = domain.paper_of(attempt)
    if not 1 <= number <= len(paper):
        raise Http404
    item = paper[number - 1]
    reply, problem, typed = Reply.from_json(attempt.answers.get(str(number))), "", ""
    if request.method == "POST":
        try:
            domain.save_answer(attempt, number, strategy_for(item.kind).read(item, request.POST))
        except ReplyProblem as wrong:
            problem, typed = str(wrong), request.POST.get(FIELD, "")[:200]
        except WrongStateError:
            return redirect("learning:assessment", programme=programme)
        else:
            to_check = number == len(paper) or "check" in request.POST or "check" in request.GET
            if to_check:
                return redirect("learning:check", programme=programme)
            return redirect("learning:question", programme=programme, number=number + 1)
    context = {
        **_frame(page),
        "exercise": show_exercise(item, programme, reply=reply, problem=problem, typed=typed, action=""),
        "step": number,
        "steps": len(paper),
        "previous": number - 1,
        "programme_slug": programme,
        "comes_from_check": "check" in request.GET,
    }
    return render(request, "learning/question.html", context)


@dataclass(frozen=True)
class Answered:
    """One line of the last look: what was asked, what was answered, where it can be changed."""

    number: int
    stem: str
    answer: str
    change_url: str


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: AuthenticatedHttpRequest, programme: str) -> HttpResponse:
    """Show all answers once more, and take the paper."""
    page, found = _programme_or_404(programme)
    attempt = _under_way(request, found)
    if attempt is None:
        return _to_last_result(request, found)
    paper = domain.paper_of(attempt)
    if request.method == "POST":
        attempt = domain.hand_in(attempt, language=current_code())
        return redirect("learning:result", programme=programme, attempt=attempt.number)
    answers = [_answered(item, attempt, number, programme) for number, item in enumerate(paper, start=1)]
    context = {**_frame(page), "answers": answers, "open": sum(not one.answer for one in answers)}
    return render(request, "learning/check.html", context)


@dataclass(frozen=True)
class Reviewed:
    """One question of a paper that was handed in: what was answered, and what would have been right."""

    exercise: Exercise
    answer: str
    is_right: bool
    right_answer: str
    explanation: str
    unit_title: str
    unit_url: str


@never_cache
@login_required
@require_safe
def result(request: AuthenticatedHttpRequest, programme: str, attempt: int) -> HttpResponse:
    """Show what came of a try: the score, question by question what was right and where it is taught, what is next."""
    page, found = _programme_or_404(programme)
    tried = get_object_or_404(
        Attempt.objects.handed_in().select_related("registration"),
        registration__user=request.user,
        registration__programme=found,
        number=attempt,
    )
    registration = tried.registration
    rule, facts = rule_of(found), domain.facts_of(registration)
    score, marks = domain.score_of(tried)
    done = progress(rule, facts)
    award = Award.objects.filter(registration=registration).order_by("-attempt").first()
    pages = _unit_pages(page)
    missing = [pages[key] for key, unit in done.units.items() if not unit.is_satisfied and key in pages]
    context = {
        **_frame(page),
        "programme": found,
        "attempt": tried,
        "score": score,
        "is_passed": score.passes(found.pass_percent),
        "award": award if award and award.attempt >= tried.number else None,
        "missing_units": [] if award else missing,
        "wait_until": next_try_at(rule, facts),
        "reviewed": [
            _reviewed(
                item,
                Reply.from_json(tried.answers.get(str(number))),
                is_right=is_right,
                programme=programme,
                unit_page=pages.get(unit_key(found, item.unit)),
            )
            for number, (item, is_right) in enumerate(zip(domain.paper_of(tried), marks, strict=True), start=1)
        ],
    }
    return render(request, "learning/result.html", context)


def _reviewed(
    item: FrozenItem, reply: Reply | None, *, is_right: bool, programme: str, unit_page: UnitPage | None
) -> Reviewed:
    outcome = strategy_for(item.kind).explain(item, reply) if reply else None
    shown = show_exercise(item, programme, reply=reply, outcome=outcome, action="")
    return Reviewed(
        exercise=shown,
        answer=_answer_in_words(shown),
        is_right=is_right,
        right_answer=right_answer(item) or "; ".join(o.text for o in shown.options if _is_correct(item, o.key)),
        explanation=outcome.explanation if outcome else "",
        unit_title=unit_page.title if unit_page else "",
        unit_url=(unit_page.get_url() or "") if unit_page else "",
    )


def _is_correct(item: FrozenItem, key: str) -> bool:
    return any(option.key == key and option.is_correct for option in item.options)


def _answered(item: FrozenItem, attempt: Attempt, number: int, programme: str) -> Answered:
    shown = show_exercise(item, programme, reply=Reply.from_json(attempt.answers.get(str(number))), action="")
    url = reverse("learning:question", args=[programme, number])
    return Answered(number, shown.stem, _answer_in_words(shown), f"{url}?check=1")


def _answer_in_words(shown: Exercise) -> str:
    """Return what was answered: the words of the options, or the number as it was typed; nothing where nothing was."""
    return shown.typed if shown.is_number else "; ".join(option.text for option in shown.options if option.is_chosen)


def _under_way(request: AuthenticatedHttpRequest, programme: Programme) -> Attempt | None:
    return (
        Attempt.objects.under_way().filter(registration__user=request.user, registration__programme=programme).first()
    )


def _to_last_result(request: AuthenticatedHttpRequest, programme: Programme) -> HttpResponse:
    """Lead to the last paper that was handed in: somebody has clicked twice, or gone a page back."""
    last = (
        Attempt.objects.handed_in()
        .filter(registration__user=request.user, registration__programme=programme)
        .order_by("-number")
        .first()
    )
    if last is None:
        return redirect("learning:assessment", programme=programme.slug)
    return redirect("learning:result", programme=programme.slug, attempt=last.number)


def _first_open(attempt: Attempt) -> int:
    """Return the number of the first question without an answer."""
    numbers = range(1, len(attempt.paper) + 1)
    return next((number for number in numbers if str(number) not in attempt.answers), len(attempt.paper))


def _programme_or_404(slug: str) -> tuple[ProgrammePage, Programme]:
    page = programme_page_for(slug)
    if page is None:
        raise Http404
    return page, Programme.objects.with_structure().get(pk=page.programme_id)


def _unit_pages(page: ProgrammePage) -> dict[str, UnitPage]:
    """Return the pages of units by their keys, in the language of the page."""
    found = UnitPage.objects.descendant_of(page).live().select_related("unit").defer("body")
    return {unit_key(page.programme, one.unit.slug): one for one in found}


def _frame(page: ProgrammePage) -> dict[str, Any]:
    return {
        "programme_page": page,
        "title": _("Assessment"),
        "breadcrumbs": [{"title": one.title, "url": one.get_url()} for one in (page.get_parent(), page)],
    }
