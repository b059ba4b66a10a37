"""Addresses of consultations besides their pages, below /<language>/consultations/."""

from django.urls import path, re_path

from consultations.feeds import ConsultationFeed
from consultations.views import comment, reading, tracking
from tracking.door import LeaveView

app_name = "consultations"

_NUMBER = r"(?P<number>[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z])"
_SLUG = r"(?P<slug>[-\w]+)"

urlpatterns = [
    path("feed/", ConsultationFeed(), name="feed"),
    # Following one's comment: the words "track", "tracking" and "feed" are therefore no slugs (models/dockets.py)
    path("track/", tracking.Track.as_view(), name="track"),
    path("track/leave/", LeaveView.as_view(door="consultations:track"), name="leave"),
    re_path(rf"^tracking/{_NUMBER}/$", tracking.tracking, name="tracking"),
    re_path(rf"^tracking/{_NUMBER}/sent/$", tracking.sent, name="sent"),
    # One consultation; its own page, <slug>/, is a page of the tree
    path("<slug:slug>/comment/", comment.comment, name="comment"),
    path("<slug:slug>/comments/", reading.submissions, name="submissions"),
    re_path(rf"^{_SLUG}/comments/{_NUMBER}/$", reading.submission, name="submission"),
    path("<slug:slug>/answers/", reading.answers, name="answers"),
    path("<slug:slug>/answers.csv", reading.answers_csv, name="answers_csv"),
    re_path(rf"^{_SLUG}/dossier/(?P<sha256>[0-9a-f]{{64}})/$", reading.paper, name="paper"),
]
