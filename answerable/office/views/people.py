"""Agents as administrators set them up: what each can do, when they are there, and absences."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.accounts.models import Agent
from answerable.office.pages import administrator_required, frame
from answerable.office.people_forms import AbilityForm, AbsenceForm
from answerable.office.queries import people as queries
from answerable.routing.actions import abilities
from answerable.routing.models import Absence


@require_safe
@never_cache
@administrator_required
def people(request: AgentRequest) -> HttpResponse:
    """List everybody who works at the desk."""
    context = frame(request, _("People")) | {
        "section": "people",
        "people": queries.people(now()),
    }
    return render(request, "office/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def person(request: AgentRequest, number: int) -> HttpResponse:
    """Show what an agent can do, and change it."""
    agent = _agent(number)
    ability = queries.ability_of(agent)
    form = AbilityForm(ability, request.POST if request.method == "POST" else None)
    if form.is_valid():
        abilities.save_ability(agent, form.facts())
        messages.success(request, _("Saved."))
        return redirect("office:person", agent.pk)
    return _shown(request, agent, form, AbsenceForm(prefix="absence"))


@require_POST
@administrator_required
def absent(request: AgentRequest, number: int) -> HttpResponse:
    """Enter when an agent is not there."""
    agent = _agent(number)
    form = AbsenceForm(request.POST, prefix="absence")
    if not form.is_valid():
        return _shown(request, agent, AbilityForm(queries.ability_of(agent)), form)
    begins, ends = form.stretch(ZoneInfo(agent.zone))
    abilities.add_absence(agent, begins_at=begins, ends_at=ends, note=form.cleaned_data["note"])
    messages.success(request, _("Saved. {name} gets no offers then.").format(name=agent.name))
    return redirect("office:person", agent.pk)


@require_POST
@administrator_required
def present(request: AgentRequest, number: int, absence: int) -> HttpResponse:
    """Remove an absence."""
    agent = _agent(number)
    found = Absence.objects.filter(agent=agent, pk=absence).first()
    if found is None:
        raise Http404
    abilities.remove_absence(found)
    messages.success(request, _("Removed."))
    return redirect("office:person", agent.pk)


def _shown(
    request: AgentRequest, agent: Agent, form: AbilityForm, absence_form: AbsenceForm
) -> HttpResponse:
    context = frame(request, agent.name) | {
        "section": "people",
        "person": agent,
        "form": form,
        "absence_form": absence_form,
        "absences": queries.absences_of(agent, now()),
        "checked": absence_form,
    }
    status = 422 if form.errors or absence_form.errors else 200
    return render(request, "office/person.html", context, status=status)


def _agent(number: int) -> Agent:
    found = Agent.objects.active().filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404
    return found
