"""Chips that rows write by themselves look like those of the design room."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone

from answerable.desk.chips import counting_chip, stated_chip

CHIP = Template("{% clock_chip state due at turns %}")
ATTRIBUTE = re.compile(r'(datetime|data-turns)="[^"]*"')


def plain(html: str) -> str:
    """What is drawn, without how an instant is written and the seconds that passed."""
    drawn = ATTRIBUTE.sub(r'\1=""', html).replace("\n", "").strip()
    return re.sub(r":\d\d</due-time>", "</due-time>", drawn)


@pytest.mark.parametrize(
    ("state", "minutes"), [("late", -4), ("at_risk", 6), ("soon", 14), ("on_track", 42)]
)
def test_a_counting_chip_is_the_same(state: str, minutes: int) -> None:
    now = timezone.now()
    due = now + timedelta(minutes=minutes, seconds=30)
    theirs = CHIP.render(Context({"state": state, "due": due, "at": None, "turns": due}))
    ours = counting_chip(state, due, due, now, timezone.get_current_timezone())
    assert plain(ours) == plain(theirs)


@pytest.mark.parametrize(
    ("state", "words"), [("critical", "CRIT"), ("not_started", "Not started")]
)
def test_a_stated_chip_is_the_same(state: str, words: str) -> None:
    theirs = CHIP.render(Context({"state": state, "due": None, "at": None, "turns": None}))
    assert plain(stated_chip(state, words)) == plain(theirs)
