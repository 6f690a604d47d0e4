"""What cannot be meant by a calendar is refused, with its place and what to write instead."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.entitlements.core.wrong import PlanError
from answerable.entitlements.tests.opened import DOCUMENT, OFFICE, OURS, change, read


@pytest.mark.parametrize(
    ("path", "value", "words", "at"),
    [
        (
            (*OFFICE, "mon"),
            ["08:00-13:00", "12:00-17:00"],
            "In calendars.office: Mon 08:00~13:00 and 12:00~17:00 overlap. Write 08:00-17:00,",
            (*OFFICE, "mon"),
        ),
        (
            (*OFFICE, "mon"),
            ["22:00-09:00"],
            "Mon 22:00~09:00 and Tue 08:00~17:00 overlap. Let Mon end where Tue begins.",
            (*OFFICE, "tue"),
        ),
        (
            (*OFFICE, "open"),
            ["sun 20:00-09:00"],
            "Sun 20:00~09:00 and Mon 08:00~12:00 overlap.",
            (*OFFICE, "mon"),
        ),
        ((*OFFICE, "mon"), ["8-17"], "is not an interval like 08:00-17:00. Write 08:00-17:00.",
         (*OFFICE, "mon", 0)),
        ((*OFFICE, "mon"), ["08:00-12:00", "1-25"], "is not an interval like 08:00-17:00.",
         (*OFFICE, "mon", 1)),
        ((*OFFICE, "mon"), ["08:00-08:00"], "Write 00:00-24:00 for a whole day",
         (*OFFICE, "mon", 0)),
        ((*OFFICE, "open"), ["weekdays 8-5"], "is not a range like mon-fri 08:00-17:00 or sun",
         (*OFFICE, "open", 0)),
        ((*OFFICE, "zone"), "Berlin", "'Berlin' is no time zone. Write Europe/Berlin.",
         (*OFFICE, "zone")),
        ((*OFFICE, "zone"), "Europe/Berlun", "Write Europe/Berlin.", (*OFFICE, "zone")),
        ((*OFFICE, "zone"), "/etc/passwd", "is no time zone. Write ", (*OFFICE, "zone")),
        ((*OFFICE, "zone"), "§", "Write one like Europe/Berlin.", (*OFFICE, "zone")),
        ((*OFFICE, "always"), True, "Leave out one of them.", (*OFFICE, "always")),
        ((*OFFICE, "holidays"), ["theirs"], "'theirs' is no known set of holidays. Known are: "
         "bavaria, ours.", (*OFFICE, "holidays", 0)),
        ((*OFFICE, "from"), [{"on": "2027-01-01"}], "This calendar is never open. Add hours, "
         "or choose 24 \N{MULTIPLICATION SIGN} 7.", OFFICE),
        ((*OFFICE, "from"), [{"on": "1.1.2027"}], "is not a date like 2026-12-24.",
         (*OFFICE, "from", 0, "on")),
        ((*OFFICE, "from"), [{"on": "2027-01-01"}] * 2, "begins two weeks",
         (*OFFICE, "from", 1, "on")),
        ((*OFFICE, "from"), [{"on": "2027-01-01", "to": "x"}], "'to' is not known here.",
         (*OFFICE, "from", 0)),
        (("calendars", "sun", "mon"), [], "Write 'mon' there, or leave it out.",
         ("calendars", "sun", "mon")),
        (("calendars", "sun", "union"), [], "'union' must name calendars.",
         ("calendars", "sun", "union")),
        (("calendars", "sun", "union"), ["moon"], "'moon' is no known calendar.",
         ("calendars", "sun", "union", 0)),
        (("calendars", "sun", "union"), ["sun"], "'sun' is no known calendar.",
         ("calendars", "sun", "union", 0)),
        ((*OURS, "days"), [{"on": "2026-02-30"}], "'2026-02-30' is no day of any year.",
         (*OURS, "days", 0, "on")),
        ((*OURS, "days"), [{"on": "02-30"}], "is no day of any year", (*OURS, "days", 0, "on")),
        ((*OURS, "days"), [{"on": "2026-12-24"}] * 2, "2026-12-24 is there twice.",
         (*OURS, "days", 1, "on")),
        ((*OURS, "days"), [{"on": "2026-12-24", "until": "2026-12-23"}],
         "a date from 2026-12-24", (*OURS, "days", 0, "until")),
        ((*OURS, "days"), [{"on": "2026-12-24", "until": "2028-12-23"}],
         "at most 366 days later", (*OURS, "days", 0, "until")),
        ((*OURS, "days"), [{"on": "2026-12-24", "hours": ["08:00-12:00", "11:00-13:00"]}],
         "08:00~12:00 and 11:00~13:00 overlap", (*OURS, "days", 0, "hours")),
        ((*OURS, "days"), [{"on": "2026-12-24", "hours": ["8-12"]}], "Write 08:00-12:00.",
         (*OURS, "days", 0, "hours", 0)),
        ((*OURS, "days"), [{"on": "12-24"}], "Publishing the plan does that.", OURS),
        ((*OURS, "country"), "DE", "Its dates are not filled in.", OURS),
        ((*OURS, "contry"), "DE", "'contry' is not known here.", OURS),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_and_where(
    path: tuple[str, ...], value: object, words: str, at: tuple[str | int, ...]
) -> None:
    with pytest.raises(PlanError) as error:
        read(change(*path, value=value))
    assert words.replace("~", "\N{EN DASH}") in str(error.value)
    assert str(error.value).startswith(f"In {path[0]}.{path[1]}")
    assert error.value.path[: len(at)] == at


words = st.sampled_from(
    ["mon", "08:00-17:00", "mon-fri 22:00-06:00", "2026-12-24", "12-24", ""]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["on", "until", "hours", "mon", "open", "from", "union"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
places = st.sampled_from(
    [
        *[(*OFFICE, key) for key in DOCUMENT["calendars"]["office"]],
        *[(*OURS, key) for key in ("days", "dates", "resolved", "ics", "country")],
        ("calendars", "sun", "union"),
        OFFICE,
        OURS,
    ]
)


@given(places, values)
def test_it_meets_any_nonsense_with_words(place: tuple[str, ...], value: object) -> None:
    with suppress(PlanError):
        read(change(*place, value=value))
