"""Addresses of receipts, below `receipts/` in each language."""

from django.urls import path, re_path

from receipts import views

app_name = "receipts"
urlpatterns = [
    path("check/", views.check, name="check"),
    re_path(
        r"^(?P<kind>[a-z]+)/(?P<reference>[A-Z]-[0-9A-Z-]{4,14}(?:\.[0-9]{1,4})?)\.(?P<suffix>pdf|json|txt)$",
        views.receipt,
        name="receipt",
    ),
]
