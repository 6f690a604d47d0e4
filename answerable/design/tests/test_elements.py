"""Elements say in words what they show, and tie hints and errors to their field."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone

from answerable.design.icons import ICONS
from answerable.design.states import SHAPES, chip
from answerable.design.views import SampleForm

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime.fromisoformat("2025-10-24T14:28:00+02:00")
DUE = datetime.fromisoformat("2025-10-24T15:10:00+02:00")


@pytest.mark.parametrize(
    ("state", "due", "at", "words"),
    [
        ("at_risk", DUE, None, "At risk"),
        ("soon", DUE, None, "Soon"),
        ("paused", DUE, None, "Paused"),
        (
            "not_started",
            None,
            datetime.fromisoformat("2025-10-25T08:00:00+02:00"),
            "Starts Sat 08:00",
        ),
        ("kept", DUE, DUE - timedelta(minutes=18), "Kept, 18 min early"),
        ("missed", DUE, DUE + timedelta(minutes=3, seconds=1), "Missed by 4 min"),
        ("aim", datetime.fromisoformat("2025-10-25T17:00:00+02:00"), None, "Aim Sat 17:00"),
        ("aim", datetime.fromisoformat("2025-10-24T09:00:00+02:00"), None, "Aim was 09:00"),
        ("critical", None, None, "CRIT"),
    ],
)
def test_it_names_the_state_of_a_clock(
    state: str, due: datetime | None, at: datetime | None, words: str
) -> None:
    assert chip(state, due, at, now=NOW, zone=BERLIN).words == words


def test_it_gives_every_state_a_shape_of_its_own() -> None:
    assert len(set(SHAPES.values())) == len(SHAPES) == 10
    assert set(SHAPES.values()) <= set(ICONS)


def test_it_knows_no_other_state() -> None:
    with pytest.raises(KeyError):
        chip("fine", now=NOW, zone=BERLIN)


def test_it_counts_down_only_in_a_clock_that_runs() -> None:
    due = timezone.now() + timedelta(minutes=42, seconds=30)
    running, paused = (
        shown("{% clock_chip state due %}", state=state, due=due)
        for state in ("on_track", "paused")
    )
    assert "<due-time" in running
    assert "42 min" in running
    assert "<due-time" not in paused


def test_it_ties_hint_and_error_to_the_field() -> None:
    html = shown("{% field form.body %}", form=SampleForm({"body": ""}))
    assert '<label class="field-label" for="id_body">' in html
    assert 'aria-describedby="id_body_helptext id_body_error"' in html
    assert 'id="id_body_helptext"' in html
    assert 'id="id_body_error"' in html
    assert 'aria-invalid="true"' in html


def test_it_groups_choices_under_a_legend() -> None:
    html = shown("{% field form.blocked %}", form=SampleForm({}))
    assert '<legend class="field-label">What is blocked?</legend>' in html
    assert 'aria-describedby="id_blocked_error"' in html


def test_it_sums_up_problems_with_links_to_their_fields() -> None:
    html = shown("{% error_summary form %}", form=SampleForm({}))
    assert "There is a problem" in html
    assert '<a href="#id_body">Enter what happened</a>' in html
    assert '<a href="#id_blocked_0">Select what is blocked</a>' in html
    assert shown("{% error_summary form %}", form=SampleForm()).strip() == ""


def test_it_shows_a_name_as_text_even_when_it_looks_like_code() -> None:
    html = shown('{% icon "star" name %}', name='"><script>')
    assert "<script>" not in html


def test_it_marks_the_link_to_the_page_being_read() -> None:
    class Request:
        path = "/desk/queue/"

    page = {"request": Request()}
    assert 'aria-current="page"' in shown('{% here "/desk/queue/" %}', **page)
    assert 'aria-current="true"' in shown('{% here "/desk/" inside=True %}', **page)
    assert shown('{% here "/desk/drafts/" %}', **page) == ""


def shown(template: str, **context: object) -> str:
    return Template(template).render(Context(context))
