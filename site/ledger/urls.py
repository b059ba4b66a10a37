"""Addresses of the record, below `record/` in each language."""

from django.urls import URLPattern

app_name = "ledger"
urlpatterns: list[URLPattern] = []
