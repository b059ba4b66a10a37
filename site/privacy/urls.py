"""Addresses of this room, below its own prefix in each language."""

from django.urls import URLPattern

app_name = "privacy"
urlpatterns: list[URLPattern] = []
