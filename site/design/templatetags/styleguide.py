"""`{% load styleguide %}`: what the style guide alone needs."""

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.text import slugify

from design.components import Variable, render_component, variables_of
from design.samples import Sample

register = template.Library()


@register.simple_tag
def component_variables(name: str) -> list[Variable]:
    """Return the variables a component states."""
    return list(variables_of(name).values())


@register.simple_tag(takes_context=True)
def sample_component(context: Context, name: str, sample: Sample) -> SafeString:
    """Render one sample, in English like its contents."""
    with translation.override("en"):
        return render_component(name, sample.values(), context)


@register.simple_tag
def sample_part(template_name: str, sample: Sample) -> SafeString:
    """Render one sample of a part of an area's pages, in English like its contents."""
    with translation.override("en"):
        return render_to_string(template_name, sample.values())


@register.filter
def part_id(template_name: str) -> str:
    """Return the name of a part's place in the style guide: "learning/parts/units.html" is "part-learning-units"."""
    return f"part-{slugify(template_name.replace('/parts/', '-').removesuffix('.html'))}"
