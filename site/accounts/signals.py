"""Keeps the permissions of roles as they are written, without anybody having to think of it."""

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group
from django.db import connections, models
from django.db.models.signals import m2m_changed, post_migrate, post_save
from wagtail.log_actions import log
from wagtail.models import GroupPagePermission, Page

from accounts.domain.roles import ensure_page_permissions, ensure_roles, page_kinds_with_roles
from accounts.models import User


def watch() -> None:
    """Start to listen."""
    post_migrate.connect(_migrated, dispatch_uid="accounts.roles")
    post_save.connect(_page_made, dispatch_uid="accounts.page_permissions")
    m2m_changed.connect(_roles_changed, sender=User.groups.through, dispatch_uid="accounts.role_log")


def _migrated(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Write the roles anew when the last app is done: by then the permissions of all others are there."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    if sender is not with_models[-1]:
        return
    if GroupPagePermission._meta.db_table not in connections[using].introspection.table_names():
        return  # somebody migrates back to before there were pages
    create_permissions(sender, verbosity=0, using=using)  # Django does it for the last app only after us
    ensure_roles()


def _page_made(sender: type[models.Model], instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Grant what an area declares for a kind of page, when a page of this kind is made."""
    if created and not raw and issubclass(sender, Page) and sender._meta.model_name in page_kinds_with_roles():
        ensure_page_permissions()


def _roles_changed(instance: User | Group, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Log who was given or has lost a role, and by whom, whichever page or command it was."""
    name = {"post_add": "accounts.give_role", "post_remove": "accounts.take_role"}.get(action)
    if name is None or not pk_set:
        return
    people: Iterable[Any] = User.objects.filter(pk__in=pk_set) if reverse else [instance]
    groups: Iterable[Any] = [instance] if reverse else Group.objects.filter(pk__in=pk_set)
    for person in people:
        for group in groups:
            log(person, name, data={"role": group.name})
