"""Whoever is named in a header is found, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.addresses import Person, first_person, people_in

DANA = ("Dana Wolf", "dana@nordwind.example")


@pytest.mark.parametrize(
    ("it", "header", "people"),
    [
        ("an address alone", "dana@nordwind.example", [("", "dana@nordwind.example")]),
        ("a name before it", "Dana Wolf <dana@nordwind.example>", [DANA]),
        ("a name in quotes", '"Dana Wolf" <dana@nordwind.example>', [DANA]),
        ("a name in two kinds of quotes", "\"'Dana Wolf'\" <dana@nordwind.example>", [DANA]),
        ("a name behind it", "dana@nordwind.example (Dana Wolf)", [DANA]),
        ("a comma in quotes", '"Wolf, Dana" <d@n.example>', [("Wolf, Dana", "d@n.example")]),
        ("a comma that should be", "Wolf, Dana <d@n.example>", [("Wolf, Dana", "d@n.example")]),
        ("an encoded name", "=?utf-8?q?G=C3=BC?= <g@n.example>", [("Gü", "g@n.example")]),
        ("one in quotes", '"=?utf-8?q?G=C3=BC?=" <g@n.example>', [("Gü", "g@n.example")]),
        ("all encoded", "=?utf-8?q?Dana_=3Cd@n.example=3E?=", [("Dana", "d@n.example")]),
        ("several", "a@n.de, B <b@n.de>", [("", "a@n.de"), ("B", "b@n.de")]),
        ("semicolons", "a@n.de; b@n.de", [("", "a@n.de"), ("", "b@n.de")]),
        ("a group", "Team: a@n.de, b@n.de;", [("", "a@n.de"), ("", "b@n.de")]),
        ("nobody", "undisclosed-recipients:;", []),
        ("blanks inside", "< dana @ nordwind.example >", [("", "dana@nordwind.example")]),
        ("two pairs of brackets", "<<d@n.example>>", [("<>", "d@n.example")]),
        ("a link", "<mailto:d@n.example>", [("", "d@n.example")]),
        ("a route", "<@relay.example:d@n.example>", [("", "d@n.example")]),
        ("a user of the machine", "DAEMON (Its name)", [("Its name", "DAEMON")]),
        ("a name alone", "Dana Wolf", [("Dana Wolf", "")]),
        ("a quotation mark", r'"Dana \"D\" Wolf" <d@n.de>', [('Dana "D" Wolf', "d@n.de")]),
    ],
)  # fmt: skip
def test_it_finds(it: str, header: str, people: list[tuple[str, str]]) -> None:
    assert people_in(header) == [Person(*pair) for pair in people], it


def test_it_takes_the_first_who_has_an_address() -> None:
    assert first_person("Support", "dana@nordwind.example").address == "dana@nordwind.example"
    assert first_person("", "") == Person()


@given(st.text(alphabet='<>()",;:@\\ a.=?é\udcff', max_size=200))
def test_it_reads_anything(header: str) -> None:
    for person in people_in(header):
        assert person.name or person.address
        assert (person.name + person.address).encode()
