"""Makes matplotlib's SVG accessible, small and safe under a strict content policy.

matplotlib writes a title but no role, no description and no language (matplotlib#21328), colours as `style`
attributes, which a policy without 'unsafe-inline' drops, and an id for every group.
"""

import re
from typing import Final
from xml.etree import ElementTree

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_FONTS: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif"
_REFERENCE: Final = re.compile(r"url\(#([^)]+)\)")

ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", _XLINK)


def make_accessible(drawn: str, *, title: str, description: str, language: str) -> str:
    """Return the drawing with role, title, description and language, without style attributes and idle ids."""
    root = ElementTree.fromstring(drawn)  # noqa: S314 -- our own matplotlib's output, never a visitor's file
    for name in ("title", "metadata"):
        for element in root.findall(f"{{{_SVG}}}{name}"):
            root.remove(element)
    for parent in root.iter():
        for style in parent.findall(f"{{{_SVG}}}style"):
            parent.remove(style)
    for element in root.iter():
        _flatten(element)
    _drop_idle_ids(root)
    root.set("role", "img")
    root.set("aria-labelledby", "chart-title chart-description")
    root.set(_LANG, language)
    root.set("stroke-linejoin", "round")
    root.set("font-family", _FONTS)
    root.set("width", root.get("width", "").removesuffix("pt"))
    root.set("height", root.get("height", "").removesuffix("pt"))
    for position, (name, text) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(
            f"{{{_SVG}}}{name}", {"id": f"chart-{'title' if name == 'title' else 'description'}"}
        )
        element.text = text
        root.insert(position, element)
    return ElementTree.tostring(root, encoding="unicode", short_empty_elements=True) + "\n"


def _flatten(element: ElementTree.Element) -> None:
    """Turn a style attribute into attributes of their own, and leave out what says nothing."""
    for declaration in (element.attrib.pop("style", "")).split(";"):
        name, _colon, value = (part.strip() for part in declaration.partition(":"))
        if name and name != "font-family":
            element.set(name, value)
    if element.tag == f"{{{_SVG}}}text":
        transform = element.get("transform", "")
        if transform.startswith("rotate(-0 "):
            element.attrib.pop("transform")
    if element.tag == f"{{{_SVG}}}path":
        element.set("d", " ".join(element.get("d", "").split()))
    for whitespace in ("text", "tail"):
        if not (getattr(element, whitespace) or "").strip():
            setattr(element, whitespace, None)


def _drop_idle_ids(root: ElementTree.Element) -> None:
    """Remove the ids that nothing refers to."""
    used = set()
    for element in root.iter():
        for value in element.attrib.values():
            used.update(_REFERENCE.findall(value))
        link = element.get(f"{{{_XLINK}}}href", "")
        used.add(link.removeprefix("#"))
    for element in root.iter():
        if element.get("id") not in used:
            element.attrib.pop("id", None)
