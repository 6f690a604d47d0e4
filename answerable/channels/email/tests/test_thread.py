"""What a mail answers is read from its references, the nearest first."""

from __future__ import annotations

import pytest

from answerable.channels.email.core.thread import bare_subject, referenced, reply_in
from answerable.channels.email.core.token import Reply, address_with, make_token

KEY = b"k" * 32
BOX = "support@answerable.example"


def test_it_takes_the_nearest_reference_first() -> None:
    found = referenced("<c@x>", "<a@x> <b@x>\r\n <c@x>")
    assert found == ["<c@x>", "<b@x>", "<a@x>"]


def test_it_reads_references_that_were_joined_or_cut() -> None:
    assert referenced("", "<a@x><b@x> broken <c") == ["<b@x>", "<a@x>"]


def test_it_ends_at_fifty_references() -> None:
    assert len(referenced("", " ".join(f"<{n}@x>" for n in range(1000)))) == 50


def test_it_passes_over_a_bad_token_to_a_good_one() -> None:
    good = address_with(make_token(Reply(7, 3), KEY), BOX)
    assert reply_in(["support+bad@answerable.example", good], BOX, [KEY]) == Reply(7, 3)


@pytest.mark.parametrize(
    ("subject", "bare"),
    [
        ("Re: Exports fail", "Exports fail"),
        ("AW: WG: Export", "Export"),
        ("Re: [#4821] Re: Exports fail", "Exports fail"),
        ("RE[2]: Exports", "Exports"),
        ("Refund of order 7", "Refund of order 7"),
        ("Re:", "Re:"),
        ("[#12] ", "[#12]"),
        ("", ""),
    ],
)
def test_it_bares_a_subject(subject: str, bare: str) -> None:
    assert bare_subject(subject) == bare
