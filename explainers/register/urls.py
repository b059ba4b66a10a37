"""Addresses of the register's public pages, below /<language>/register/."""

from django.urls import path, re_path

from register.views.charts import chart_csv, chart_svg
from register.views.facilities import facility, facility_list, facility_pollutant
from register.views.overview import index, loads
from register.views.pollutants import pollutant, pollutant_list
from register.views.search import search, search_csv

app_name = "register"

_ADDRESS = r"(?P<address>[0-9a-f]{24}|live)"
_LAYOUT = r"(?P<layout>narrow|wide)"
_POLLUTANT = r"(?P<pollutant>[-\w]+)"
_FACILITY = r"(?P<facility>[-\w]+)"

urlpatterns = [
    path("", index, name="index"),
    path("loads/", loads, name="loads"),
    # What is reported
    path("pollutants/", pollutant_list, name="pollutant_list"),
    path("pollutants/<slug:slug>/", pollutant, name="pollutant"),
    # Who reports
    path("facilities/", facility_list, name="facility_list"),
    path("facilities/<slug:public_id>/", facility, name="facility"),
    path("facilities/<slug:public_id>/<slug:slug>/", facility_pollutant, name="facility_pollutant"),
    # Single entries and sums
    path("search/", search, name="search"),
    path("search/entries.csv", search_csv, name="search_csv"),
    # Drawings and their numbers, by the hash of what they say
    re_path(rf"^charts/pollutants/{_POLLUTANT}/{_ADDRESS}-{_LAYOUT}\.svg$", chart_svg, name="chart_svg"),
    re_path(rf"^charts/pollutants/{_POLLUTANT}/{_ADDRESS}\.csv$", chart_csv, name="chart_csv"),
    re_path(rf"^charts/facilities/{_FACILITY}/{_POLLUTANT}/{_ADDRESS}-{_LAYOUT}\.svg$", chart_svg, name="chart_svg"),
    re_path(rf"^charts/facilities/{_FACILITY}/{_POLLUTANT}/{_ADDRESS}\.csv$", chart_csv, name="chart_csv"),
]
