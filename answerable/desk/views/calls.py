"""Calls that customers asked for, made by hand: the number, and what became of the call."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.call_forms import OutcomeForm
from answerable.desk.pages import dialog, found, said
from answerable.lib import times
from answerable.lib.phones import shown_phone
from answerable.tickets.actions import CallOver, attempt_callback
from answerable.tickets.models import Callback


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def call(request: AgentRequest, number: int) -> HttpResponse:
    """Ask what became of a call, or record it."""
    ticket = found(request, number)
    waiting = Callback.objects.waiting().filter(ticket=ticket)
    callback = waiting.select_related("ticket", "contact").first()
    if callback is None:
        return said(request, ticket, _("Nobody waits for a call any more."))
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = attempt_callback(
                callback, form.attempt(now()), agent=request.agent, at=now()
            )
        except CallOver:
            return said(request, ticket, _("Nobody waits for a call any more."))
        return said(request, ticket, _words(made))
    context = {"ticket": ticket, "form": form, "callback": callback}
    context |= {"shown": shown_phone(callback.phone)}
    status = 422 if form.errors else 200
    return dialog(request, "desk/parts/_call.html", context, status=status)


def _words(callback: Callback) -> str:
    name = callback.contact.name
    if callback.outcome == Callback.Outcome.CONNECTED:
        return _("The call with {name} is recorded.").format(name=name)
    if callback.again_at:
        time = times.clock_time(callback.again_at, get_current_timezone())
        return _("{name} was not reached. Try again at {time}.").format(name=name, time=time)
    return _("{name} was not reached twice. Answer in writing.").format(name=name)
