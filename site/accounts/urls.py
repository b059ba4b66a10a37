"""Addresses of one's own account; those of the sign-in library stand beside them (portal/urls.py)."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.overview, name="overview"),
]
