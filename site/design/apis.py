"""What the read-only interfaces of all areas have in common: lists come in pages."""

from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Schema
from ninja.errors import HttpError
from ninja.pagination import PaginationBase

USUAL_PAGE: Final = 50
LARGEST_PAGE: Final = 500


class Pages(PaginationBase):
    """Pages of a list, with the addresses of the pages before and after: `@paginate(Pages)`."""

    class Input(Schema):
        """Which page, and how long."""

        page: int = Field(1, ge=1, description="Number of the page, from 1.")
        page_size: int = Field(USUAL_PAGE, ge=1, le=LARGEST_PAGE, description="Entries on a page.")

    class Output(Schema):
        """One page."""

        items: list[Any]
        count: int = Field(..., description="Entries in the whole list.")
        page: int = Field(..., description="Number of this page.")
        pages: int = Field(..., description="Number of pages.")
        previous: str | None = Field(None, description="Address of the page before, if there is one.")
        next: str | None = Field(None, description="Address of the page after, if there is one.")

    def paginate_queryset(
        self, queryset: Any, pagination: Input, request: HttpRequest, **params: Any
    ) -> dict[str, Any]:
        """Return one page; raises HttpError 404 with a sentence for a page that there is not."""
        count = self._items_count(queryset)
        pages = max(1, -(-count // pagination.page_size))
        page = pagination.page
        if page > pages:
            raise HttpError(
                404, _("There is no page %(page)s; the last one is %(pages)s.") % {"page": page, "pages": pages}
            )
        first = (page - 1) * pagination.page_size
        return {
            "items": queryset[first : first + pagination.page_size],
            "count": count,
            "page": page,
            "pages": pages,
            "previous": _address(request, page - 1) if page > 1 else None,
            "next": _address(request, page + 1) if page < pages else None,
        }


def _address(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
