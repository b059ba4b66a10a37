"""The acts on a file that came with a submission: make it public, take it back."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from consultations import domain
from consultations.acts import Act
from consultations.admin.submission_acts import SubmissionActView
from consultations.domain.records import SUBMISSION
from files.models import StoredFile


class FileActView(SubmissionActView):
    """An act on one file of a submission."""

    file: StoredFile

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the file among those of the submission."""
        super().setup(request, *args, **kwargs)
        own = StoredFile.objects.of(SUBMISSION, self.submission.tracking_number)
        self.file = get_object_or_404(own, code=kwargs["code"])

    def get_page_subtitle(self) -> str:
        """Return what it is about."""
        return f"{self.submission.tracking_number}: {self.file.name}"


class ReleaseFileView(FileActView):
    """Lets the public have a rendition of the file."""

    act = Act.RELEASE_FILE
    header_icon = "globe"
    done_message = _("The file is public, as soon as the comment is.")

    def consequences(self) -> list[str]:
        """Return what will happen."""
        how = (
            _now("The public gets the picture drawn anew: place, camera and everything else written beside it is gone.")
            if self.file.is_picture
            else _now("The public gets the file as it came, with everything that is written in it, as a download.")
        )
        return [
            how,
            _now("You have looked into it: it shows nobody’s data and breaks no law."),
            _now("The original stays as it is, and is not public."),
        ]

    def perform(self, form: Any) -> StoredFile:
        """Release it."""
        return domain.release_file(self.submission, self.file, actor=self.request.user)


class WithdrawFileView(FileActView):
    """Takes the file back from the public."""

    act = Act.WITHDRAW_FILE
    header_icon = "no-view"
    done_message = _("The file is no longer public.")

    def consequences(self) -> list[str]:
        """Return what will happen."""
        return [_now("Whoever follows a link to it reads that it was public and is shown no longer.")]

    def perform(self, form: Any) -> StoredFile:
        """Take it back."""
        return domain.withdraw_file(self.submission, self.file, actor=self.request.user)
