"""When a call from browser to browser is over though nobody ended it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.voice.core.staying import (
    AGENT_GONE,
    CONTACT_GONE,
    GONE,
    NO_WAY,
    Stand,
    over,
    rings_for,
)

TEN = datetime(2025, 10, 20, 10, tzinfo=UTC)
SECONDS = st.integers(min_value=0, max_value=600)


def stand(**facts: object) -> Stand:
    """Return a call that has rung since ten, with the agent's page open."""
    known = {"is_connected": False, "has_joined": False, "contact_heard_at": None}
    return Stand(**{"dialled_at": TEN, "agent_heard_at": TEN, **known, **facts})  # type: ignore[arg-type]


def after(seconds: int) -> datetime:
    return TEN + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("facts", "seconds", "found"),
    [
        ({}, 19, None),
        ({"agent_heard_at": after(19)}, 20, ("no_answer", "")),
        ({"agent_heard_at": after(89), "rings": rings_for(90)}, 89, None),
        ({"agent_heard_at": after(89), "rings": rings_for(90)}, 90, ("no_answer", "")),
        ({"agent_heard_at": after(60), "has_joined": True}, 60, None),
        ({"agent_heard_at": after(79), "has_joined": True}, 80, ("failed", NO_WAY)),
        ({"agent_heard_at": None}, 60, ("failed", AGENT_GONE)),
        ({"is_connected": True}, 60, ("connected", AGENT_GONE)),
        (
            {"is_connected": True, "agent_heard_at": after(90), "contact_heard_at": after(30)},
            90,
            ("connected", CONTACT_GONE),
        ),
        (
            {"is_connected": True, "agent_heard_at": after(90), "contact_heard_at": after(60)},
            90,
            None,
        ),
    ],
)
def test_it_ends_by_who_is_there(
    facts: dict[str, object], seconds: int, found: tuple[str, str] | None
) -> None:
    assert over(stand(**facts), after(seconds)) == found


@given(heard=SECONDS, later=SECONDS, connected=st.booleans())
def test_a_call_of_two_who_are_heard_of_goes_on(
    heard: int, later: int, connected: bool
) -> None:
    at = after(heard) + min(timedelta(seconds=later), GONE - timedelta(seconds=1))
    call = stand(
        is_connected=True,
        has_joined=connected,
        agent_heard_at=after(heard),
        contact_heard_at=after(heard),
    )
    assert over(call, at) is None
