"""Rows that are held in memory with what they belong to, before they are stored."""

from typing import Any


def order_rows(*relations: Any) -> None:
    """Put rows that have no position yet behind those that have one, in the order in which they were added."""
    for rows in relations:
        listed = rows.get_object_list()
        following = max((row.sort_order for row in listed if row.sort_order is not None), default=-1)
        for row in listed:
            if row.sort_order is None:
                following += 1
                row.sort_order = following
