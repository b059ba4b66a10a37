"""The pages of the site as a whole: first pages, frame, text, search, and the answers when something goes wrong."""

import re
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from accounts.domain import ensure_roles
from accounts.roles import Role
from design.samples import SAMPLES
from design.templatetags.styleguide import part_id
from portal import views
from portal.models import Authority, HomePage, StandardPage
from portal.search import LONGEST_QUERY, search_site
from portal.specimens import PARTS
from register.models import Facility, Pollutant
from tests.conftest import AssertSameQueries
from tests.consultations.factories import DocketFactory
from tests.design.html import one, parsed, texts

pytestmark = pytest.mark.any_database

LANGUAGES = ("en", "fr", "ru")
SLUGS = ("consultations", "requests", "explainers", "learning", "accessibility", "privacy", "contact")


def index_pages() -> None:
    """Put the first pages into the search index, as `update_index` does after the migrations."""
    for page in Page.objects.filter(depth__gt=1).specific():
        page.save()


class TestFirstPages:
    """Every register begins with the same pages in three languages."""

    @pytest.mark.django_db
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("slug", ["", *(f"{slug}/" for slug in SLUGS)])
    def test_a_citizen_finds_each_page_in_each_language(self, client: Client, language: str, slug: str) -> None:
        response = client.get(f"/{language}/{slug}")
        assert response.status_code == 200
        tree = parsed(response.text)
        assert one(tree, "html")["lang"] == language
        assert len(tree.select("h1")) == 1

    @pytest.mark.django_db
    def test_the_pages_of_a_language_hang_together(self) -> None:
        assert Page.find_problems() == ([], [], [], [], [])
        assert [home.locale.language_code for home in HomePage.objects.order_by("path")] == ["en", "fr", "ru"]
        for page in StandardPage.objects.all():
            assert {other.locale.language_code for other in page.get_translations(inclusive=True)} == set(LANGUAGES)

    @pytest.mark.django_db
    def test_the_door_leads_to_the_visitors_language(self, client: Client) -> None:
        assert client.get("/", headers={"accept-language": "ru"})["Location"] == "/ru/"


class TestFrame:
    """What stands around every page."""

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("address", "others"),
        [
            ("/en/requests/", ["/en/requests/", "/fr/requests/", "/ru/requests/"]),
            ("/fr/search/?q=eau", ["/en/search/?q=eau", "/fr/search/?q=eau", "/ru/search/?q=eau"]),
            ("/ru/nothing-here/", ["/en/", "/fr/", "/ru/"]),
            ("/accounts/login/", ["?language=en", "?language=fr", "?language=ru"]),
        ],
    )
    def test_the_language_switch_leads_to_the_same_page(self, client: Client, address: str, others: list[str]) -> None:
        tree = parsed(client.get(address).text)
        assert [link["href"] for link in tree.select(".languages a")] == others

    @pytest.mark.django_db
    def test_a_page_without_a_translation_leads_to_the_home_page_of_that_language(self, client: Client) -> None:
        Page.objects.get(slug="privacy", locale__language_code="ru").delete()
        tree = parsed(client.get("/en/privacy/").text)
        assert [link["href"] for link in tree.select(".languages a")] == ["/en/privacy/", "/fr/privacy/", "/ru/"]

    @pytest.mark.django_db
    def test_the_menu_says_where_the_visitor_is(self, client: Client) -> None:
        tree = parsed(client.get("/en/explainers/").text)
        assert texts(tree, ".sections a") == [
            "Consultations",
            "Ask for information",
            "Explainers",
            "Register",
            "Learning",
        ]
        assert texts(tree, ".sections a[aria-current=page]") == ["Explainers"]

    @pytest.mark.django_db
    def test_breadcrumbs_lead_up_from_a_page_and_are_not_on_the_home_page(self, client: Client) -> None:
        home = HomePage.objects.get(slug="home")
        parent = Page.objects.get(slug="explainers", locale=home.locale)
        parent.add_child(instance=StandardPage(title="Mercury", slug="mercury", locale=home.locale))
        tree = parsed(client.get("/en/explainers/mercury/").text)
        assert [(link.get_text(), link["href"]) for link in tree.select(".breadcrumbs a")] == [
            ("Home", "/en/"),
            ("Explainers", "/en/explainers/"),
        ]
        assert parsed(client.get("/en/").text).select(".breadcrumbs") == []

    @pytest.mark.django_db
    def test_the_demonstration_says_on_every_page_that_it_is_fictional(self, client: Client) -> None:
        client.force_login(get_user_model().objects.create_superuser("root@example.org"))
        public = ("/en/", "/en/search/", "/en/nothing-here/", "/accounts/logout/", "/api/v1/docs")
        for address in (*public, "/admin/", "/admin/pages/", "/admin/law/grounds/"):
            assert texts(parsed(client.get(address).text), ".band strong") == ["Demonstration."]

    @pytest.mark.parametrize("view", [views.server_error, views.maintenance, views.bad_request])
    def test_it_says_so_even_where_something_went_wrong(self, view: Callable[[HttpRequest], HttpResponse]) -> None:
        for language, word in (("en", "Demonstration."), ("fr", "Démonstration."), ("ru", "Демонстрация.")):
            tree = parsed(view(RequestFactory().get(f"/{language}/")).content.decode())
            assert texts(tree, ".band strong") == [word]

    def test_the_pages_of_a_real_authority_do_not(self) -> None:
        with override_settings(DEMONSTRATION=False):
            tree = parsed(views.maintenance(RequestFactory().get("/en/")).content.decode())
        assert tree.select(".band") == []

    @pytest.mark.django_db
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_data_for_machines_is_found_at_the_foot_of_every_page(self, client: Client, language: str) -> None:
        link = one(parsed(client.get(f"/{language}/").text), '.footer a[href="/api/v1/docs"]')
        assert link.get_text() in {"Data for machines", "Données pour les machines", "Данные для программ"}
        assert client.get(str(link["href"])).status_code == 200

    @pytest.mark.django_db
    def test_the_authority_is_named_in_the_language_of_the_page(self, client: Client) -> None:
        Authority.objects.filter(pk=1).update(name_en="Environment Agency", name_fr="Agence de l’environnement")
        names = [texts(parsed(client.get(f"/{code}/").text), ".footer-name") for code in LANGUAGES]
        assert names == [["Environment Agency"], ["Agence de l’environnement"], ["Environment Agency"]]

    @pytest.mark.django_db
    @pytest.mark.parametrize("address", ["/en/", "/en/requests/", "/en/search/?q=x"])
    def test_reading_needs_no_cookie_and_no_page_is_one_visitors_own(self, client: Client, address: str) -> None:
        response = client.get(address)
        assert response.cookies == {}
        assert "Cookie" not in response.get("Vary", "")

    @pytest.mark.django_db
    def test_nothing_inline_and_nothing_from_elsewhere_is_in_a_page(self, client: Client) -> None:
        html = client.get("/en/").text
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*src=)", html)
        loaded = re.findall(r'(?:src|<link(?! rel="alternate")[^>]*href)="([^"]+)"', html)
        assert [address for address in loaded if not address.startswith("/static/")] == []


class TestStandardPage:
    """A page of text from blocks."""

    @pytest.mark.django_db
    def test_an_editors_blocks_come_out_safe_and_in_order(self, client: Client) -> None:
        parent = HomePage.objects.get(slug="home")
        page = StandardPage(title="How to read it", slug="how", locale=parent.locale)
        page.body = [
            ("heading", {"text": "A part", "level": "2"}),
            ("paragraph", '<p>Text <a href="https://example.org/">there</a><script>alert(1)</script></p>'),
            ("quote", {"text": "The public shall have access.", "source": "Article 11"}),
            ("side_note", {"title": "A term", "text": "One line.\n\nAnother."}),
            ("call_to_action", {"label": "Ask", "sentence": "", "page": parent, "url": ""}),
        ]
        parent.add_child(instance=page)
        tree = parsed(client.get("/en/how/").text)
        content = one(tree, ".content")
        assert texts(content, "h2, blockquote, figcaption, .side-note-title, .button") == [
            "A part",
            "The public shall have access.",
            "Article 11",
            "A term",
            "Ask",
        ]
        assert content.select("script") == []
        assert one(content, ".button")["href"] == "/en/"


@pytest.mark.usefixtures("indexed")
class TestSearch:
    """Search of everything, whatever is typed."""

    @pytest.mark.django_db
    def test_a_citizen_finds_pages_and_pollutants(self, client: Client) -> None:
        index_pages()
        Pollutant.objects.create(
            code="HG", slug="mercury", number=21, name_en="Mercury", name_ru="Ртуть", cas="7439-97-6", group="HEVMET"
        )
        tree = parsed(client.get("/en/search/", {"q": "mercury"}).text)
        assert texts(tree, ".result-title a") == ["Mercury"]
        assert [hit.title for group in search_site("РТУТЬ").groups for hit in group.hits] == ["Mercury"]
        assert [hit.title for group in search_site("7439-97-6").groups for hit in group.hits] == ["Mercury"]
        with translation.override("en"):
            found = [hit.title for group in search_site("chemistry").groups for hit in group.hits]
        assert found == ["Explainers"]

    @pytest.mark.django_db
    def test_pages_of_other_languages_are_left_to_their_own_search(self) -> None:
        index_pages()
        with translation.override("fr"):
            assert search_site("privacy").groups == []

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        "words",
        [
            *(
                '"',
                "'",
                '""',
                "\x00",
                "mer\x00cury",
                "a" * 10_000,
                "' OR 1=1 --",
                "\ud800",
                "%",
                "_",
                "\\",
                "(",
                "*",
                "-",
            ),
            *(
                "NOT",
                "live:true",
                ":",
                "<script>alert(1)</script>",
                "\u202e",
                "😀" * 50,
                "AND OR",
                "NEAR(a b)",
                "^a",
                "a* b*",
            ),
        ],
    )
    def test_nothing_that_is_typed_is_an_error(self, client: Client, words: str) -> None:
        typed = words.encode("utf-8", "surrogatepass")
        response = client.get(reverse("search") + "?" + "q=" + "".join(f"%{byte:02x}" for byte in typed))
        assert response.status_code == 200
        assert parsed(response.text).select("main script") == []
        assert search_site(words).query == search_site(words).query.replace("\x00", "")

    @pytest.mark.django_db
    def test_too_long_a_search_is_told_so_and_keeps_its_words(self, client: Client) -> None:
        tree = parsed(client.get("/en/search/", {"q": "word " * 60}).text)
        assert texts(tree, ".error-summary p") == [
            "The search takes at most 200 characters; you entered 299. Use fewer words."
        ]
        assert str(one(tree, "#search-words")["value"]) == ("word " * 60)[:LONGEST_QUERY]

    @pytest.mark.django_db
    def test_nothing_found_is_said_with_what_to_try(self, client: Client) -> None:
        tree = parsed(client.get("/en/search/", {"q": "zzzz"}).text)
        assert texts(tree, ".empty-title") == ["Nothing here has “zzzz”"]

    @pytest.mark.django_db
    def test_the_search_asks_as_often_for_three_results_as_for_one(
        self, client: Client, assert_same_queries: AssertSameQueries
    ) -> None:
        home = HomePage.objects.get(slug="home")

        def add_rows() -> None:
            number = StandardPage.objects.count()
            page = StandardPage(title=f"Zeolite {number}", slug=f"zeolite-{number}", locale=home.locale)
            HomePage.objects.get(pk=home.pk).add_child(instance=page)
            Pollutant.objects.create(code=f"Z{number}", slug=f"z{number}", name_en=f"Zeolite {number}", group="INORG")
            Facility.objects.create(public_id=f"zeolite-{number}", name=f"Zeolite works {number}", country="FI")
            DocketFactory(open=True, title=f"Zeolite {number}")

        assert_same_queries(client, lambda: "/en/search/?q=zeolite", add_rows)
        tree = parsed(client.get("/en/search/?q=zeolite").text)
        assert texts(tree, "main h2") == ["Consultations", "Pollutants", "Facilities", "Pages"]
        assert len(tree.select(".result-title")) == 12


class TestSomethingGoesWrong:
    """Every answer is written, in the visitor's language, and says what to do next."""

    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("language", "title"),
        [("en", "This page cannot be found"), ("fr", "Cette page est introuvable"), ("ru", "Страница не найдена")],
    )
    def test_an_address_with_nothing_at_it(self, client: Client, language: str, title: str) -> None:
        response = client.get(f"/{language}/nothing-here/")
        assert response.status_code == 404
        assert texts(parsed(response.text), "h1") == [title]
        assert one(parsed(response.text), "main form")["action"] == f"/{language}/search/"

    @pytest.mark.parametrize(
        ("view", "status"), [(views.server_error, 500), (views.maintenance, 503), (views.bad_request, 400)]
    )
    @pytest.mark.parametrize(
        ("path", "accepted", "language"),
        [("/fr/register/", "ru", "fr"), ("/maintenance", "ru", "ru"), ("/maintenance", "", "en")],
    )
    def test_a_fault_is_answered_without_a_database_in_the_visitors_language(
        self, view: Callable[[HttpRequest], HttpResponse], status: int, path: str, accepted: str, language: str
    ) -> None:
        # No database mark: a query would fail the test.
        request = RequestFactory().get(path, headers={"accept-language": accepted})
        response = view(request)
        assert response.status_code == status
        tree = parsed(response.content.decode())
        assert one(tree, "html")["lang"] == language
        assert one(tree, ".masthead-name a")["href"] == f"/{language}/"
        assert len(tree.select("h1")) == 1

    def test_maintenance_says_when_to_come_back_and_is_not_kept(self) -> None:
        response = views.maintenance(RequestFactory().get("/maintenance"))
        assert response["Retry-After"] == "300"
        assert "no-store" in response["Cache-Control"]

    @pytest.mark.django_db
    def test_a_fault_in_a_view_is_answered_with_the_page_of_faults(self, client: Client) -> None:
        client.raise_request_exception = False
        with override_settings(ROOT_URLCONF="tests.portal.broken_urls"):
            response = client.get("/fr/")
        assert response.status_code == 500
        assert texts(parsed(response.text), "h1") == ["Une erreur s’est produite chez nous"]

    @pytest.mark.django_db
    def test_a_form_without_its_token_is_explained(self) -> None:
        client = Client(enforce_csrf_checks=True)
        response = client.post("/accounts/login/", {"login": "alice@example.org", "password": "x"})
        assert response.status_code == 403
        assert texts(parsed(response.text), "h1") == ["We could not accept this form"]

    @pytest.mark.django_db
    @pytest.mark.parametrize("name", ["403.html", "410.html", "413.html", "429.html"])
    def test_the_other_refusals_are_written_too(self, rf: RequestFactory, name: str) -> None:
        for language in LANGUAGES:
            with translation.override(language):
                tree = parsed(render(rf.get(f"/{language}/"), name, {"megabytes": 20}).text)
            assert len(tree.select("h1")) == 1
            assert len(texts(tree, ".content > p")) >= 2


class TestStyleguide:
    """Every component in every state, for the people who work here."""

    @pytest.mark.django_db
    def test_a_stranger_is_asked_to_sign_in(self, client: Client) -> None:
        response = client.get("/styleguide/")
        assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/styleguide/")

    @pytest.mark.django_db
    def test_a_learner_with_an_account_is_refused(self, client: Client) -> None:
        client.force_login(get_user_model().objects.create_user("carol@example.org"))
        assert client.get("/styleguide/").status_code == 403

    @pytest.mark.django_db
    def test_an_editor_sees_every_sample(self, client: Client) -> None:
        ensure_roles()
        editor = get_user_model().objects.create_user("alice@example.org")
        editor.groups.add(Group.objects.get(name=Role.EDITOR))
        client.force_login(editor)
        response = client.get("/styleguide/")
        assert response.status_code == 200
        tree = parsed(response.text)
        assert [str(section["id"]) for section in tree.select(".specimen")] == [
            "basics",
            *SAMPLES,
            *(part_id(name) for name in PARTS),
        ]
        shown = [*SAMPLES.values(), *PARTS.values()]
        assert len(tree.select(".specimen-body")) == 1 + sum(len(states) for states in shown)
        ids = [element["id"] for element in tree.find_all(id=True)]
        assert [one for one in ids if ids.count(one) > 1] == []
