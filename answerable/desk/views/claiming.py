"""A claim that is not decided: who has it, who takes it over, and who may stand behind it."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.forms import TakeOverForm
from answerable.desk.pages import dialog, found, said
from answerable.desk.words import first_name, people
from answerable.intake.confirming import confirmers_on
from answerable.tickets import actions
from answerable.tickets.core.mentions import full_handle


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def take_over(request: AgentRequest, number: int) -> HttpResponse:
    """Ask why, or take a colleague's ticket with a note that tells them."""
    ticket = found(request, number)
    form = TakeOverForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"ticket": ticket, "form": form}
        status = 422 if form.errors else 200
        return dialog(request, "desk/parts/_take_over.html", context, status=status)
    before, reason = ticket.assignee, form.cleaned_data["reason"]
    if before == request.agent:
        return said(request, ticket, _("#{number} is yours.").format(number=number))
    named = [before] if before else []
    body = f"@{full_handle(before.name)} {reason}" if before else reason
    with transaction.atomic():
        actions.add_note(ticket, agent=request.agent, body=body, at=now(), mentions=named)
        actions.assign(ticket, to=request.agent, agent=request.agent, at=now())
    return said(request, ticket, _("Took over #{number}.").format(number=number))


@require_POST
@agent_required
def ask_to_confirm(request: AgentRequest, number: int) -> HttpResponse:
    """Ask colleagues of who asks, who have the guarantee, to stand behind the request."""
    ticket, at = found(request, number), now()
    if ticket.requester is None:
        return said(request, ticket, _("Nobody can be asked to confirm it."))
    colleagues = confirmers_on(ticket, at)
    asked = actions.ask_to_endorse(
        ticket, colleagues, contact=ticket.requester, agent=request.agent, at=at
    )
    if not asked:
        return said(request, ticket, _("Nobody can be asked to confirm it."))
    names = people([first_name(one.contact.name) for one in asked])
    return said(request, ticket, _("Asked {names} to confirm.").format(names=names))
