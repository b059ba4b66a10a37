"""The page tree, around pages that are removed: who stands below them, and how many children are left."""

from django.db.models import Q
from wagtail.models import Page

from demonstration.made import Keys, MadeThings, Model

_STEP = Page.steplen


def pages_of_others(made: MadeThings) -> dict[int, Keys]:
    """Return the pages of ours right below which pages of somebody else's stand, with those."""
    own = dict(Page.objects.filter(pk__in=made.keys.get(Page, set())).values_list("path", "pk"))
    tops = [path for path in own if path[:-_STEP] not in own]
    if not tops:
        return {}
    below = Q()
    for path in tops:
        below |= Q(path__startswith=path)
    standing: dict[int, Keys] = {}
    for path, key in Page.objects.filter(below).exclude(pk__in=own.values()).values_list("path", "pk"):
        if path[:-_STEP] in own:
            standing.setdefault(own[path[:-_STEP]], set()).add(key)
    return standing


def ancestors_of(made: MadeThings, keys: Keys) -> Keys:
    """Return the pages of ours above some pages: without them these would stand nowhere."""
    paths = Page.objects.filter(pk__in=keys).values_list("path", flat=True)
    above = {path[:end] for path in paths for end in range(_STEP, len(path), _STEP)}
    return set(Page.objects.filter(path__in=above).values_list("pk", flat=True)) & made.keys.get(Page, set())


def mend_tree(going: dict[Model, Keys]) -> None:
    """Let every page know how many children it has, now that some are gone."""
    if Page not in going:
        return
    children: dict[str, int] = {}
    for path in Page.objects.values_list("path", flat=True):
        children[path[:-_STEP]] = children.get(path[:-_STEP], 0) + 1
    for page in Page.objects.all():
        if page.numchild != children.get(page.path, 0):
            Page.objects.filter(pk=page.pk).update(numchild=children.get(page.path, 0))
