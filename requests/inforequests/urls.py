"""Addresses of requests besides their page, below /<language>/requests/."""

from django.urls import path, re_path

from inforequests.feeds import DisclosureFeed
from inforequests.views import acting, asking, log, tracking
from tracking.door import LeaveView

app_name = "inforequests"

_NUMBER = r"(?P<number>[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z])"

urlpatterns = [
    path("ask/", asking.ask, name="ask"),
    # The disclosure log
    path("log/", log.disclosures, name="log"),
    path("log.csv", log.disclosures_csv, name="log_csv"),
    path("feed/", DisclosureFeed(), name="feed"),
    re_path(rf"^log/{_NUMBER}/$", log.disclosure, name="disclosure"),
    # Following one's request
    path("track/", tracking.Track.as_view(), name="track"),
    path("track/leave/", LeaveView.as_view(door="inforequests:track"), name="leave"),
    re_path(rf"^tracking/{_NUMBER}/$", tracking.tracking, name="tracking"),
    re_path(rf"^tracking/{_NUMBER}/sent/$", tracking.sent, name="sent"),
    re_path(rf"^tracking/{_NUMBER}/calendar\.ics$", tracking.calendar, name="calendar"),
    # What only its requester may do with it
    re_path(rf"^tracking/{_NUMBER}/message/$", acting.message, name="message"),
    re_path(rf"^tracking/{_NUMBER}/review/$", acting.review, name="review"),
    re_path(rf"^tracking/{_NUMBER}/publication/$", acting.publication, name="publication"),
    re_path(rf"^tracking/{_NUMBER}/withdraw/$", acting.withdraw, name="withdraw"),
]
