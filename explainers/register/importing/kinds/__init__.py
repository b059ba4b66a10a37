"""What the rows of each kind of file mean: one module a kind."""

from register.enums import LoadKind
from register.importing.kinds.base import Kind
from register.importing.kinds.diffuse import DiffuseReleases
from register.importing.kinds.facilities import FacilityDescriptions
from register.importing.kinds.releases import Releases
from register.importing.kinds.transfers import PollutantTransfers, WasteTransfers

KINDS: dict[LoadKind, type[Kind]] = {
    LoadKind.FACILITIES: FacilityDescriptions,
    LoadKind.RELEASES: Releases,
    LoadKind.WASTE_TRANSFERS: WasteTransfers,
    LoadKind.POLLUTANT_TRANSFERS: PollutantTransfers,
    LoadKind.DIFFUSE: DiffuseReleases,
}

__all__ = ["KINDS", "Kind"]
