"""Files that customers attach: whose they are, also of whoever has not signed in yet."""

from __future__ import annotations

import secrets

from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import now

from answerable.accounts.models import Contact
from answerable.design.files import Attaching
from answerable.files.actions import OF_A_STRANGER, adopt
from answerable.files.queries import waiting
from answerable.files.taking import Taken, attaching, take
from answerable.tickets.places import NEW_REQUEST, owner_of, place_of

STRANGER = "stranger"


def taken(
    request: HttpRequest, person: Contact | None, place: str, form: BaseForm | None = None
) -> Taken:
    """Take the files that a form brings, and tell it what was wrong with them.

    A stranger's wait for them to sign in.
    """
    owner = owner_of(person) if person else _stranger(request)
    files = take(request, owner, place, at=now())
    if form:
        for problem in files.problems:
            form.add_error(None, problem)
    return files


def waiting_for(
    request: HttpRequest, person: Contact | None, number: int | None, form: BaseForm
) -> Attaching:
    """Return the files that wait for a new request, or for an answer to the one of a number.

    What somebody attached before they signed in is theirs from then on.
    """
    place = place_of(number, "answer") if number else NEW_REQUEST
    stranger = request.session.get(STRANGER)
    if person and stranger:
        adopt(owner_of(person), place, stranger=stranger)
    owner = owner_of(person) if person else stranger
    address = (
        reverse("portal:upload", args=[number]) if number else reverse("portal:upload_new")
    )
    return attaching(
        address, waiting(owner, place) if owner else (), [*map(str, form.non_field_errors())]
    )


def _stranger(request: HttpRequest) -> str:
    if not request.FILES:
        return str(request.session.get(STRANGER, OF_A_STRANGER))
    name: str = request.session.setdefault(STRANGER, OF_A_STRANGER + secrets.token_urlsafe(24))
    return name
