"""Files that come with what is sent from the widget. They wait in the browser until then."""

from __future__ import annotations

from django.forms import BaseForm
from django.utils.timezone import now

from answerable.accounts.models import Contact
from answerable.files.actions import Waiting, drop
from answerable.files.taking import take
from answerable.tickets.places import owner_of
from answerable.widget.guards import WidgetRequest


def taken(request: WidgetRequest, person: Contact, place: str, form: BaseForm) -> Waiting:
    """Take the files that a form brings, and tell it what was wrong with them."""
    files = take(request, owner_of(person), f"widget-{place}", at=now())
    for problem in files.problems:
        form.add_error(None, problem)
    return files.waiting


def left_out(files: Waiting) -> None:
    """Let files go that were not sent after all: they come again with the next try."""
    for number in files.numbers:
        drop(files.owner, files.place, number)
