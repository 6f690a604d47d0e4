"""The team as its Super Admins see it: all requests, the people, and what was changed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from answerable.accounts.guards import ContactRequest
from answerable.accounts.models import Contact, PeopleChange
from answerable.entitlements.held import held_by, manages
from answerable.intake.confirming import to_confirm
from answerable.lib.pages import page_or_part
from answerable.lib.paging import page_of
from answerable.live.queries import newest_number
from answerable.portal.guards import TEAM, for_super_admins
from answerable.portal.queries.listing import requests_of, sought
from answerable.portal.queries.team import team_of
from answerable.portal.team_words import ROLES, SEATS, by_words, change_words
from answerable.sla.report_words import severity_name
from answerable.tickets.access import sight_of

A_PAGE = 50


@require_safe
@for_super_admins(TEAM)
def requests(request: ContactRequest) -> HttpResponse:
    """List all requests of the account, of a person or a severity if one is asked for."""
    me, at, after = request.contact, now(), newest_number()
    ask, held = sought(request.GET.dict()), held_by(me.customer, at)
    people = Contact.objects.filter(customer=me.customer_id).order_by("name")
    severities = dict.fromkeys(key for one in held for key in one.terms.severities)
    context = {
        "listing": requests_of(me, ask, at=at),
        "view": ask.view,
        "q": ask.words,
        "ask": ask,
        "after": after,
        "me": me,
        "to_confirm": list(to_confirm(me)),
        "hidden": len(sight_of(me).hidden()),
        "people": list(people.values_list("pk", "name")),
        "severities": [(key, severity_name(key)) for key in severities],
        "limits": [one for one in held if one.names_people],
    }
    return page_or_part(request, "portal/team.html", "portal/_requests.html", context)


@require_safe
@for_super_admins(TEAM)
def people(request: ContactRequest) -> HttpResponse:
    """Show the people of the account, or those who left: what each is, and may send."""
    left = "left" in request.GET
    page = request.GET.get("page", "1")
    team = team_of(request.contact, page=page, left=left, at=now())
    context = {"team": team, "left": left, "roles": ROLES, "seats": SEATS}
    return render(request, "portal/people.html", context | {"me": request.contact})


@require_safe
@for_super_admins(TEAM)
def changes(request: ContactRequest) -> HttpResponse:
    """Show who changed what about whom, the newest first."""
    me = request.contact
    found = PeopleChange.objects.filter(customer=me.customer_id).order_by("-pk")
    told = found.select_related("contact", "by", "by_agent", "undone_by")
    page = page_of(told, request.GET.get("page", "1"), size=A_PAGE)
    rows = [
        {
            "change": change,
            "says": change_words(change),
            "by": by_words(change),
            "undoes": _is_undoable(change),
        }
        for change in page.rows
    ]
    context = {
        "rows": rows,
        "page": page,
        "may_change": manages(me, held_by(me.customer, now())),
        "me": me,
    }
    return render(request, "portal/changes.html", context)


def _is_undoable(change: PeopleChange) -> bool:
    """Say whether a change can be taken back, as far as the log says."""
    never = {PeopleChange.What.INVITED, PeopleChange.What.RETURNED}
    return change.what not in never and not hasattr(change, "undone_by")
