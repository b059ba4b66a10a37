"""Addresses of the record, below `record/` in each language; those for machines are below `record/` without one."""

from django.urls import path

from ledger import views
from ledger.feeds import CheckpointFeed

app_name = "ledger"
urlpatterns = [
    path("", views.entry_list, name="entries"),
    path("what-it-proves/", views.what_it_proves, name="what_it_proves"),
    # One entry, by its number or by its place in the tree
    path("entries/<int:pk>/", views.entry, name="entry"),
    path("positions/<int:number>/", views.position, name="position"),
    # What was signed
    path("checkpoints/", views.checkpoint_list, name="checkpoints"),
    path("checkpoints/feed/", CheckpointFeed(), name="feed"),
    path("checkpoints/<int:size>/", views.checkpoint, name="checkpoint"),
]
