"""Addresses below /<language>/explainers/; the list and the explainers themselves are Wagtail pages."""

from django.urls import path

from explainers.views import glossary, reading

app_name = "explainers"

urlpatterns = [
    path("glossary/", glossary, name="glossary"),
    path("reading-a-number/", reading, name="reading"),
]
