"""Which entries a search asks for: one set of criteria and one filter, for the form, the download and the API alike."""

from register.selectors.criteria import Criteria, inapplicable_criteria
from register.selectors.entries import ENTRY_MODELS, PageOfEntries, entries_matching, ordered
from register.selectors.enums import SUMS_BY_KIND, EntryKind, Order, SumBy
from register.selectors.sums import Sum, as_sum, sum_keys, sums_of

__all__ = [
    "ENTRY_MODELS",
    "SUMS_BY_KIND",
    "Criteria",
    "EntryKind",
    "Order",
    "PageOfEntries",
    "Sum",
    "SumBy",
    "as_sum",
    "entries_matching",
    "inapplicable_criteria",
    "ordered",
    "sum_keys",
    "sums_of",
]
