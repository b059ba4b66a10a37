"""A chart drawn for the first time, and again from what is kept, against a bare answer of the same size."""

from io import StringIO

from django.core.cache import cache
from django.core.management import call_command
from django.db.models import Count
from django.utils import translation
from harness import Row, best_of

from charts.enums import Layout
from charts.rendering import svg_of
from charts.spec import ChartSpec
from register.figures import pollutant_chart
from register.models import Pollutant, Release

TIMES = 9


def measure() -> list[Row]:
    """Milliseconds to read a chart's values, to draw it, and to give it from what is kept."""
    call_command("prepare_demo", stdout=StringIO())
    key = Release.objects.values("pollutant").annotate(rows=Count("pk")).order_by("-rows")[0]["pollutant"]
    pollutant = Pollutant.objects.get(pk=key)
    with translation.override("en"):
        chart = pollutant_chart(pollutant)
        if chart is None:
            raise RuntimeError("The pollutant with most entries has no chart.")
        draw(chart.spec)  # matplotlib is imported now
        spec = chart.spec
        cold = 1000 * best_of(TIMES, lambda: draw(spec))
        warm = 1000 * best_of(TIMES, lambda: svg_of(spec, Layout.WIDE))
        values = 1000 * best_of(TIMES, lambda: pollutant_chart(pollutant))
    size = len(svg_of(chart.spec, Layout.WIDE).encode())
    return [
        Row("chart: values and words", "ms", values, note=f"{pollutant.code}, {len(chart.spec.years)} years"),
        Row("chart: drawn, nothing kept", "ms", cold, note=f"{size:,} bytes of SVG"),
        Row("chart: kept", "ms", warm, cold, "drawn", at_most=0.1),
    ]


def draw(spec: ChartSpec) -> str:
    """The drawing, with nothing kept of an earlier one."""
    cache.clear()
    return svg_of(spec, Layout.WIDE)
