"""Who sent a mail that was delivered before, and to which address, is read from its headers."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.envelope import UNKNOWN, envelope_of
from answerable.channels.email.core.following import PAUSES, Mark, mark_for, pause_after


@pytest.mark.parametrize(
    ("head", "sender"),
    [
        (b"Return-Path: <dana@nordwind.example>\nFrom: x@y.example\n", "dana@nordwind.example"),
        (b"Return-Path: <>\nFrom: x@y.example\n", ""),
        (b"From: Dana <dana@nordwind.example>\n", "dana@nordwind.example"),
        (b"Subject: No sender\n", UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_it_is_empty_only_where_a_server_says_so(head: bytes, sender: str) -> None:
    assert envelope_of(head + b"\nText.").sender == sender


def test_it_names_each_address_that_a_mail_was_delivered_to_once() -> None:
    head = (
        b"Delivered-To: support@a.example\nX-Original-To: help@a.example\n"
        b"Delivered-To: support@a.example\n\n"
    )
    assert envelope_of(head).recipients == ("support@a.example", "help@a.example")


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("Mon, 20 Oct 2025 10:00:00 +0200", datetime(2025, 10, 20, 8, tzinfo=UTC)),
        ("Mon, 20 Oct 2025 10:00:00", datetime(2025, 10, 20, 10, tzinfo=UTC)),
        ("Thu, 1 Jan 1970 00:00:00 +0000", None),
        ("Mon, 20 Oct 9999999 10:00:00 +0200", None),
        ("Fri, 31 Dec 9999 23:59:59 -2359", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_it_knows_when_a_mail_was_written(date: str, at: datetime | None) -> None:
    assert envelope_of(f"Date: {date}\n\n".encode()).written_at == at


@given(st.binary(max_size=300))
def test_it_takes_any_bytes(raw: bytes) -> None:
    for head in (raw, b"From: " + raw, b"Date: " + raw, b"Delivered-To: " + raw):
        assert len(envelope_of(head).sender) <= 320


def test_reading_begins_behind_the_newest_mail_or_before_the_oldest() -> None:
    assert mark_for(None, 7, 100, takes_all=False) == Mark(7, 99)
    assert mark_for(None, 7, 100, takes_all=True) == Mark(7, 0)


def test_reading_goes_on_where_it_was_or_compares_all_anew() -> None:
    kept = Mark(7, 50)
    assert mark_for(kept, 7, 100, takes_all=False) == kept
    assert mark_for(kept, 8, 100, takes_all=False) == Mark(8, 0, reread_below=100)


def test_a_server_that_is_away_is_asked_less_and_less_often() -> None:
    pauses = [pause_after(failures) for failures in range(1, 20)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == PAUSES[-1]
