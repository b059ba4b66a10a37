"""The officials' side: every role at every page, an editor's questions, and a certificate that is revoked."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from accounts.roles import Role
from learning import domain
from learning.acts import ROLES_FOR, Act
from learning.enums import CertificateStatus, ItemKind, MoveOn
from learning.models import Award, Item, Module, Programme
from notices.models import Message
from tests.conftest import AssertSameQueries
from tests.learning.factories import LearnerFactory, OfficialFactory, ProgrammeFactory, award

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ITEMS, AWARDS = "/admin/snippets/learning/item/", "/admin/certificates/"


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.ADMIN_REQUIRES_SECOND_FACTOR = False


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(OfficialFactory(role=role))
    return client


def opens(client: Client, path: str) -> bool:
    """Whether a page opens; those without the right are sent away with a sentence, or refused."""
    return client.get(path).status_code == 200


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_what_its_acts_allow(role: Role, programme: Programme) -> None:
    made, client = award(programme), signed_in(role)
    item = programme.items.get(key="practice-1")
    module = Module.objects.get(slug="module-1")
    pages = {
        ITEMS: Act.READ_ITEMS,
        f"{ITEMS}edit/{item.pk}/": Act.WRITE_ITEMS,
        f"{ITEMS}add/": Act.WRITE_ITEMS,
        f"/admin/snippets/learning/module/edit/{module.pk}/": Act.WRITE_ITEMS,
        f"/admin/snippets/learning/programme/edit/{programme.pk}/": Act.WRITE_ITEMS,
        AWARDS: Act.READ_AWARDS,
        f"{AWARDS}{made.pk}/": Act.READ_AWARDS,
        f"{AWARDS}{made.pk}/revoke/": Act.REVOKE_AWARD,
    }
    assert {path: opens(client, path) for path in pages} == {
        path: role in ROLES_FOR[act] for path, act in pages.items()
    }
    pdf = client.get(f"/en/learning/certificates/{made.code}.pdf")
    assert (pdf.status_code == 200) == (role in ROLES_FOR[Act.READ_AWARDS])


def test_a_learner_opens_none_of_it(programme: Programme) -> None:
    client = Client()
    client.force_login(LearnerFactory())
    assert [opens(client, path) for path in (ITEMS, AWARDS)] == [False, False]


@pytest.mark.parametrize("role", Role)
def test_only_administrators_revoke(role: Role, programme: Programme) -> None:
    made = award(programme)
    signed_in(role).post(f"{AWARDS}{made.pk}/revoke/", {"reason": "The holder asked a friend."})
    is_revoked = domain.standing_of(made).status is CertificateStatus.REVOKED
    assert is_revoked == (role in ROLES_FOR[Act.REVOKE_AWARD])


def test_a_revocation_asks_why_tells_the_holder_and_stands_in_the_history(programme: Programme) -> None:
    made, client = award(programme), signed_in(Role.ADMINISTRATOR)
    path = f"{AWARDS}{made.pk}/revoke/"
    assert "Say why the certificate is revoked." in client.post(path, {"reason": " "}).content.decode()
    client.post(path, {"reason": "The holder asked a friend."})
    letter = Message.objects.get(reason="revoked")
    assert "The holder asked a friend." in letter.text
    assert ModelLogEntry.objects.for_instance(made).get().action == "learning.revoke_award"
    page = client.get(f"{AWARDS}{made.pk}/").content.decode()
    assert "The holder asked a friend." in page
    assert f"{AWARDS}{made.pk}/revoke/" not in page
    again = client.get(path, follow=True)
    assert "This certificate is revoked already." in again.content.decode()


def test_the_list_shows_what_each_is_worth_and_exports_it(programme: Programme) -> None:
    made, client = award(programme), signed_in(Role.FACILITATOR)
    page = client.get(AWARDS).content.decode()
    assert made.code in page
    assert "Valid" in page
    export = client.get(f"{AWARDS}?export=csv")
    assert made.code in b"".join(export.streaming_content).decode()  # type: ignore[attr-defined]  # it streams
    assert made.code in client.get(f"{AWARDS}?q=ngstr").content.decode()
    assert made.code not in client.get(f"{AWARDS}?q=nobody").content.decode()


def test_the_list_asks_as_often_with_three_certificates(assert_same_queries: AssertSameQueries) -> None:
    client = signed_in(Role.FACILITATOR)
    assert_same_queries(client, lambda: AWARDS, lambda: award(ProgrammeFactory()))


def item_data(item: Item, **changes: Any) -> dict[str, Any]:
    """What the editor's form would send for a question with answers to choose from."""
    data: dict[str, Any] = {
        name: getattr(item, name) if getattr(item, name) is not None else ""
        for name in (
            *("key", "use", "kind", "measured_in", "tolerance_percent", "question", "medium"),
            *(f"{field}_{code}" for field in ("stem", "explanation") for code in ("en", "fr", "ru")),
            *(f"feedback_{kind}_{code}" for kind in ("right", "wrong") for code in ("en", "fr", "ru")),
        )
    }
    options = list(item.options.all())
    data |= {
        "programme": item.programme_id,
        "unit": item.unit_id or "",
        "answer": "",
        "pollutant": "",
        "options-TOTAL_FORMS": len(options),
        "options-INITIAL_FORMS": len(options),
        "options-MIN_NUM_FORMS": 0,
        "options-MAX_NUM_FORMS": 1000,
    }
    for number, option in enumerate(options):
        row = f"options-{number}"
        data |= {f"{row}-id": option.pk, f"{row}-ORDER": number + 1, f"{row}-DELETE": ""}
        data |= {
            f"{row}-{name}_{code}": getattr(option, f"{name}_{code}")
            for name in ("text", "feedback")
            for code in ("en", "fr", "ru")
        }
        if option.is_correct:
            data[f"{row}-is_correct"] = "on"
    return {name: value for name, value in {**data, **changes}.items() if value is not None}


def test_an_editor_changes_a_question_and_readers_see_it_at_once(programme: Programme) -> None:
    item, client = programme.items.get(key="practice-1"), signed_in(Role.EDITOR)
    changed = item_data(item, stem_fr="Que dit une ligne ?")
    assert client.post(f"{ITEMS}edit/{item.pk}/", changed).status_code == 302
    assert "Que dit une ligne ?" in Client().get("/fr/learning/read/module-1/unit-1/").content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"options-1-is_correct": "on"}, "Mark exactly one answer as right"),
        ({"options-0-is_correct": None}, "Mark exactly one answer as right"),
        ({"kind": ItemKind.MULTIPLE, "options-0-is_correct": None}, "Mark at least one answer as right."),
        ({"options-1-DELETE": "1", "options-2-DELETE": "1"}, "at least two answers"),
        ({"kind": ItemKind.NUMBER}, "Give the right number."),
        ({"kind": ItemKind.FIND_IN_REGISTER}, "Choose what is asked of the register."),
        ({"stem_ru": ""}, "This field is required."),
    ],
)
def test_a_question_that_cannot_be_scored_is_not_saved(programme: Programme, changes: Any, said: str) -> None:
    item, client = programme.items.get(key="practice-1"), signed_in(Role.EDITOR)
    page = client.post(f"{ITEMS}edit/{item.pk}/", item_data(item, **changes))
    assert said in page.content.decode()
    item.refresh_from_db()
    assert (item.kind, item.options.filter(is_correct=True).count()) == (ItemKind.SINGLE, 1)


def module_data(module: Module, **changes: Any) -> dict[str, Any]:
    """What the editor's form would send for a module."""
    units = list(module.units.all())
    data: dict[str, Any] = {
        "slug": module.slug,
        "units-TOTAL_FORMS": len(units),
        "units-INITIAL_FORMS": len(units),
        "units-MIN_NUM_FORMS": 0,
        "units-MAX_NUM_FORMS": 1000,
    }
    for number, unit in enumerate(units):
        row = f"units-{number}"
        data |= {f"{row}-id": unit.pk, f"{row}-ORDER": number + 1, f"{row}-DELETE": ""}
        data |= {f"{row}-{name}": getattr(unit, name) for name in ("slug", "minutes", "purpose", "move_on", "requires")}
    return {**data, **changes}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"units-0-requires": "unit-2", "units-1-requires": "unit-1"}, "unit-1 → unit-2 → unit-1"),
        ({"units-0-requires": "unit-99"}, "There is no unit with this key: unit-99."),
        ({"units-1-slug": "unit-3"}, "Two units of the programme have the same key."),
        ({"units-1-move_on": MoveOn.PASSED}, "has none yet: unit-2"),
    ],
)
def test_units_that_do_not_fit_together_are_not_saved(programme: Programme, changes: Any, said: str) -> None:
    module, client = Module.objects.get(slug="module-1"), signed_in(Role.EDITOR)
    page = client.post(f"/admin/snippets/learning/module/edit/{module.pk}/", module_data(module, **changes))
    assert said in page.content.decode()
    assert [(unit.slug, unit.requires) for unit in Module.objects.get(pk=module.pk).units.all()] == [
        ("unit-1", ""),
        ("unit-2", ""),
    ]


def test_a_module_that_fits_is_saved(programme: Programme) -> None:
    module, client = Module.objects.get(slug="module-1"), signed_in(Role.EDITOR)
    changed = module_data(module, **{"units-1-requires": "unit-1", "units-0-move_on": MoveOn.PASSED})
    page = client.post(f"/admin/snippets/learning/module/edit/{module.pk}/", changed)
    assert page.status_code == 302
    assert [unit.requires for unit in Module.objects.get(pk=module.pk).units.all()] == ["", "unit-1"]


def test_a_programme_is_changed_and_what_was_issued_is_not(programme: Programme) -> None:
    made = award(programme)
    Programme.objects.update(pass_percent=100)
    assert Award.objects.get().facts == made.facts
