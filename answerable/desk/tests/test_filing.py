"""Labels, fields, priority and status on a ticket's page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from answerable.cast import Cast
from answerable.desk.tests.opening import PART, ask
from answerable.tickets.actions.filing import (
    add_tag,
    save_field,
    save_status,
    set_fields,
    tag_ticket,
)
from answerable.tickets.filled import values_of
from answerable.tickets.models import Field, Status, Tag, Ticket


@pytest.fixture
def ticket(here: Cast) -> Ticket:
    return ask(here.dana)


def field(kind: str = "text", name: str = "Build", **more: object) -> Field:
    made = Field(kind=kind, names={"en": name, "de": f"{name} (de)"}, **more)
    save_field(made)
    return made


def page(client: Client, ticket: Ticket) -> str:
    return " ".join(client.get(f"/desk/tickets/{ticket.pk}/").content.decode().split())


def act(client: Client, ticket: Ticket, path: str, **data: object) -> str:
    answer = client.post(f"/desk/tickets/{ticket.pk}/{path}/", data, headers=PART)
    return " ".join(answer.content.decode().split())


def undo(client: Client) -> str:
    return client.post("/desk/undo/", headers=PART).content.decode()


def test_labels_are_chosen_made_and_taken_back(here: Cast, ana: Client, ticket: Ticket) -> None:
    add_tag("Export", by=None, at=timezone.now())
    assert "Export" in ana.get(f"/desk/tickets/{ticket.pk}/labels/").content.decode()
    said = act(ana, ticket, "labels", labels=["export"], new="CSV")
    assert f"Saved the labels of #{ticket.pk}." in said
    shown = page(ana, ticket)
    assert "Labels CSV, Export added by Ana Silva" in shown
    assert '<li class="chip chip--plain">CSV</li>' in shown
    assert "Taken back" in undo(ana)
    assert not ticket.tags.exists()
    assert "Ana Silva took back the change of labels" in page(ana, ticket)


def test_of_very_many_labels_the_first_stand_there_and_the_others_open(
    here: Cast, ana: Client, ticket: Ticket
) -> None:
    at = timezone.now()
    tag_ticket(
        ticket,
        [add_tag(f"Label {n:02}", by=None, at=at) for n in range(20)],
        agent=here.ana,
        at=at,
    )
    shown = page(ana, ticket)
    first, _, others = shown.partition("<summary>and 8 more</summary>")
    assert "Label 11</li>" in first
    assert "Label 12</li>" not in first
    assert "Label 19</li>" in others


def test_who_may_not_make_labels_chooses_one_of_those_there_are(
    here: Cast, ana: Client, ticket: Ticket, settings: Settings
) -> None:
    settings.ANSWERABLE_LABELS_MADE_BY = "leads"
    add_tag("Export", by=None, at=timezone.now())
    assert "There is no such label." in act(ana, ticket, "labels", new="CSV")
    assert not Tag.objects.filter(name="CSV").exists()
    act(ana, ticket, "labels", new="export")
    assert ticket.tags.get().name == "Export"


def test_a_field_is_filled_in_where_it_stands_and_taken_back(
    here: Cast, ana: Client, ticket: Ticket
) -> None:
    build = field()
    assert "Edit Build:" in page(ana, ticket)
    said = act(ana, ticket, f"fields/{build.pk}", **{f"field-{build.pk}": " 7.2 "})
    assert "7.2" in said
    assert f"Saved Build of #{ticket.pk}." in said
    assert "Build: nothing → 7.2, by Ana Silva" in page(ana, ticket)
    undo(ana)
    assert values_of(ticket) == {}


def test_what_does_not_fit_a_field_is_said_and_not_kept(
    here: Cast, ana: Client, ticket: Ticket
) -> None:
    users = field("number", "Users")
    said = act(ana, ticket, f"fields/{users.pk}", **{f"field-{users.pk}": "many"})
    assert "Users must be a number, such as 3 or 2.5" in said
    assert values_of(ticket) == {}


def test_a_field_of_other_tickets_is_not_there(here: Cast, ana: Client, ticket: Ticket) -> None:
    other = field(channels=["email"])
    assert ana.get(f"/desk/tickets/{ticket.pk}/fields/{other.pk}/").status_code == 404
    assert "Build" not in page(ana, ticket).split('id="filing"')[1].split("</div>")[0]


def test_what_is_missing_is_asked_for_before_it_is_resolved(
    here: Cast, ana: Client, ticket: Ticket
) -> None:
    build = field(required="on_resolve")
    browser = field("yes_no", "In Safari", required="on_resolve")
    assert "needed to resolve" in page(ana, ticket)
    asked = act(ana, ticket, "resolve", reason="Done by telephone")
    assert "Fill in Build and In Safari before you resolve it." in asked
    assert "Enter Build" in asked
    assert "Select In Safari" in asked
    ticket.refresh_from_db()
    assert ticket.state == "open"
    filled = {f"field-{build.pk}": "7", f"field-{browser.pk}": "no"}
    assert f"Resolved #{ticket.pk}." in act(
        ana, ticket, "resolve", reason="Done by telephone", **filled
    )
    assert values_of(ticket) == {build.pk: "7", browser.pk: False}


def test_a_priority_is_set_and_taken_back(here: Cast, ana: Client, ticket: Ticket) -> None:
    assert f"Priority of #{ticket.pk}: High." in act(ana, ticket, "priority", to="3")
    shown = page(ana, ticket)
    assert "priority high" in shown
    assert "Priority normal → high by Ana Silva" in shown
    undo(ana)
    ticket.refresh_from_db()
    assert ticket.priority == Ticket.Priority.NORMAL


def test_a_state_has_the_vendors_words(here: Cast, ana: Client, ticket: Ticket) -> None:
    usual = Status(category="open", names={"en": "Active"}, is_usual=True)
    testing = Status(category="open", names={"en": "In test"})
    for status in (usual, testing):
        save_status(status)
    assert '<span class="ticket-state">Active</span>' in page(ana, ticket)
    assert "In test." in act(ana, ticket, "status", to=testing.pk)
    shown = page(ana, ticket)
    assert '<span class="ticket-state">In test</span>' in shown
    assert "Status set by Ana Silva: In test" in shown
    act(ana, ticket, "resolve", reason="Done")
    assert '<span class="ticket-state">Resolved</span>' in page(ana, ticket)


def test_a_word_for_another_state_changes_nothing(
    here: Cast, ana: Client, ticket: Ticket
) -> None:
    held = Status(category="held", names={"en": "At the factory"})
    save_status(held)
    assert "changed meanwhile" in act(ana, ticket, "status", to=held.pk)


def test_fields_put_back_what_a_colleague_did_not_change(
    here: Cast, ana: Client, ticket: Ticket
) -> None:
    build = field()
    act(ana, ticket, f"fields/{build.pk}", **{f"field-{build.pk}": "7"})
    set_fields(ticket, {build: "8"}, agent=here.ben, at=timezone.now())
    assert "Ben filled in" in undo(ana)
    assert values_of(ticket) == {build.pk: "8"}
