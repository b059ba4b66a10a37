"""Pages as an anonymous visitor gets them, against a bare Django view under the same server; and its memory."""

import os
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db.models import Count
from django.utils import translation
from harness import Row
from load import Load
from load import measure as put_load
from servers import Server, running

from consultations.models import ConsultationPage
from explainers.queries import explainer_address
from learning.models import UnitPage
from register.models import Pollutant, Release

BENCH = Path(__file__).resolve().parent
_SEARCH = "/en/register/search/?medium=air&year_from=2018&sort=-quantity"
_EXPLAINED = "mercury-and-compounds"  # with a full text, terms and sources
_UNIT = "read-one-entry"  # with two exercises, one of which is answered by the register
ROUNDS = 2  # of each page, in turn; the better one counts, the other had a neighbour


def addresses() -> dict[str, str]:
    """The kinds of page, with an example of each that has much to show."""
    pollutant = Release.objects.values("pollutant").annotate(rows=Count("pk")).order_by("-rows")[0]["pollutant"]
    unit = UnitPage.objects.live().filter(locale__language_code="en", unit__slug=_UNIT)[0]
    consultation = ConsultationPage.objects.live().order_by("pk")[0]
    with translation.override("en"):
        return {
            "home": "/en/",
            "pollutant": Pollutant.objects.get(pk=pollutant).get_absolute_url(),
            "consultation": str(consultation.url),
            "explainer": explainer_address(Pollutant.objects.get(slug=_EXPLAINED)),
            "list of explainers": "/en/explainers/",
            "unit": str(unit.url),
        }


def best(server: Server, path: str) -> Load:
    """The better of some rounds on one page, after a first answer that fills what is remembered."""
    put_load(server.port, path, seconds=0.5, clients=1)
    return max((put_load(server.port, path) for _ in range(ROUNDS)), key=lambda load: load.per_second)


def measure() -> list[Row]:
    """Answers a second of each page and of the bare view, and the most memory the site's server held."""
    folder = Path(settings.DATA_DIR)
    call_command("prepare_demo", stdout=StringIO())
    here = {"PYTHONPATH": os.pathsep.join([str(BENCH), os.environ.get("PYTHONPATH", "")])}
    with running("bare:application", here, folder / "bare.log") as server:
        bare = best(server, "/")
        bare_memory = server.peak_megabytes()
    rows: list[Row] = []
    with running("portal.wsgi:application", here, folder / "site.log") as server:
        for name, path in addresses().items():
            load = best(server, path)
            note = f"{path}: median {load.median_ms:.2f} ms, slowest 5 % over {load.p95_ms:.2f} ms"
            if load.failures:
                note += f"; {load.failures} answers were not 200"
            rows.append(
                Row(f"page: {name}", "pages/s", load.per_second, bare.per_second, "bare view", at_least=0.5, note=note)
            )
        put_load(server.port, _SEARCH, seconds=2.0)  # the memory is wanted "after all of it"
        memory = server.peak_megabytes()
    name = "peak memory of a web process, after all pages and searches"
    return [*rows, Row(name, "MiB", memory, bare_memory, "bare Django")]
