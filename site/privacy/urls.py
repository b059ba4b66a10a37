"""Addresses of this room, below /<language>/privacy/; that page itself is one that editors write."""

from django.urls import path

from privacy.views import asking, erasing, mine

app_name = "privacy"
urlpatterns = [
    # What do you hold about me?
    path("mine/", mine.mine, name="mine"),
    path("mine/held.zip", mine.download, name="download"),
    path("mine/leave/", mine.leave, name="leave"),
    # Showing who one is
    path("number/", asking.number, name="number"),
    path("address/", asking.address, name="address"),
    path("address/sent/", asking.sent, name="sent"),
    path("address/<str:key>/", asking.link, name="link"),
    # Erasure
    path("erase/", erasing.erase, name="erase"),
]
