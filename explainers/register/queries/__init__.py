"""Reads of the register: each function answers one question of a page, the search or the API."""

from register.queries.facilities import facilities_matching, facility_results
from register.queries.pollutants import pollutant_results, pollutants_matching
from register.queries.versions import DataVersion, data_version

__all__ = [
    "DataVersion",
    "data_version",
    "facilities_matching",
    "facility_results",
    "pollutant_results",
    "pollutants_matching",
]
