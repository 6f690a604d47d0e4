"""Incidents: the list, one of them, what is said of it, and starting one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.incident_forms import AGENTS, IncidentForm, UpdateForm
from answerable.desk.pages import frame_context, number_in
from answerable.desk.queries.incidents import going_on, incident_page, over
from answerable.incidents import actions
from answerable.incidents.models import Incident
from answerable.lib.pages import wants_part
from answerable.live.queries import newest_number
from answerable.tickets.access import visible_to
from answerable.tickets.models import Ticket


@require_safe
@never_cache
@agent_required
def incidents(request: AgentRequest) -> HttpResponse:
    """Those that go on, and those that ended last."""
    context = frame(request) | {"going_on": going_on(), "over": over()}
    part = "desk/incidents/_list.html"
    template = part if wants_part(request) else "desk/incidents/list.html"
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def new(request: AgentRequest) -> HttpResponse:
    """Start an incident; from a ticket, which is then about it."""
    ticket = _ticket(request)
    initial: dict[str, object] = {"begun_at": now(), "owner": request.agent}
    if ticket:
        initial |= {"title": ticket.subject, "product": ticket.product}
        initial["begun_at"] = ticket.created_at
    posted = request.POST if request.method == "POST" else None
    form = IncidentForm(posted, initial=initial)
    if form.is_valid():
        incident = actions.open_incident(_about(form), agent=request.agent, at=now())
        if ticket:
            actions.link(incident, ticket, agent=request.agent, at=now())
        messages.success(request, _("Started {key}.").format(key=incident.key))
        return redirect("desk:incident", incident.pk)
    context = frame(request) | {"form": form, "ticket": ticket}
    return render(request, "desk/incidents/edit.html", context, status=_status(form))


@require_safe
@never_cache
@agent_required
def incident(request: AgentRequest, number: int) -> HttpResponse:
    return _shown(request, incident_of(number), "desk/incidents/one.html")


@require_safe
@never_cache
@agent_required
def parts(request: AgentRequest, number: int) -> HttpResponse:
    """Every part of an incident that can change, for a page that shows it."""
    return _shown(request, incident_of(number), "desk/incidents/_parts.html")


@require_safe
@never_cache
@agent_required
def tickets(request: AgentRequest, number: int) -> HttpResponse:
    """Another page of its tickets."""
    return _shown(request, incident_of(number), "desk/incidents/tickets.html")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def facts(request: AgentRequest, number: int) -> HttpResponse:
    """Change what is known of an incident."""
    shown = incident_of(number)
    form = IncidentForm(request.POST if request.method == "POST" else None, incident=shown)
    if form.is_valid():
        actions.change_incident(shown, _about(form), at=now())
        messages.success(request, _("Saved."))
        return redirect("desk:incident", number)
    context = frame(request) | {"form": form, "incident": shown}
    return render(request, "desk/incidents/edit.html", context, status=_status(form))


@require_POST
@agent_required
def update(request: AgentRequest, number: int) -> HttpResponse:
    """Say how an incident goes on."""
    shown = incident_of(number)
    form = UpdateForm(shown, request.POST)
    if form.is_valid():
        said = actions.Update(
            form.said,
            is_public=shown.is_public and form.cleaned_data.get("to") != AGENTS,
            state=form.cleaned_data["state"],
        )
        try:
            written = actions.write_update(shown, said, agent=request.agent, at=now())
        except actions.NothingSaid:
            form.add_error(None, _("Somebody changed the state meanwhile. Say what is new."))
        else:
            words = _("Said to customers, and to who follows it.") if written.is_public else ""
            messages.success(request, words or _("Noted for agents."))
            return redirect("desk:incident", number)
    return _shown(request, shown, "desk/incidents/one.html", form=form)


def incident_of(number: int) -> Incident:
    """Return the incident of an address, or the page that says there is none."""
    found = Incident.objects.select_related("owner", "opened_by").filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def frame(request: AgentRequest) -> dict[str, Any]:
    """Return what every page of incidents needs. The number is read before what it counts."""
    return frame_context(request) | {"view": "incidents", "after": newest_number()}


def _shown(
    request: AgentRequest, shown: Incident, template: str, form: UpdateForm | None = None
) -> HttpResponse:
    context = frame(request)
    asked = str(number_in(request, "page") or 1)
    page = incident_page(shown, asked, request.agent, now(), get_current_timezone())
    context |= {"page": page, "incident": shown, "form": form or UpdateForm(shown)}
    return render(request, template, context, status=422 if form else 200)


def _ticket(request: AgentRequest) -> Ticket | None:
    number = number_in(request, "ticket")
    return visible_to(request.user).filter(pk=number).first() if number else None


def _about(form: IncidentForm) -> actions.About:
    entered = form.cleaned_data
    names = ("title", "is_public", "product", "environment", "owner", "begun_at")
    return actions.About(said=form.said, **{name: entered[name] for name in names})


def _status(form: IncidentForm) -> int:
    return 422 if form.errors else 200
