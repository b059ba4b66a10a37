"""The register for machines: read-only, paginated, with unit, presence, method and source beside every quantity.

Mounted below /api/v1/. Searches take the same criteria as the page, go through the same form and the same filter, and
refuse what cannot be understood with the same sentences (status 422).
"""

from typing import Any, Final

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router
from ninja.errors import ValidationError
from ninja.pagination import paginate

from design.apis import Pages
from register.enums import PollutantGroup
from register.forms import FacilityFilterForm, PollutantFilterForm, SearchForm
from register.models import Facility, Pollutant, RegisterLoad, Threshold
from register.queries.facilities import facility_results
from register.queries.pollutants import pollutant_results
from register.schemas import (
    Common,
    DiffuseFilter,
    DiffuseReleaseOut,
    FacilityOut,
    LoadOut,
    PollutantDetailOut,
    PollutantOut,
    PollutantTransferOut,
    ReleaseFilter,
    ReleaseOut,
    TransferFilter,
    WasteFilter,
    WasteTransferOut,
)
from register.selectors import EntryKind, entries_matching, ordered

router = Router(tags=["register"])

_FACILITY: Final = "facility__activity"
_POLLUTANT: Final = "pollutant__part_of"
_RELATED: Final = {
    EntryKind.RELEASES: (_FACILITY, _POLLUTANT, "load", "withheld"),
    EntryKind.WASTE: (_FACILITY, "operation", "load", "withheld"),
    EntryKind.TRANSFERS: (_FACILITY, _POLLUTANT, "load", "withheld"),
    EntryKind.DIFFUSE: (_POLLUTANT, "load", "withheld"),
}


def _refuse_unless_valid(form: Any) -> None:
    """Raise ninja's ValidationError (status 422) with the form's sentences."""
    if not form.is_valid():
        raise ValidationError(
            [
                # The API ends every message with a full stop of its own.
                {"type": "value_error", "loc": ["query", field], "msg": str(message).rstrip(".")}
                for field, messages in form.errors.items()
                for message in messages
            ]
        )


def _found(kind: EntryKind, criteria: Common) -> QuerySet[Any]:
    """Return the entries that meet the criteria, as the search page finds them."""
    form = SearchForm({"kind": kind.value, **criteria.model_dump(mode="json", exclude_none=True)})
    _refuse_unless_valid(form)
    return ordered(entries_matching(form.criteria), kind, form.order).select_related(*_RELATED[kind])


@router.get("/pollutants", response=list[PollutantOut], summary="Pollutants")
@paginate(Pages)
def list_pollutants(request: HttpRequest, q: str = "", group: PollutantGroup | None = None) -> Any:
    """List the pollutants by words of their names in any language, CAS number or code."""
    form = PollutantFilterForm({"q": q, "group": group or ""})
    _refuse_unless_valid(form)
    return pollutant_results(form.cleaned_data["q"], form.cleaned_data["group"]).select_related("part_of")


@router.get("/pollutants/{code}", response=PollutantDetailOut, summary="One pollutant with its thresholds")
def get_pollutant(request: HttpRequest, code: str) -> Any:
    """Return a pollutant by its reporting code."""
    thresholds = Prefetch("thresholds", Threshold.objects.select_related("threshold_set").order_by("kind", "pk"))
    held = Pollutant.objects.select_related("part_of").prefetch_related(thresholds)
    return get_object_or_404(held, code=code.replace("\x00", ""))


@router.get("/facilities", response=list[FacilityOut], summary="Facilities")
@paginate(Pages)
def list_facilities(request: HttpRequest, q: str = "", place: str = "", activity: str = "", operator: str = "") -> Any:
    """List facilities by name or register number, place, activity with its sub-activities, and operator."""
    form = FacilityFilterForm({"q": q, "place": place, "activity": activity, "operator": operator})
    _refuse_unless_valid(form)
    asked = form.cleaned_data
    found = facility_results(asked["q"], asked["place"], asked["activity"], asked["operator"])
    return found.select_related("activity", "operator", "parent_company", "withheld")


@router.get("/facilities/{public_id}", response=FacilityOut, summary="One facility")
def get_facility(request: HttpRequest, public_id: str) -> Any:
    """Return a facility by its register number."""
    held = Facility.objects.select_related("activity", "operator", "parent_company", "withheld")
    return get_object_or_404(held, public_id=public_id.replace("\x00", ""))


@router.get("/releases", response=list[ReleaseOut], summary="Releases from facilities")
@paginate(Pages)
def list_releases(request: HttpRequest, criteria: Query[ReleaseFilter]) -> Any:
    """Find releases (Art. 5(1))."""
    return _found(EntryKind.RELEASES, criteria)


@router.get("/waste-transfers", response=list[WasteTransferOut], summary="Off-site transfers of waste")
@paginate(Pages)
def list_waste_transfers(request: HttpRequest, criteria: Query[WasteFilter]) -> Any:
    """Find transfers of waste (Art. 5(1))."""
    return _found(EntryKind.WASTE, criteria)


@router.get("/pollutant-transfers", response=list[PollutantTransferOut], summary="Off-site transfers of pollutants")
@paginate(Pages)
def list_pollutant_transfers(request: HttpRequest, criteria: Query[TransferFilter]) -> Any:
    """Find transfers of pollutants in waste or waste water (Art. 5(1))."""
    return _found(EntryKind.TRANSFERS, criteria)


@router.get("/diffuse-releases", response=list[DiffuseReleaseOut], summary="Releases from diffuse sources")
@paginate(Pages)
def list_diffuse_releases(request: HttpRequest, criteria: Query[DiffuseFilter]) -> Any:
    """Find releases from diffuse sources (Art. 5(2))."""
    return _found(EntryKind.DIFFUSE, criteria)


@router.get("/loads", response=list[LoadOut], summary="Loads: the versions of the register")
@paginate(Pages)
def list_loads(request: HttpRequest) -> Any:
    """List every file loaded into the register, newest first."""
    return RegisterLoad.objects.all()
