"""A page of a long list, and whether another one follows."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db.models import QuerySet

from answerable.accounts.models import Customer
from answerable.lib.paging import page_of


@pytest.fixture
def names(db: None, at: datetime) -> QuerySet[Customer, str]:
    """Five names, in their order."""
    Customer.objects.bulk_create(Customer(name=name, created_at=at) for name in "edcba")
    return Customer.objects.order_by("name").values_list("name", flat=True)


def test_it_cuts_a_list_into_pages(names: QuerySet[Customer, str]) -> None:
    pages = [page_of(names, number, size=2) for number in ("1", "2", "3")]
    assert [page.rows for page in pages] == [["a", "b"], ["c", "d"], ["e"]]
    assert [page.has_next for page in pages] == [True, True, False]
    assert [page.has_previous for page in pages] == [False, True, True]
    assert (pages[1].previous, pages[1].next) == (1, 3)


def test_a_full_last_page_leads_nowhere(names: QuerySet[Customer, str]) -> None:
    assert not page_of(names, "1", size=5).has_next


@pytest.mark.parametrize("asked", ["", "0", "-1", "x", "²", "9", "9" * 30])
def test_a_page_that_is_not_there_is_the_first(
    names: QuerySet[Customer, str], asked: str
) -> None:
    page = page_of(names, asked, size=2)
    assert (page.number, page.rows) == (1, ["a", "b"])


def test_an_empty_list_is_one_page(names: QuerySet[Customer, str]) -> None:
    page = page_of(names.none(), "3", size=2)
    assert (page.rows, page.has_next, page.has_previous) == ([], False, False)
