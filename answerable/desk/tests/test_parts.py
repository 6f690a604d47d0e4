"""Parts of pages know whether they say something else than before."""

from __future__ import annotations

from datetime import timedelta

from django.template import Context, Template
from django.utils import timezone

from answerable.desk.prints import print_of

PART = Template(
    '{% load desk %}{% part "div" id="head" class=none data_kind="x" %}'
    "{{ words }} {% due_time due %}{% endpart %}"
)


def test_it_writes_its_element_with_a_print() -> None:
    due = timezone.now() + timedelta(minutes=5)
    written = PART.render(Context({"words": "<b>", "due": due}))
    assert written.startswith('<div id="head" data-kind="x" data-print="')
    assert "&lt;b&gt;" in written
    assert written.endswith("</div>")


def test_time_that_passes_is_no_change() -> None:
    early = '<due-time datetime="2025-10-20T10:00:00Z" data-reader="agent">42 min</due-time>'
    later = early.replace("42 min", "7:03")
    moved = early.replace("T10:00", "T11:00")
    assert print_of(early) == print_of(later)
    assert print_of(early) != print_of(moved)


def test_the_secret_of_a_form_and_the_name_of_a_row_are_no_change() -> None:
    one = '<input name="csrfmiddlewaretoken" value="abc"><a aria-label="6 left" data-name="n">'
    other = (
        '<input name="csrfmiddlewaretoken" value="xyz"><a aria-label="5 left" data-name="n">'
    )
    assert print_of(one) == print_of(other)
    assert print_of(one) != print_of(other.replace('data-name="n"', 'data-name="m"'))


def test_new_words_are_a_change() -> None:
    assert print_of("Open") != print_of("Resolved")
