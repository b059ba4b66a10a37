"""The outputs of a chart by its address: drawn once, kept by hash, the same for everybody."""

from dataclasses import dataclass
from typing import Final

from django.core.cache import cache

from charts.description import alternative_text, finding, long_description
from charts.enums import Layout
from charts.spec import ChartSpec
from charts.svg import make_accessible
from charts.tables import Table, table

_KEPT_FOR: Final = 30 * 24 * 3600  # seconds; the hash names the content, so age never makes it wrong


@dataclass(frozen=True)
class ChartWords:
    """What a page writes around a drawing, all from the same specification."""

    address: str
    caption: str
    alt: str
    description: list[str]
    table: Table


def words_of(spec: ChartSpec) -> ChartWords:
    """Return caption, alternative text, long description and table of a chart, in its language."""
    return ChartWords(
        address=spec.address,
        caption=finding(spec),
        alt=alternative_text(spec),
        description=long_description(spec),
        table=table(spec),
    )


def svg_of(spec: ChartSpec, layout: Layout) -> str:
    """Return the accessible SVG of a chart, drawn only when no drawing of its address is kept."""
    key = _key(spec.address, layout)
    kept = cache.get(key)
    if kept is not None:
        return str(kept)
    # matplotlib takes half a second and 40 MB to import.
    from charts.drawing import draw  # noqa: PLC0415 -- a process that never draws never pays for it

    svg = make_accessible(
        draw(spec, layout), title=spec.title, description=" ".join(long_description(spec)), language=spec.language
    )
    cache.set(key, svg, _KEPT_FOR)
    return svg


def kept_svg(address: str, layout: Layout) -> str | None:
    """Return a drawing by its address if one is kept: no specification, and no query, is needed for it."""
    kept = cache.get(_key(address, layout))
    return None if kept is None else str(kept)


def _key(address: str, layout: Layout) -> str:
    """Return the name under which a drawing is kept."""
    return f"chart-{address}-{layout}"
