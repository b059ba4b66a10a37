"""National law in /admin/: who enters review bodies, provisions, time limits and holidays, and what is refused."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from wagtail.models import ModelLogEntry

from accounts.models import User
from accounts.roles import Role
from inforequests.acts import ROLES_FOR, Act
from inforequests.admin.home import missing_rules
from inforequests.deadlines import PROTOCOL_CODE
from inforequests.enums import ReviewRoute, RuleRoll, RuleUnit
from inforequests.models import Clock, DeadlineRule, Ground, HolidayCalendar, ReviewBody
from inforequests.models.clocks import FixedRowError
from inforequests.permissions import user_can_change_deadline_rule, user_can_read_rules, user_can_set_rules
from tests.conftest import AssertSameQueries
from tests.inforequests.factories import NOON, ask, body, person, refused
from tests.inforequests.officials import sign_in

pytestmark = pytest.mark.django_db

BODIES, GROUNDS, RULES, HOLIDAYS = (
    f"/admin/law/{name}/" for name in ("review-bodies", "grounds", "time-limits", "holidays")
)
LISTS = (BODIES, GROUNDS, RULES, HOLIDAYS)
LONG_AGO = date(2020, 1, 1)


def body_data(**changes: Any) -> dict[str, Any]:
    """The form of a review body, filled in as it should be."""
    texts = {
        f"{name}_{code}": f"{name} {code}" for name in ("name", "legal_basis", "how") for code in ("en", "fr", "ru")
    }
    return {**texts, "route": ReviewRoute.COURT.value, "is_active": "on", "sort_order": "1", "loaded": "", **changes}


def rule_data(**changes: Any) -> dict[str, Any]:
    """The form of a time limit."""
    cited = {f"citation_{code}": "Act 1, section 2" for code in ("en", "fr", "ru")}
    return {
        **cited,
        "code": "national",
        "unit": RuleUnit.CALENDAR_DAY.value,
        "amount": "15",
        "roll": RuleRoll.NONE.value,
        "calendar": "",
        "in_force_from": "2020-01-01",
        "in_force_until": "",
        "loaded": "",
        **changes,
    }


def calendar_data(**changes: Any) -> dict[str, Any]:
    """The form of a calendar."""
    return {"code": "xx", "years_covered": "2026–2027", "days": "2026-12-25\n2027-12-25\n", **changes}


def errors(response: Any) -> dict[str, list[str]]:
    """What a form says is wrong."""
    assert response.status_code == 200, response.get("Location")
    return {name: [str(one) for one in found] for name, found in response.context["form"].errors.items()}


def calendar(**fields: Any) -> HolidayCalendar:
    return HolidayCalendar.objects.create(**{"code": "xx", "version": 1, "years": [2026], "holidays": [], **fields})


def rule(**fields: Any) -> DeadlineRule:
    """A national rule of fifteen days."""
    cited = {f"citation_{code}": "Act 1, section 2" for code in ("en", "fr", "ru")}
    values = {"code": "national", "unit": RuleUnit.CALENDAR_DAY, "amount": 15, "in_force_from": LONG_AGO, **cited}
    return DeadlineRule.objects.create(**{**values, **fields})


def reviewer() -> User:
    return person(Role.REVIEWER)


def test_each_role_reads_and_enters_what_the_table_of_acts_gives_it() -> None:
    pages = {
        Act.READ_RULES: [*LISTS, f"{BODIES}{body().pk}/", f"{GROUNDS}{Ground.objects.first().pk}/"],  # type: ignore[union-attr]  # planted
        Act.SET_RULES: [f"{BODIES}new/", f"{RULES}new/", f"{HOLIDAYS}new/", f"{BODIES}{body().pk}/change/"],
    }
    for role in [*Role, None]:
        user, client = person(role), sign_in(role)
        assert user_can_read_rules(user) is (role in ROLES_FOR[Act.READ_RULES]), role
        assert user_can_set_rules(user) is (role in ROLES_FOR[Act.SET_RULES]), role
        for act, paths in pages.items():
            for path in paths:
                allowed = client.get(path).status_code == 200
                assert allowed is (role in ROLES_FOR[act]), f"{path} by {role}"


def test_what_is_sent_is_stored_for_the_administrator_and_for_nobody_else() -> None:
    sent = [
        (f"{BODIES}new/", body_data(), ReviewBody),
        (f"{RULES}new/", rule_data(), DeadlineRule),
        (f"{HOLIDAYS}new/", calendar_data(), HolidayCalendar),
    ]
    for path, data, model in sent:
        before = model._default_manager.count()
        for role in [*set(Role) - {Role.ADMINISTRATOR}, None]:
            sign_in(role).post(path, data)
            assert model._default_manager.count() == before, f"{path} by {role}"
        answered = sign_in(Role.ADMINISTRATOR).post(path, data)
        assert answered.status_code == 302, errors(answered)
        assert model._default_manager.count() == before + 1, path
        (entry,) = ModelLogEntry.objects.filter(action="wagtail.create", content_type__model=model._meta.model_name)
        assert entry.user == person(Role.ADMINISTRATOR)


def test_a_body_with_members_is_entered_and_requesters_can_turn_to_it() -> None:
    data = body_data(receives_here="on", members=[str(reviewer().pk)])
    assert sign_in(Role.ADMINISTRATOR).post(f"{BODIES}new/", data).status_code == 302
    entered = ReviewBody.objects.receiving_here().get()
    assert list(entered.members.all()) == [reviewer()]
    with translation.override("ru"):
        assert (entered.name, entered.how) == ("name ru", "how ru")


def test_a_body_that_takes_cases_here_needs_somebody_to_read_them() -> None:
    page = sign_in(Role.ADMINISTRATOR).post(f"{BODIES}new/", body_data(receives_here="on"))
    assert errors(page) == {
        "members": [
            "Choose at least one member: a case that comes in through this site has to be read by somebody. "
            "Or untick “takes cases through this site”."
        ]
    }


def test_only_reviewers_who_do_nothing_for_the_authority_are_members() -> None:
    client, officer = sign_in(Role.ADMINISTRATOR), person(Role.CASE_OFFICER)
    page = client.post(f"{BODIES}new/", body_data(members=[str(officer.pk)]))
    said = "Only people who have the role of a reviewer can be members of a review body."
    assert errors(page) == {"members": [said]}
    officer.groups.add(*reviewer().groups.all())
    page = client.post(f"{BODIES}new/", body_data(members=[str(officer.pk)]))
    (said,) = errors(page)["members"]
    assert said.startswith(f"{officer} also handles or decides requests here.")
    assert not ReviewBody.objects.exists()


def test_a_ground_in_use_names_its_provision_and_nobody_adds_a_sixth() -> None:
    client, ground = sign_in(Role.ADMINISTRATOR), Ground.objects.order_by("pk")[0]
    page = client.post(f"{GROUNDS}{ground.pk}/change/", {"is_active": "on", "loaded": ""})
    assert list(errors(page)) == ["legal_basis_en"]
    provision = {f"legal_basis_{code}": "Secrets Act, s. 3" for code in ("en", "fr", "ru")}
    assert client.post(f"{GROUNDS}{ground.pk}/change/", {**provision, "is_active": "on"}).status_code == 302
    ground.refresh_from_db()
    assert (ground.legal_basis_en, ground.article) == ("Secrets Act, s. 3", "Art. 12(1)(a)")
    assert client.get(f"{GROUNDS}new/", follow=True).status_code == 404
    assert client.post(f"{GROUNDS}{ground.pk}/delete/", follow=True).status_code == 404
    assert Ground.objects.count() == 5


def test_who_changes_a_provision_is_told_that_answers_which_were_sent_name_it() -> None:
    client, cited = (
        sign_in(Role.ADMINISTRATOR),
        refused().request.sorted_items[0].sent_answers[0].sorted_withholdings[0],
    )
    other = Ground.objects.exclude(pk=cited.ground_id)[0]
    note = "Answers that were sent name this provision"
    assert note in client.get(f"{GROUNDS}{cited.ground_id}/change/").content.decode()
    assert note not in client.get(f"{GROUNDS}{other.pk}/change/").content.decode()


def test_the_protocols_rule_is_read_and_never_changed() -> None:
    protocols, client = DeadlineRule.objects.get(code=PROTOCOL_CODE), sign_in(Role.ADMINISTRATOR)
    assert not user_can_change_deadline_rule(person(Role.ADMINISTRATOR), protocols)
    assert client.get(f"{RULES}{protocols.pk}/").status_code == 200
    for answered in (
        client.get(f"{RULES}{protocols.pk}/change/"),
        client.post(f"{RULES}{protocols.pk}/change/", rule_data(in_force_until="2020-02-01")),
    ):
        assert (answered.status_code, answered["Location"]) == (302, f"{RULES}{protocols.pk}/")
    protocols.in_force_until = date(2026, 1, 1)
    with pytest.raises(FixedRowError):
        protocols.save()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "32"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"unit": "year"}, "unit"),
        ({"roll": ""}, "roll"),
        ({"unit": "month", "amount": "2"}, "amount"),
        ({"unit": "working_day", "amount": "10"}, "calendar"),
        ({"roll": "next_working_day"}, "calendar"),
        ({"citation_ru": ""}, "citation_ru"),
        ({"in_force_until": "2019-12-31"}, "in_force_until"),
    ],
)
def test_a_rule_that_the_law_or_the_count_does_not_allow_is_refused_in_a_sentence(
    changes: dict[str, str], field: str
) -> None:
    page = sign_in(Role.ADMINISTRATOR).post(f"{RULES}new/", rule_data(**changes))
    assert list(errors(page)) == [field]
    assert not DeadlineRule.objects.exclude(code=PROTOCOL_CODE).exists()


def test_no_change_of_a_rule_moves_the_clock_of_a_request_that_was_received() -> None:
    by_protocol = Clock.objects.get(request=ask().request)
    client = sign_in(Role.ADMINISTRATOR)
    assert client.post(f"{RULES}new/", rule_data()).status_code == 302  # in force since long before the request
    national = DeadlineRule.objects.get(code="national")
    by_national = Clock.objects.get(request=ask("And cadmium?").request)
    assert (by_national.rule, by_national.last_day) == (national, date(2026, 3, 25))
    promised = {clock.pk: (clock.last_day, clock.explanation, clock.rule_id) for clock in (by_protocol, by_national)}
    data = rule_data(amount="1", code="other", in_force_until="2020-02-01")
    assert client.post(f"{RULES}{national.pk}/change/", data).status_code == 302
    national.refresh_from_db()
    assert (national.code, national.amount, national.in_force_until) == ("national", 15, date(2020, 2, 1))
    stored = Clock.objects.order_by("pk")
    assert {clock.pk: (clock.last_day, clock.explanation, clock.rule_id) for clock in stored} == promised
    assert Clock.objects.get(request=ask("And lead?").request).rule == by_protocol.rule


def test_a_rule_by_which_nothing_was_counted_yet_can_be_changed() -> None:
    unused = rule(in_force_from=date(2099, 1, 1))
    data = rule_data(amount="10", in_force_from="2099-01-01")
    assert sign_in(Role.ADMINISTRATOR).post(f"{RULES}{unused.pk}/change/", data).status_code == 302
    unused.refresh_from_db()
    assert unused.amount == 10
    used = rule(code="used")
    ask()
    used.amount = 3
    with pytest.raises(FixedRowError):
        used.save()


def test_each_calendar_that_is_entered_is_a_new_version_and_no_version_is_changed() -> None:
    client = sign_in(Role.ADMINISTRATOR)
    client.post(f"{HOLIDAYS}new/", calendar_data())
    first = HolidayCalendar.objects.get()
    assert (str(first), first.years, first.holidays) == ("xx-1", [2026, 2027], ["2026-12-25", "2027-12-25"])
    begun = client.get(f"{HOLIDAYS}new/?after={first.pk}").context["form"]
    assert (begun["code"].value(), begun["years_covered"].value()) == ("xx", "2026 2027")
    client.post(f"{HOLIDAYS}new/", calendar_data(years_covered="2026 2027 2028"))
    assert sorted(map(str, HolidayCalendar.objects.all())) == ["xx-1", "xx-2"]
    assert client.get(f"{HOLIDAYS}{first.pk}/").status_code == 200
    assert client.get(f"{HOLIDAYS}{first.pk}/change/", follow=True).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field", "part"),
    [
        ({"years_covered": "soon"}, "years_covered", "four digits"),
        ({"years_covered": "2027-2026"}, "years_covered", "four digits"),
        ({"years_covered": "2026 and 2027"}, "years_covered", "four digits"),
        ({"days": "25.12.2026\n2026-12-26\n2026-02-30"}, "days", "No day: “25.12.2026”, “2026-02-30”."),
        ({"days": "2029-01-01"}, "days", "Not in the years that the calendar covers: 2029-01-01."),
    ],
)
def test_a_calendar_that_cannot_be_read_is_refused_with_what_is_wrong(
    changes: dict[str, str], field: str, part: str
) -> None:
    page = sign_in(Role.ADMINISTRATOR).post(f"{HOLIDAYS}new/", calendar_data(**changes))
    found = errors(page)
    assert list(found) == [field]
    assert part in found[field][0]


@pytest.mark.parametrize("after", ["", "x", "0", "99999999999999999999"])
def test_a_calendar_after_none_begins_empty(after: str) -> None:
    page = sign_in(Role.ADMINISTRATOR).get(f"{HOLIDAYS}new/?after={after}")
    assert page.status_code == 200


def test_nobody_is_turned_away_because_holidays_are_not_entered_yet() -> None:
    rule(unit=RuleUnit.WORKING_DAY, amount=10, calendar=calendar(years=[2026]))
    counted = Clock.objects.get(request=ask().request)
    assert (str(counted.calendar), counted.last_day) == ("xx-1", date(2026, 3, 24))
    late = Clock.objects.get(request=ask(at=datetime(2026, 12, 22, 12, tzinfo=UTC)).request)
    assert late.rule is not None
    assert (late.rule.code, late.last_day) == (PROTOCOL_CODE, date(2027, 1, 22))


def texts_for(role: Role) -> list[str]:
    return [waiting.text for waiting in missing_rules(person(role), NOON)]


def test_where_no_review_body_is_entered_officials_are_told_so_first() -> None:
    said = "No review body is entered yet: requesters cannot ask for a review here."
    assert texts_for(Role.ADMINISTRATOR)[0] == f"{said} Enter one."
    for role in (Role.CASE_OFFICER, Role.DECISION_MAKER, Role.AUDITOR):
        assert texts_for(role) == [f"{said} An administrator has to enter one."], role
    for role in (Role.REVIEWER, Role.EDITOR, Role.FACILITATOR):
        assert texts_for(role) == [], role
    first_page = sign_in(Role.ADMINISTRATOR).get("/admin/").content.decode()
    assert f'href="{BODIES}new/">{said} Enter one.' in first_page
    body()
    assert texts_for(Role.CASE_OFFICER) == []


def test_the_administrator_is_told_which_provisions_and_holidays_are_missing() -> None:
    body()
    assert texts_for(Role.ADMINISTRATOR) == ["5 grounds for keeping back name no provision of national law."]
    Ground.objects.update(legal_basis_en="Secrets Act")
    rule(unit=RuleUnit.WORKING_DAY, amount=10, calendar=calendar(years=[2026]))
    assert texts_for(Role.ADMINISTRATOR) == []
    november = datetime(2026, 11, 22, tzinfo=UTC)
    (waiting,) = missing_rules(person(Role.ADMINISTRATOR), november)
    assert waiting.text == "The calendar xx-1 holds no holidays of 2027: enter its next version."


@pytest.mark.parametrize("path", LISTS)
def test_a_row_leads_to_its_form_for_who_may_change_it_and_to_its_page_for_who_reads(path: str) -> None:
    fill()
    for role in (Role.ADMINISTRATOR, Role.AUDITOR):
        html = sign_in(role).get(path).content.decode()
        ways = set(re.findall(rf'href="{path}\d+/(change/)?"', html))
        unchangeable = path == HOLIDAYS or role is Role.AUDITOR
        assert ways == ({""} if unchangeable else {"", "change/"}), role


def fill() -> None:
    """One more row of each kind, and a request counted by the rule."""
    number = HolidayCalendar.objects.count() + 1
    entered = ReviewBody.objects.create(
        route=ReviewRoute.COURT, name_en=f"Court {number}", legal_basis_en="Act", how_en="Write."
    )
    entered.members.add(person(Role.REVIEWER, f"reviewer{number}@example.org"))
    rule(code=f"rule-{number}", calendar=calendar(version=number), in_force_from=LONG_AGO + timedelta(number))
    ask(f"Question {number}?", at=timezone.now())


@pytest.mark.parametrize("path", LISTS)
def test_a_list_asks_the_database_as_often_for_three_rows_as_for_one(
    path: str, assert_same_queries: AssertSameQueries
) -> None:
    assert_same_queries(sign_in(Role.ADMINISTRATOR), lambda: path, fill)


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR])
def test_every_page_is_there_in_three_languages(language: str, role: Role) -> None:
    client: Client = sign_in(role)
    fill()
    paths = [*LISTS]
    for path, model in zip(LISTS, (ReviewBody, Ground, DeadlineRule, HolidayCalendar), strict=True):
        paths += [f"{path}{model._default_manager.latest('pk').pk}/{page}" for page in ("", "history/")]
    for path in paths:
        assert client.get(path, headers={"accept-language": language}).status_code == 200, path
