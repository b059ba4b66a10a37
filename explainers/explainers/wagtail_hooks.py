"""What the explainers add to /admin/."""

from wagtail import hooks

from explainers.viewsets import ExplainersGroup


@hooks.register("register_admin_viewset")
def register_group() -> ExplainersGroup:
    """Add the explainers, the glossary and the references to the menu."""
    return ExplainersGroup()
