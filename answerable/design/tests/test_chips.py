"""Clocks as they are drawn: a shape and words for each state, a countdown where one runs."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone

from answerable.design.chips import counting_chip, drawing, due_element, stated_chip

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime.fromisoformat("2025-10-24T12:28:00+00:00")
CHIP = Template("{% clock_chip state due turns=turns %}")


@pytest.mark.parametrize(
    ("state", "minutes", "words"),
    [
        ("late", -4, "4 min late"),
        ("at_risk", 6, "At risk · 6:00"),
        ("soon", 14, "Soon · 14 min"),
        ("on_track", 42, "42 min"),
    ],
)
def test_a_clock_that_runs_counts_down_beside_its_state(
    state: str, minutes: int, words: str
) -> None:
    chip = counting_chip(state, AT + timedelta(minutes=minutes), None, AT, BERLIN)
    assert chip.startswith(f'<span class="chip chip--{state.replace("_", "-")}"><svg')
    assert Template("{{ chip|striptags }}").render(Context({"chip": chip})) == words


def test_a_countdown_says_when_its_state_turns() -> None:
    element = due_element(AT, AT - timedelta(minutes=8), "<7:03>")
    assert element == (
        '<due-time datetime="2025-10-24T12:28:00+00:00" data-reader="agent"'
        ' data-turns="2025-10-24T12:20:00+00:00">&lt;7:03&gt;</due-time>'
    )


def test_a_clock_that_does_not_count_turns_too() -> None:
    chip = stated_chip("not_started", "Starts <08:00>", due=AT, turns=AT)
    assert "Starts &lt;08:00&gt;<due-time hidden data-turns=" in chip
    assert "<due-time" not in stated_chip("critical", "CRIT", turns=AT)


@pytest.mark.parametrize("state", ["late", "at_risk", "soon", "on_track"])
def test_a_page_draws_what_a_row_draws(state: str) -> None:
    due = timezone.now() + timedelta(hours=30, seconds=30)
    zone = timezone.get_current_timezone()
    page = CHIP.render(Context({"state": state, "due": due, "turns": due}))
    assert page == counting_chip(state, due, due, timezone.now(), zone)


def test_a_page_states_a_clock_without_a_due_time() -> None:
    page = CHIP.render(Context({"state": "critical", "due": None, "turns": None}))
    assert page == stated_chip("critical", "CRIT")
    assert str(drawing("diamond")) in page


def test_a_promise_counts_down_for_its_customer() -> None:
    due = timezone.now() + timedelta(minutes=42, seconds=30)
    written = Template("{% promise due %}").render(Context({"due": due}))
    assert written.startswith('<p class="promise"><svg')
    assert f'Guaranteed reply <due-time datetime="{due.isoformat()}"' in written
    assert 'data-reader="customer"' in written
