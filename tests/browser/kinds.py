"""Every kind of page there is, with the way to an example of it."""

import re
from dataclasses import dataclass

from accounts.roles import Role
from consultations.enums import DisplayState
from tests.browser.running_site import Site


@dataclass(frozen=True)
class Kind:
    """A kind of page: where it is, or where the first link to one is found, and how it answers.

    `links` are patterns of addresses, each looked for on the page found by the one before it; where a page has no such
    link, the next page of its kind is tried. `ending` is what comes after the address that was found, where no link
    leads there any more.
    """

    name: str
    path: str
    links: tuple[str, ...] = ()
    status: int = 200
    role: Role | None = None
    ending: str = ""

    def address(self, site: Site) -> str:
        """The path of an example on that site."""
        found = _follow(site, self.path, self.links)
        assert found, f"{self.name}: no way leads from {self.path} over {' and '.join(self.links)}"
        return found + self.ending


def _follow(site: Site, path: str, links: tuple[str, ...]) -> str | None:
    if not links:
        return path
    addresses = re.findall(rf"""href=["']({links[0]})["']""", site.html(path))
    for address in list(dict.fromkeys(addresses))[:MOST_TRIED]:
        if found := _follow(site, address.replace("&amp;", "&"), links[1:]):
            return found
    return None


MOST_TRIED = 20
_REGISTER = "/en/register"
_FACILITY = rf"{_REGISTER}/facilities/[\w-]+/"
_DISCLOSURE = r"/en/requests/log/[-0-9A-Z]+/"
_CONSULTATION = r"/en/consultations/(?!feed/|track/)[\w-]+/"

_IN_STATE = "/en/consultations/?state="
_PROGRAMME = "/en/learning/read-a-register-in-20-minutes/"

PUBLIC = [
    Kind("home", "/en/"),
    Kind("home-fr", "/fr/"),
    Kind("home-ru", "/ru/"),
    Kind("search", "/en/search/"),
    Kind("search-found", "/en/search/?q=mercury"),
    Kind("search-nothing", "/en/search/?q=zzzzzz"),
    Kind("register", f"{_REGISTER}/"),
    Kind("register-loads", f"{_REGISTER}/loads/"),
    Kind("pollutants", f"{_REGISTER}/pollutants/"),
    Kind("pollutants-fr", "/fr/register/pollutants/"),
    Kind("pollutant", f"{_REGISTER}/pollutants/mercury-and-compounds/"),
    Kind("pollutant-ru", "/ru/register/pollutants/mercury-and-compounds/"),
    Kind("facilities", f"{_REGISTER}/facilities/"),
    Kind("facility", f"{_REGISTER}/facilities/", (_FACILITY,)),
    Kind("facility-pollutant", f"{_REGISTER}/facilities/", (_FACILITY, rf"{_FACILITY}[\w-]+/")),
    Kind("register-search", f"{_REGISTER}/search/"),
    Kind("register-search-found", f"{_REGISTER}/search/?medium=water"),
    Kind("register-search-sums", f"{_REGISTER}/search/?medium=water&by=year"),
    Kind("register-search-nothing", f"{_REGISTER}/search/?facility=zzzzzz"),
    Kind("register-search-mistaken", f"{_REGISTER}/search/?year_from=2020&year_to=2010"),
    Kind("record", "/en/record/"),
    Kind("record-ru", "/ru/record/?area=consultations"),
    Kind("record-nothing", "/fr/record/?reference=zzzzzz"),
    Kind("record-mistaken", "/en/record/?day=yesterday"),
    Kind("record-entry", "/en/record/", (r"/en/record/entries/\d+/",)),
    Kind("record-of-a-comment", "/fr/record/?verb=submission_received", (r"/fr/record/entries/\d+/",)),
    Kind("record-proves", "/en/record/what-it-proves/"),
    Kind("record-proves-ru", "/ru/record/what-it-proves/"),
    Kind("checkpoints", "/en/record/checkpoints/"),
    Kind("checkpoint", "/en/record/checkpoints/", (r"/en/record/checkpoints/\d+/",)),
    Kind("consultations", "/en/consultations/"),
    Kind("consultations-ru", "/ru/consultations/"),
    Kind("consultation-open", "/en/", (_CONSULTATION,)),
    Kind("consultation-upcoming", f"{_IN_STATE}{DisplayState.UPCOMING}", (_CONSULTATION,)),
    Kind("consultation-considered", f"{_IN_STATE}{DisplayState.UNDER_CONSIDERATION}", (_CONSULTATION,)),
    Kind("consultation-decided", f"{_IN_STATE}{DisplayState.CONCLUDED}", (_CONSULTATION,)),
    Kind("consultation-discontinued", f"{_IN_STATE}{DisplayState.DISCONTINUED}", (_CONSULTATION,)),
    Kind("consultations-in-one-state", f"{_IN_STATE}{DisplayState.CONCLUDED}"),
    Kind("consultation-fr", "/fr/consultations/", (_CONSULTATION.replace("/en/", "/fr/"),)),
    Kind("consultation-ru", "/ru/consultations/", (_CONSULTATION.replace("/en/", "/ru/"),)),
    Kind("comment", "/en/consultations/", (_CONSULTATION, rf"{_CONSULTATION}comment/")),
    Kind("comment-too-early", f"{_IN_STATE}{DisplayState.UPCOMING}", (_CONSULTATION,), 403, ending="comment/"),
    Kind("comment-too-late", f"{_IN_STATE}{DisplayState.CONCLUDED}", (_CONSULTATION,), 410, ending="comment/"),
    Kind("comments", "/en/consultations/", (_CONSULTATION, rf"{_CONSULTATION}comments/")),
    Kind(
        "comment-published",
        "/en/consultations/",
        (_CONSULTATION, rf"{_CONSULTATION}comments/", rf"{_CONSULTATION}comments/[-\w]+/"),
    ),
    Kind("answers", "/en/consultations/", (_CONSULTATION, rf"{_CONSULTATION}answers/")),
    Kind("track", "/en/consultations/track/"),
    Kind("requests", "/en/requests/"),
    Kind("requests-fr", "/fr/requests/"),
    Kind("request-ask", "/en/requests/ask/"),
    Kind("request-ask-about", "/ru/requests/ask/?pollutant=mercury-and-compounds"),
    Kind("request-track", "/fr/requests/track/"),
    Kind("disclosure-log", "/en/requests/log/"),
    Kind("disclosure-log-nothing", "/ru/requests/log/?q=zzzzzz"),
    Kind("disclosure", "/en/requests/log/", (_DISCLOSURE,)),
    Kind("following", "/en/following/"),
    Kind("following-ru", "/ru/following/"),
    Kind("follow-consultation", "/en/", (_CONSULTATION, r"/en/following/follow/consultation/[^\"']+")),
    Kind("follow-site-fr", "/fr/following/follow/site/"),
    Kind("follow-search", f"{_REGISTER}/search/?medium=water", (r"/en/following/follow/search/[^\"']+",)),
    Kind("following-asked", "/fr/following/asked/"),
    Kind("following-mine", "/ru/following/mine/"),
    Kind("following-dead-link", "/en/following/stop/?token=none", status=410),
    Kind("explainers", "/en/explainers/"),
    Kind("explainers-filtered", "/en/explainers/?group=HEVMET"),
    Kind("explainers-nothing", "/ru/explainers/?q=zzzzzz"),
    Kind("explainer", "/en/explainers/mercury-and-compounds/"),
    Kind("explainer-fr", "/fr/explainers/ammonia-nh3/"),
    Kind("explainer-ru", "/ru/explainers/cadmium-and-compounds/"),
    Kind("explainer-unwritten", "/en/explainers/asbestos/"),
    Kind("glossary", "/en/explainers/glossary/"),
    Kind("reading-a-number", "/ru/explainers/reading-a-number/"),
    Kind("learning", "/en/learning/"),
    Kind("learning-ru", "/ru/learning/"),
    Kind("programme", _PROGRAMME),
    Kind("programme-fr", _PROGRAMME.replace("/en/", "/fr/")),
    Kind("module", f"{_PROGRAMME}find-and-read/"),
    Kind("unit", f"{_PROGRAMME}find-and-read/read-one-entry/"),
    Kind("unit-fr", "/fr/learning/comment-so-that-it-counts/read-the-proposal/read-a-measure/"),
    Kind("unit-ru", "/ru/learning/answer-within-a-month/clock-and-first-steps/the-clock/"),
    Kind("exercise", f"{_PROGRAMME}exercise/part-left-out/"),
    Kind("exercise-in-register", f"{_PROGRAMME}exercise/most-mercury-to-water/"),
    Kind("assessment", f"{_PROGRAMME}assessment/"),
    Kind("my-learning", "/en/learning/mine/"),
    Kind("guidance", "/ru/learning/how-to-comment/"),
    Kind("about", "/fr/about/"),
    Kind("privacy", "/en/privacy/"),
    Kind("privacy-ru", "/ru/privacy/"),
    Kind("held-about-me", "/en/privacy/mine/"),
    Kind("held-by-number", "/fr/privacy/number/"),
    Kind("held-by-address", "/ru/privacy/address/"),
    Kind("held-link-sent", "/en/privacy/address/sent/"),
    Kind("held-link-used", "/en/privacy/address/used-up/", status=410),
    Kind("certificate-code", "/en/learning/verify/"),
    Kind("certificate-unknown", "/en/learning/verify/T-7KQ2-M4XD-9/", status=404),
    Kind("certificate-mistyped", "/ru/learning/verify/T-7KQ2-M4XD-8/", status=404),
    Kind("receipt-check", "/en/receipts/check/"),
    Kind("receipt-check-ru", "/ru/receipts/check/?number=C-7KQ2-M4XD-9"),
    Kind("not-found", "/en/nowhere/", status=404),
    Kind("not-found-ru", "/ru/nowhere/", status=404),
    Kind("maintenance", "/maintenance", status=503),
    Kind("sign-in", "/accounts/login/"),
    Kind("sign-in-code", "/accounts/login/code/"),
    Kind("sign-up", "/accounts/signup/"),
    Kind("password-reset", "/accounts/password/reset/"),
    Kind("api", "/api/v1/docs"),
    Kind("demonstration", "/demonstration/"),
    Kind("demonstration-letter", "/demonstration/mail/", (r"/demonstration/mail/\d+/",)),
    Kind("demonstration-mail", "/demonstration/mail/"),
]

SIGNED_IN = [
    Kind("account", "/accounts/", role=Role.EDITOR),
    Kind("account-email", "/accounts/email/", role=Role.EDITOR),
    Kind("account-password", "/accounts/password/change/", role=Role.EDITOR),
    Kind("account-second-factor", "/accounts/2fa/", role=Role.EDITOR),
    Kind("assessment-begins", f"{_PROGRAMME}assessment/", role=Role.EDITOR),
    Kind("following-mine-signed-in", "/en/following/mine/", role=Role.EDITOR),
    Kind("follow-signed-in", "/en/following/follow/site/", role=Role.EDITOR),
    Kind("my-learning-signed-in", "/en/learning/mine/", role=Role.EDITOR),
    Kind("held-about-an-official", "/en/privacy/mine/", role=Role.EDITOR),
    Kind("erase-myself", "/en/privacy/erase/", role=Role.EDITOR),
    Kind("sign-out", "/accounts/logout/", role=Role.EDITOR),
    Kind("styleguide", "/styleguide/", role=Role.EDITOR),
]

KINDS = PUBLIC + SIGNED_IN
