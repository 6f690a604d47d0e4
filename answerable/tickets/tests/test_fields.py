"""Tickets have fields of the vendor's own, which are found by what is in them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from answerable.cast import Cast
from answerable.tickets.actions.filing import retire_field, save_field, set_fields
from answerable.tickets.core.fields import Said, Unfit, Value, typed
from answerable.tickets.filled import between, fields_of, having, missing_of, values_of
from answerable.tickets.models import Field, Ticket
from answerable.tickets.tests.openings import opened, verbs

CHOICES = [
    {"key": key, "names": {"en": key.title()}} for key in ("chrome", "firefox", "safari")
]
ENTERED: list[tuple[str, Said, Value]] = [
    ("text", " Build  7 ", "Build 7"),
    ("long_text", "One\nTwo", "One\nTwo"),
    ("number", "3,50", Decimal("3.5")),
    ("date", "2025-11-03", date(2025, 11, 3)),
    ("choice", "safari", "safari"),
    ("choices", ["safari", "chrome"], ("chrome", "safari")),
    ("yes_no", "no", False),
]


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def field(kind: str, **more: object) -> Field:
    made = Field(kind=kind, names={"en": kind}, choices=CHOICES, **more)
    save_field(made)
    return made


@pytest.mark.parametrize(("kind", "said", "value"), ENTERED)
def test_it_keeps_what_was_entered_and_is_found_by_it(
    cast: Cast, ticket: Ticket, at: datetime, kind: str, said: Said, value: Value
) -> None:
    one, other = field(kind), field(kind)
    assert one.key != other.key
    set_fields(ticket, {one: said}, agent=cast.ana, at=at)
    assert values_of(ticket) == {one.pk: value}
    found = Ticket.objects.filter(pk__in=having(one, value).values("ticket"))
    assert list(found) == [ticket]
    assert not having(other, value).exists()


@pytest.mark.parametrize(("kind", "said", "value"), ENTERED)
def test_what_changed_is_a_line_and_is_put_back(
    cast: Cast, ticket: Ticket, at: datetime, kind: str, said: Said, value: Value
) -> None:
    one = field(kind)
    before = set_fields(ticket, {one: said}, agent=cast.ana, at=at)
    assert before == {one.pk: None}
    assert set_fields(ticket, {one: typed(value)}, agent=cast.ana, at=at) == {}
    assert verbs(ticket).count("fields_set") == 1
    assert set_fields(ticket, {one: typed(None)}, agent=cast.ana, at=at) == {one.pk: value}
    assert values_of(ticket) == {}


def test_nothing_is_kept_when_one_of_them_does_not_fit(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    said: dict[Field, Said] = {field("text"): "Fine", field("number"): "many"}
    with pytest.raises(Unfit):
        set_fields(ticket, said, agent=cast.ana, at=at)
    assert values_of(ticket) == {}


def test_it_belongs_to_what_it_names(cast: Cast, at: datetime) -> None:
    form = opened(cast.dana, at)
    mail = opened(cast.dana, at, channel="email", surface="mail")
    everywhere, mails = field("text"), field("text", channels=["email"])
    critical = field("text", severities=["business_critical"])
    assert fields_of(form) == [everywhere]
    assert fields_of(mail) == [everywhere, mails]
    form.severity = "business_critical"
    assert fields_of(form) == [everywhere, critical]
    retire_field(everywhere, at=at)
    assert fields_of(mail) == [mails]
    retire_field(everywhere, at=None)
    assert fields_of(mail) == [everywhere, mails]


def test_it_says_what_is_missing(cast: Cast, ticket: Ticket, at: datetime) -> None:
    first, second = (field("yes_no", required="on_resolve") for _ in range(2))
    field("text")
    field("text", required="on_resolve", products=["crm"])
    assert missing_of(ticket) == [first, second]
    set_fields(ticket, {first: "no"}, agent=cast.ana, at=at)
    assert missing_of(ticket) == [second]


def test_numbers_and_dates_are_found_between_others(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    number, day = field("number"), field("date")
    set_fields(ticket, {number: "7", day: "2025-11-03"}, agent=cast.ana, at=at)
    assert between(number, Decimal(7), None).count() == 1
    assert between(number, None, Decimal("6.9")).count() == 0
    assert between(day, date(2025, 11, 1), date(2025, 11, 3)).count() == 1
