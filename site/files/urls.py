"""Addresses of this room, below its own prefix in each language."""

from django.urls import re_path

from files import views

app_name = "files"
urlpatterns = [
    re_path(r"^(?P<code>[0-9a-f]{24})/$", views.released, name="released"),
]
