"""Roles become groups with permissions, and people get and lose them."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import LogContext
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.models import User
from accounts.permissions import forget_roles
from accounts.roles import CHARTERS, Charter, Role

_ENTER = "wagtailadmin.access_admin"
# What the roles may do is written in code, and written anew with every release: nobody changes it by hand.
_WRITTEN_HERE = ("add_group", "change_group", "delete_group")
# Wagtail's own example groups, which no role of ours uses.
_STRANGERS = ("Editors", "Moderators")


@transaction.atomic
def ensure_roles() -> None:
    """Bring the groups of all roles to what their charters say; doing it again changes nothing.

    1. Each role has its group, with exactly the permissions of its charter and of the areas' own declarations.
    2. Pages and collections carry the permissions of each role.
    3. Wagtail's example groups go, if nobody is in them.
    """
    for role, charter in CHARTERS.items():
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.set(_permissions(role, charter))
        _grant_collections(group, charter)
    ensure_page_permissions()
    Group.objects.filter(name__in=_STRANGERS, user__isnull=True).delete()


@transaction.atomic
def ensure_page_permissions() -> None:
    """Give each role its permissions on pages: on the whole tree by its charter, below some kinds of page by the areas.

    Called again when a page of such a kind is made.
    """
    root = Page.objects.filter(depth=1).first()
    groups = {group.name: group for group in Group.objects.filter(name__in=Role.values)}
    for role, charter in CHARTERS.items():
        group = groups.get(role.value)
        if group is None:
            continue
        if root is not None:
            _grant_page(group, root, charter.pages)
        for model_name, acts in _declared(role, "role_page_permissions").items():
            for page in Page.objects.filter(content_type__model=model_name):
                _grant_page(group, page, acts)


@transaction.atomic
def give_role(person: User, role: Role, *, actor: User | None) -> None:
    """Give somebody a role.

    1. The person joins the group.
    2. Wagtail's log records who gave it (accounts/signals.py, as for every other way to join a group).
    """
    with LogContext(user=actor):
        person.groups.add(Group.objects.get(name=role.value))
    forget_roles(person)


@transaction.atomic
def take_role(person: User, role: Role, *, actor: User | None) -> None:
    """Take a role from somebody.

    1. The person leaves the group.
    2. Wagtail's log records who took it.
    """
    with LogContext(user=actor):
        person.groups.remove(Group.objects.get(name=role.value))
    forget_roles(person)


def page_kinds_with_roles() -> set[str]:
    """Return the names of the kinds of page that some area declares permissions for."""
    return {kind for role in Role for kind in _declared(role, "role_page_permissions")}


def _permissions(role: Role, charter: Charter) -> list[Permission]:
    if charter.does_everything:
        return list(Permission.objects.exclude(content_type__app_label="auth", codename__in=_WRITTEN_HERE))
    names = {_ENTER, *charter.permissions}
    for config in apps.get_app_configs():
        names |= {f"{config.label}.{codename}" for codename in getattr(config, "role_permissions", {}).get(role, ())}
    found = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type").filter(
            codename__in=[name.partition(".")[2] for name in names]
        )
    }
    granted = [found[name] for name in names if name in found]
    if charter.reads_everything:
        granted += Permission.objects.filter(codename__startswith="view_")
    return granted


def _declared(role: Role, attribute: str) -> Mapping[str, Iterable[str]]:
    """Return what the areas' AppConfigs say of a role, merged."""
    merged: dict[str, Iterable[str]] = {}
    for config in apps.get_app_configs():
        declared = cast("Mapping[Role, Mapping[str, Iterable[str]]]", getattr(config, attribute, {}))
        merged.update(declared.get(role, {}))
    return merged


def _grant_page(group: Group, page: Any, acts: Iterable[str]) -> None:
    """Leave exactly these kinds of act granted to the group on the page."""
    content_type = ContentType.objects.get_for_model(Page)
    wanted = Permission.objects.filter(content_type=content_type, codename__in=[f"{act}_page" for act in acts])
    GroupPagePermission.objects.filter(group=group, page=page).exclude(permission__in=wanted).delete()
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _grant_collections(group: Group, charter: Charter) -> None:
    """Leave exactly these kinds of act granted to the group on all images and documents."""
    root = Collection.get_first_root_node()
    if root is None:
        return
    codenames = {
        get_image_model(): [f"{act}_image" for act in charter.collections],
        get_document_model(): [f"{act}_document" for act in charter.collections],
        Collection: ["add_collection", "change_collection", "delete_collection"] if charter.does_everything else [],
    }
    wanted = Permission.objects.none()
    for model, names in codenames.items():
        wanted |= Permission.objects.filter(
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
            codename__in=names,
        )
    GroupCollectionPermission.objects.filter(group=group, collection=root).exclude(permission__in=wanted).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
