"""Addresses of the demonstration, below /demonstration/; a site that is none does not have them."""

from django.urls import path

from demonstration.views import letter, letter_markup, letters, sign_ins

app_name = "demonstration"

urlpatterns = [
    path("", sign_ins, name="sign_ins"),
    path("mail/", letters, name="letters"),
    path("mail/<int:number>/", letter, name="letter"),
    path("mail/<int:number>/markup/", letter_markup, name="letter_markup"),
]
