"""Mail is kept and not sent, and what was kept can be read, safely."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection, send_mail
from django.test import Client, override_settings

from demonstration.models import KeptMail
from tests.conftest import AssertSameQueries

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
FICTIONAL = "Demonstration: the Party, the authority, the facilities and the people named here are fictional."
BACKEND = "demonstration.mail.KeepingBackend"


def keep(subject: str = "Your receipt", to: str = "citizen@velmaria.example", **fields: object) -> KeptMail:
    """A letter that was kept."""
    values = {"sender": "register@velmaria.example", "text": "Dear reader.", "html": "<p>Dear reader.</p>", **fields}
    values.setdefault("kept_at", datetime(2031, 5, 14, tzinfo=UTC))
    return KeptMail.objects.create(subject=subject, recipients=to, **values)


def test_a_letter_is_read_in_the_language_it_is_written_in(client: Client) -> None:
    letter = keep("Votre reçu", html='<!doctype html><html lang="fr"><p>Bonjour.</p></html>', text="Bonjour.")
    page = client.get(letter.get_absolute_url(), {"language": "en"}).content.decode()
    assert '<h1 lang="fr">Votre reçu</h1>' in page
    assert keep().language == ""


class TestKeeping:
    def test_a_letter_is_kept_with_both_its_texts(self) -> None:
        mail = EmailMultiAlternatives(
            "A  receipt\nof two lines".replace("\n", " "),
            "Plain.",
            "Agency <a@velmaria.example>",
            ["b@velmaria.example"],
            cc=["c@velmaria.example"],
            connection=get_connection(BACKEND),
        )
        mail.attach_alternative("<p>Marked up.</p>", "text/html")
        mail.attach("receipt.txt", "C-7KQ2-M4XD-9", "text/plain")
        assert mail.send() == 1
        kept = KeptMail.objects.get()
        assert (kept.subject, kept.text, kept.html, kept.recipients, kept.sender, kept.attachments) == (
            "A receipt of two lines",
            f"{FICTIONAL}\n\nPlain.",
            f"<p><strong>{FICTIONAL}</strong></p><p>Marked up.</p>",
            "b@velmaria.example, c@velmaria.example",
            "Agency <a@velmaria.example>",
            ["receipt.txt"],
        )

    def test_a_letter_to_nobody_is_not_kept(self) -> None:
        assert get_connection(BACKEND).send_messages([EmailMultiAlternatives("Nobody", "reads this.")]) == 0
        assert KeptMail.objects.count() == 0

    @override_settings(EMAIL_BACKEND=BACKEND)
    def test_djangos_own_functions_keep_it_too(self) -> None:
        send_mail("Code", "123456", None, ["d@velmaria.example"])
        assert KeptMail.objects.get().text == f"{FICTIONAL}\n\n123456"

    @pytest.mark.parametrize(
        ("language", "begins"), [("fr", "Démonstration\N{NO-BREAK SPACE}: la Partie"), ("ru", "Демонстрация: Сторона")]
    )
    def test_whoever_reads_a_letter_reads_first_in_its_language_that_nothing_of_it_is_real(
        self, language: str, begins: str
    ) -> None:
        markup = f'<!doctype html>\n<html lang="{language}">\n<body class="x">\n<p>…</p></body></html>'
        mail = EmailMultiAlternatives("1", "2", None, ["e@velmaria.example"], headers={"Content-Language": language})
        mail.attach_alternative(markup, "text/html")
        get_connection(BACKEND).send_messages([mail])
        kept = KeptMail.objects.get()
        assert kept.text.startswith(begins)
        assert kept.html.startswith(f'<!doctype html>\n<html lang="{language}">\n<body class="x"><p><strong>{begins}')


class TestReading:
    def test_the_newest_letter_comes_first(self, client: Client) -> None:
        early = keep("Early")
        late = keep("Late", kept_at=early.kept_at + timedelta(hours=1))
        assert list(client.get("/demonstration/mail/").context["letters"]) == [late, early]

    def test_the_mail_of_one_address_can_be_asked_for(self, client: Client) -> None:
        mine = keep(to="Me@velmaria.example")
        keep(to="other@velmaria.example")
        assert list(client.get("/demonstration/mail/", {"to": "me@VELMARIA.example"}).context["letters"]) == [mine]

    @pytest.mark.parametrize("asked", ["'\"<script>", "\0", "x" * 10_000, "%", "😀"])
    def test_whatever_address_is_asked_for_there_is_an_answer(self, client: Client, asked: str) -> None:
        keep()
        assert client.get("/demonstration/mail/", {"to": asked}).status_code == 200

    @pytest.mark.parametrize("page", ["0", "-1", "999", "x"])
    def test_whatever_page_is_asked_for_there_is_one(self, client: Client, page: str) -> None:
        keep()
        assert client.get("/demonstration/mail/", {"page": page}).status_code == 200

    def test_no_mail_is_said_in_words(self, client: Client) -> None:
        assert "No mail yet" in client.get("/demonstration/mail/").content.decode()

    def test_a_letter_is_read_as_text_with_its_links(self, client: Client) -> None:
        letter = keep(text="Follow it:\nhttp://localhost:8000/en/consultations/track/\n<b>not markup</b>")
        page = client.get(letter.get_absolute_url()).content.decode()
        assert 'href="http://localhost:8000/en/consultations/track/"' in page
        assert "&lt;b&gt;not markup&lt;/b&gt;" in page

    def test_a_letter_that_is_not_there_is_not_found(self, client: Client) -> None:
        assert client.get("/demonstration/mail/12345/", follow=True).status_code == 404

    def test_nothing_but_reading_is_possible(self, client: Client) -> None:
        letter = keep()
        addresses = ("/demonstration/", "/demonstration/mail/", letter.get_absolute_url())
        assert [client.post(one).status_code for one in addresses] == [405, 405, 405]

    def test_the_list_asks_the_database_as_often_for_three_letters_as_for_one(
        self, client: Client, assert_same_queries: AssertSameQueries
    ) -> None:
        assert_same_queries(client, lambda: "/demonstration/mail/", keep)


class TestMarkup:
    def test_a_letters_markup_can_do_nothing(self, client: Client) -> None:
        letter = keep(html="<script>alert(1)</script><form action='/'></form>")
        answer = client.get(f"/demonstration/mail/{letter.pk}/markup/")
        parts = [part.strip().partition(" ") for part in answer.headers["Content-Security-Policy"].split(";")]
        policy = {name: sources for name, _space, sources in parts}
        assert policy == {
            "default-src": "'none'",
            "style-src": "'unsafe-inline'",
            "img-src": "data:",
            "frame-ancestors": "'self'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "sandbox": "allow-top-navigation-by-user-activation",
        }
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"

    def test_the_page_around_it_may_frame_this_site_and_no_other(self, client: Client) -> None:
        letter = keep()
        policy = client.get(letter.get_absolute_url()).headers["Content-Security-Policy"]
        assert "frame-src 'self'" in policy
        assert "script-src 'self'" in policy

    def test_a_letter_without_markup_has_no_frame(self, client: Client) -> None:
        assert "<iframe" not in client.get(keep(html="").get_absolute_url()).content.decode()
