"""Addresses of learning besides its pages, below /<language>/learning/."""

from django.urls import path

from learning.views import assessment, certificates, mine, practice

app_name = "learning"

urlpatterns = [
    # One's own: the first parts of these addresses are no slugs (models/programmes.py)
    path("mine/", mine.mine, name="mine"),
    path("mine/add/", mine.claim, name="claim"),
    path("mine/forget/", mine.forget_browser, name="forget"),
    # Certificates
    path("certificates/<str:code>.pdf", certificates.certificate, name="certificate"),
    path("verify/", certificates.ask_for_code, name="verify"),
    path("verify/<str:code>/", certificates.verification, name="verification"),
    # Practice; the pages that the exercises stand on are pages of the tree
    path("<slug:programme>/exercise/<slug:key>/", practice.exercise, name="exercise"),
    path("<slug:programme>/units/<slug:unit>/done/", practice.unit_done, name="unit_done"),
    # Assessment
    path("<slug:programme>/assessment/", assessment.start, name="assessment"),
    path("<slug:programme>/assessment/questions/<int:number>/", assessment.question, name="question"),
    path("<slug:programme>/assessment/check/", assessment.check, name="check"),
    path("<slug:programme>/assessment/results/<int:attempt>/", assessment.result, name="result"),
]
