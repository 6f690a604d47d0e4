"""A vendor's own fields that have to be filled in when a request is sent."""

from __future__ import annotations

from django.test import Client

from answerable.cast import Cast
from answerable.tickets.actions import filing
from answerable.tickets.events import Verb
from answerable.tickets.models import Field, FieldValue, Ticket

SENT = {"body": "Exports fail.", "language": "en"}


def field(**facts: object) -> Field:
    kept = {"kind": "text", "names": {"en": "Region"}, "required": "on_create"}
    made = Field(**{**kept, **facts})
    filing.save_field(made)
    return made


def test_a_field_is_asked_before_a_request_is_sent_and_kept_with_it(
    dana: Client, cast: Cast
) -> None:
    region = field()
    assert "Region" in dana.get("/contact/").content.decode()
    missing = dana.post("/contact/", SENT)
    assert missing.status_code == 422
    assert "Enter Region" in missing.content.decode()
    assert not Ticket.objects.exists()
    sent = dana.post("/contact/", SENT | {f"field-{region.pk}": "North"})
    assert sent.status_code in {204, 302}
    assert FieldValue.objects.get(ticket=Ticket.objects.get()).text == "North"
    line = Ticket.objects.get().events.get(verb=Verb.FIELDS_SET)
    assert (line.agent, line.contact) == (None, cast.dana)


def test_what_does_not_fit_is_said_at_the_field(dana: Client, cast: Cast) -> None:
    seats = field(kind="number", names={"en": "Seats"})
    answer = dana.post("/contact/", SENT | {f"field-{seats.pk}": "many"})
    assert "Seats must be a number" in answer.content.decode()


def test_only_fields_that_belong_to_the_request_are_asked(dana: Client, cast: Cast) -> None:
    field(names={"en": "Vehicle"}, products=["cars"])
    field(names={"en": "Caller"}, channels=["phone"])
    field(names={"en": "Cause"}, required="on_resolve")
    shown = dana.get("/contact/").content.decode()
    assert not any(word in shown for word in ("Vehicle", "Caller", "Cause"))
    assert dana.post("/contact/", SENT).status_code in {204, 302}
