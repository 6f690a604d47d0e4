"""Mail that waits to go out: why, until when, and what can be done about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.channels.email import actions
from answerable.channels.email.actions import NotWaiting
from answerable.office.forms import CancelForm
from answerable.office.pages import administrator_required, frame
from answerable.office.queries.mail import mail_queue, waiting_one


@require_safe
@never_cache
@administrator_required
def queue(request: AgentRequest) -> HttpResponse:
    at = now()
    found = mail_queue(request.GET.get("page", "1"), at)
    context = _frame(request, _("Mail that waits")) | {"queue": found, "now": at}
    return render(request, "office/mail_queue.html", context)


@require_POST
@administrator_required
def try_now(request: AgentRequest, number: int) -> HttpResponse:
    try:
        actions.try_now(number, at=now())
        messages.success(request, _("It is tried now."))
    except NotWaiting:
        messages.info(request, _("It no longer waits."))
    return redirect("office:mail_queue")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def cancel(request: AgentRequest, number: int) -> HttpResponse:
    """Give a mail up, with a reason that its ticket shows."""
    mail = waiting_one(number, now())
    if mail is None:
        raise Http404
    form = CancelForm(request.POST if request.method == "POST" else None)
    if not (form.is_bound and form.is_valid()):
        context = _frame(request, _("Cancel this mail")) | {"form": form, "mail": mail}
        status = 422 if form.is_bound else 200
        return render(request, "office/mail_cancel.html", context, status=status)
    reason = form.cleaned_data["reason"]
    try:
        actions.cancel(number, agent=request.agent, reason=reason, at=now())
        messages.success(request, _("Cancelled. It is not sent."))
    except NotWaiting:
        messages.info(request, _("It no longer waits."))
    return redirect("office:mail_queue")


def _frame(request: AgentRequest, title: str) -> dict[str, object]:
    return frame(request, title) | {"section": "mail"}
