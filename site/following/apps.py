"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowingConfig(AppConfig):
    """Following what happens: by mail, Atom feed or calendar, with a yes before and one click to stop."""

    name = "following"
    verbose_name = _("Following")

    def ready(self) -> None:
        """Let the whole site be followed, to which each area adds what it knows; say what the letters are about."""
        from following import subjects  # noqa: PLC0415 -- models are ready only now
        from notices.naming import call_subject  # noqa: PLC0415 -- the same

        subjects.add_kind(subjects.SiteKind())
        call_subject("following", self.verbose_name)
