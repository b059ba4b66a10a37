"""The models of requests for information, one file per question."""

from inforequests.models.answers import Decision, ItemAnswer, Remedy
from inforequests.models.clocks import Clock, DeadlineRule, HolidayCalendar
from inforequests.models.disclosures import Disclosure
from inforequests.models.messages import Message
from inforequests.models.pages import RequestIndexPage
from inforequests.models.requests import InformationRequest, Requester, RequestItem, Submission
from inforequests.models.reviews import ReviewBody, ReviewCase
from inforequests.models.withholdings import Ground, Withholding

__all__ = [
    "Clock",
    "DeadlineRule",
    "Decision",
    "Disclosure",
    "Ground",
    "HolidayCalendar",
    "InformationRequest",
    "ItemAnswer",
    "Message",
    "Remedy",
    "RequestIndexPage",
    "RequestItem",
    "Requester",
    "ReviewBody",
    "ReviewCase",
    "Submission",
    "Withholding",
]
