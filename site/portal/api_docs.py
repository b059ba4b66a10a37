"""The description of /api/v1/ for people: a plain page, made from the same OpenAPI document that machines read.

The library's own page loads scripts from elsewhere, or needs inline ones; this one needs none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


@dataclass(frozen=True)
class Field:
    """A parameter, or a part of an answer."""

    name: str
    kind: str
    meaning: str
    required: bool = False


@dataclass(frozen=True)
class Operation:
    """One thing that can be asked for."""

    anchor: str
    path: str
    summary: str
    description: str
    parameters: list[Field] = field(default_factory=list)
    answer: list[Field] = field(default_factory=list)


class PlainDocs(DocsBase):
    """Shows the description as a page of the site."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Return the page."""
        schema = api.get_openapi_schema(path_params=kwargs)
        groups: dict[str, list[Operation]] = {}
        for tag, operation in operations(schema):
            groups.setdefault(tag, []).append(operation)
        context = {"api": api, "groups": groups, "openapi_url": self.get_openapi_url(api, kwargs)}
        return render(request, "api_docs.html", context)


def operations(schema: Mapping[str, Any]) -> Iterator[tuple[str, Operation]]:
    """Yield what can be asked for, each with the area it belongs to."""
    for path, methods in schema["paths"].items():
        for details in methods.values():
            tag = (details.get("tags") or [path.strip("/").split("/")[2]])[0]
            yield (
                tag,
                Operation(
                    anchor=details["operationId"],
                    path=path,
                    summary=details.get("summary", ""),
                    description=details.get("description", ""),
                    parameters=[_parameter(schema, parameter) for parameter in details.get("parameters", [])],
                    answer=_answer(schema, details),
                ),
            )


def _parameter(schema: Mapping[str, Any], parameter: Mapping[str, Any]) -> Field:
    details = parameter["schema"]
    meaning = parameter.get("description") or details.get("description", "")
    return Field(parameter["name"], _kind(schema, details), meaning, parameter.get("required", False))


def _answer(schema: Mapping[str, Any], details: Mapping[str, Any]) -> list[Field]:
    content = details["responses"].get(200, {}).get("content", {})
    answer = _resolved(schema, content.get("application/json", {}).get("schema", {}))
    if answer.get("type") == "array":
        answer = _resolved(schema, answer["items"])
    fields = answer.get("properties", {})
    if "items" in fields:  # a page of a list: what one entry has is what people look for
        fields = _resolved(schema, fields["items"].get("items", {})).get("properties", {})
    return [Field(name, _kind(schema, part), part.get("description", "")) for name, part in fields.items()]


def _resolved(schema: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a reference points to; anything else as it is."""
    reference = part.get("$ref")
    if reference is None:
        return part
    for name in reference.removeprefix("#/").split("/"):
        schema = schema[name]
    return schema


def _kind(schema: Mapping[str, Any], part: Mapping[str, Any]) -> str:
    """Return the kind of a value in a word or two."""
    if "anyOf" in part:
        kinds = dict.fromkeys(_kind(schema, choice) for choice in part["anyOf"])
        return " | ".join(kind for kind in kinds if kind != "null")
    part = _resolved(schema, part)
    if "enum" in part:
        return " | ".join(str(value) for value in part["enum"])
    kind = str(part.get("format") or part.get("type", "object"))
    return f"{kind} []" if kind == "array" else kind
