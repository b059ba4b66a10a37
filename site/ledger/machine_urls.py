"""Addresses of the record for machines, the same in every language: below /record/."""

from django.urls import path, re_path

from ledger import machine

app_name = "record"
_TILE = r"^tile/(?P<level>[0-7])/(?P<index>[x0-9/]{3,40})"

urlpatterns = [
    path("checkpoint", machine.latest, name="latest"),
    path("checkpoint/<int:size>", machine.one, name="checkpoint"),
    path("keys", machine.keys, name="keys"),
    re_path(rf"{_TILE}\.p/(?P<width>[1-9][0-9]{{0,2}})$", machine.tile, name="partial_tile"),
    re_path(rf"{_TILE}$", machine.tile, name="tile"),
]
