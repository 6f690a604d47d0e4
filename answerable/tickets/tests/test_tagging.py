"""Tickets are filed by tags, which are renamed and merged."""

from __future__ import annotations

from datetime import datetime

import pytest

from answerable.cast import Cast
from answerable.tickets.actions import Empty, TooLong
from answerable.tickets.actions.filing import (
    TagNameTaken,
    TooManyTags,
    add_tag,
    merge_tags,
    rename_tag,
    set_tags,
    tag_ticket,
    untag_ticket,
)
from answerable.tickets.models import Tag, Ticket
from answerable.tickets.tests.openings import opened, verbs


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def names(ticket: Ticket) -> list[str]:
    return list(ticket.tags.order_by("name").values_list("name", flat=True))


def test_it_is_filed_once_however_often_it_is_said(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    tag = add_tag("Export", by=cast.ana, at=at)
    assert tag_ticket(ticket, [tag], agent=cast.ana, at=at) == [tag]
    assert tag_ticket(ticket, [tag], agent=cast.ben, at=at) == []
    assert (names(ticket), verbs(ticket).count("tagged")) == (["Export"], 1)
    assert untag_ticket(ticket, [tag], agent=cast.ana, at=at) == [tag]
    assert untag_ticket(ticket, [tag], agent=cast.ana, at=at) == []
    assert (names(ticket), verbs(ticket).count("untagged")) == ([], 1)


def test_it_has_the_tags_that_are_set_and_no_others(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    one, two, three = (add_tag(name, by=None, at=at) for name in ("One", "Two", "Three"))
    tag_ticket(ticket, [one, two], agent=cast.ana, at=at)
    set_tags(ticket, [two, three], agent=cast.ana, at=at)
    assert names(ticket) == ["Three", "Two"]


def test_a_name_is_one_tag_in_whatever_case(cast: Cast, at: datetime) -> None:
    tag = add_tag("  Große   Datei\n", by=cast.ana, at=at)
    assert (tag.name, tag.slug) == ("Große Datei", "große-datei")
    assert add_tag("große datei", by=cast.ben, at=at) == tag
    assert add_tag("Große-Datei", by=cast.ben, at=at).slug == "große-datei-2"
    assert add_tag("!!", by=cast.ben, at=at).slug == "tag"


@pytest.mark.parametrize(("name", "problem"), [(" \n", Empty), ("x" * 61, TooLong)])
def test_a_tag_has_a_short_name(name: str, problem: type[Exception], at: datetime) -> None:
    with pytest.raises(problem):
        add_tag(name, by=None, at=at)


def test_it_is_renamed_and_stays_found(cast: Cast, at: datetime) -> None:
    export, bill = add_tag("Export", by=None, at=at), add_tag("Bill", by=None, at=at)
    rename_tag(export, "CSV export")
    assert Tag.objects.get(slug="export").name == "CSV export"
    with pytest.raises(TagNameTaken):
        rename_tag(bill, "csv EXPORT")


def test_two_become_one_and_no_ticket_has_it_twice(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    other = opened(cast.dana, at)
    wrong, right = add_tag("Exprot", by=None, at=at), add_tag("Export", by=None, at=at)
    tag_ticket(ticket, [wrong, right], agent=cast.ana, at=at)
    tag_ticket(other, [wrong], agent=cast.ana, at=at)
    assert merge_tags(wrong, into=right) == 2
    assert (names(ticket), names(other)) == (["Export"], ["Export"])
    assert list(Tag.objects.in_use()) == [right]
    assert Tag.objects.get(slug="exprot").merged_into == right
    with pytest.raises(TagNameTaken):
        merge_tags(right, into=wrong)


def test_a_ticket_has_fifty_tags_at_most(cast: Cast, ticket: Ticket, at: datetime) -> None:
    tags = [add_tag(f"T{number}", by=None, at=at) for number in range(51)]
    tag_ticket(ticket, tags[:50], agent=cast.ana, at=at)
    with pytest.raises(TooManyTags):
        tag_ticket(ticket, tags[50:], agent=cast.ana, at=at)
