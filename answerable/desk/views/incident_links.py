"""Which incident a ticket is about: linking it, and taking it off again."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.incident_forms import LinkForm
from answerable.desk.pages import dialog, found, said
from answerable.desk.queries.incidents import choices
from answerable.incidents import actions
from answerable.incidents.beside import accounts_of, beside
from answerable.incidents.models import Incident

SEVERAL = 2


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def link(request: AgentRequest, number: int) -> HttpResponse:
    """Ask which incident a ticket is about, or link it."""
    ticket = found(request, number)
    form = LinkForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        incident = form.cleaned_data["incident"]
        before = accounts_of(incident)
        actions.link(incident, ticket, agent=request.agent, at=now())
        words = _("Linked #{number} to {incident}.").format(number=number, incident=incident)
        undo = reverse("desk:incident_unlink", args=[number])
        asks = _asks(incident, before, accounts_of(incident))
        if not asks:
            return said(request, ticket, words, undo)
        shows = reverse("desk:incident", args=[incident.pk])
        return said(request, ticket, f"{words} {asks}", undo, shows=shows)
    near = beside(ticket, ticket.last_line, now())
    context = {"ticket": ticket, "form": form, "near": near, "choices": choices()}
    status = 422 if form.errors else 200
    return dialog(request, "desk/incidents/_link.html", context, status=status)


@require_POST
@agent_required
def unlink(request: AgentRequest, number: int) -> HttpResponse:
    """Take a ticket off its incident."""
    ticket = found(request, number)
    ended = actions.unlink(ticket, agent=request.agent, at=now())
    if ended is None:
        return said(request, ticket, _("It is about no incident."))
    words = _("#{number} is no longer about {incident}.")
    return said(request, ticket, words.format(number=number, incident=ended.incident))


def _asks(incident: Incident, before: int, after: int) -> str:
    """Ask who links the ticket of another account whether customers are told: it is wrong for
    several now."""
    if after < SEVERAL or after <= before:
        return ""
    words = (
        _("It touches {count} accounts now. Is an update due?")
        if incident.is_public
        else _("It touches {count} accounts now, and customers read nothing of it yet.")
    )
    return words.format(count=after)
