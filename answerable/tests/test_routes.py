"""Every address is known to be a page, which is walked, or to be none, and why."""

from __future__ import annotations

from collections import Counter

from answerable.tests.routes import is_looked_at, route_list, routes

LIST = route_list()


def test_every_address_is_a_page_or_none() -> None:
    """A new one is added to routes.toml: to a face's pages, or to the others."""
    looked_at = {route for route, view in routes().items() if is_looked_at(view)}
    unknown = looked_at - LIST.pages - LIST.others.keys()
    assert not unknown, "\n".join(sorted(unknown))


def test_none_of_them_is_gone() -> None:
    listed = Counter([*(route for face in LIST.faces for route in face.routes), *LIST.others])
    assert set(listed) - routes().keys() == set()
    assert [route for route, times in listed.items() if times > 1] == []


def test_every_gap_of_a_page_can_be_filled() -> None:
    values = dict.fromkeys([*LIST.fill.values(), "start", "customer"], "x")
    addresses = {route: LIST.address(route, values) for route in LIST.pages}
    assert {route for route, address in addresses.items() if "<" in address} == set()
    assert [part for part in LIST.fill if not any(r.startswith(part) for r in LIST.pages)] == []
