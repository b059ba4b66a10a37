"""Addresses of following, below /<language>/following/."""

from django.urls import path

from following.feeds import SubjectFeed
from following.views import asking, managing, public, stopping

app_name = "following"

urlpatterns = [
    path("", public.index, name="index"),
    # For feed readers and calendars
    path("feeds/<slug:kind>.atom", SubjectFeed(), name="feed"),
    path("calendars/<slug:kind>.ics", public.calendar, name="calendar"),
    # Asking, and the yes
    path("follow/<slug:kind>/", asking.follow, name="follow"),
    path("asked/", asking.asked, name="asked"),
    path("confirm/", asking.confirm, name="confirm"),
    # What I follow: by a link of a letter, or signed in
    path("open/", managing.open_link, name="open"),
    path("mine/", managing.mine, name="mine"),
    path("mine/<int:pk>/", managing.change, name="change"),
    path("mine/stop/", managing.stop_all, name="stop_all"),
    path("mine/leave/", managing.leave, name="leave"),
    # Out of the letter itself, with one click (RFC 8058)
    path("stop/", stopping.stop, name="stop"),
    path("resume/", stopping.resume, name="resume"),
]
