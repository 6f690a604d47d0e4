"""The page of a new ticket: its form, what is promised beside it, and what is asked first."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import get_current_timezone, now

from answerable.accounts.guards import AgentRequest
from answerable.accounts.models import Agent
from answerable.desk.mentions import mentionable
from answerable.desk.new_forms import WRITE, NewTicketForm, received_in
from answerable.desk.pages import frame_context
from answerable.desk.queries import new_ticket as queries
from answerable.desk.queries.new_message import copies_box, message_box
from answerable.desk.queries.new_ticket import Writing
from answerable.files.queries import waiting
from answerable.files.taking import attaching
from answerable.intake.offers import Offers
from answerable.tickets.places import owner_of


def place_of_new(token: UUID) -> str:
    """Return where the files of a new ticket wait."""
    return f"new-{token.hex}"


def form_of(
    writing: Writing, offers: Offers, at: datetime, data: QueryDict | None = None
) -> NewTicketForm:
    """Return the form of a new ticket, filled in with what its page has."""
    filled = {
        name: getattr(offers.asking.asked, name)
        for name in ("product", "environment", "severity")
    }
    initial = filled | dict(writing.values) | {"plan": offers.asking.plan}
    return NewTicketForm(data, initial=initial, asking=offers.asking, kind=writing.kind, at=at)


def promised(writing: Writing, offers: Offers) -> dict[str, Any]:
    """Return what stands beside the form: what would be promised if it were saved now."""
    at = now()
    received = received_in(writing.values, at)
    return {
        "writing": writing,
        "offers": offers,
        "me": writing.person,
        "now": at,
        "received": received if (at - received).total_seconds() >= 60 else None,
        "is_ours": writing.kind == WRITE,
    }


def page(
    request: AgentRequest,
    writing: Writing,
    form: NewTicketForm | None = None,
    **question: object,
) -> HttpResponse:
    """Return the page with its form, and what is wrong with it or asked first."""
    offers = queries.offers_to(writing.person, writing.values, now(), get_current_timezone())
    form = form or form_of(writing, offers, now())
    uploads = waiting(owner_of(request.agent), place_of_new(writing.token))
    problems = [*map(str, form.non_field_errors())]
    context = (
        frame_context(request)
        | promised(writing, offers)
        | {
            "view": "new",
            "form": form,
            "attaching": attaching(
                reverse("desk:new_uploads", args=[writing.token]), uploads, problems
            ),
            "open_tickets": queries.open_tickets(writing.person),
            "mentions": mentionable(list(Agent.objects.active().order_by("name"))),
            **question,
        }
    )
    if writing.kind == WRITE:
        context["box"] = message_box(writing, request.agent, now(), get_current_timezone())
    else:
        context["box"] = copies_box(writing)
    status = 422 if form.errors or question else 200
    return render(request, "desk/new/ticket.html", context, status=status)
