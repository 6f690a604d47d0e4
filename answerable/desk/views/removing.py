"""Taking a passage or a file out of a ticket for good: what, where it stands, then gone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import dialog, found, said
from answerable.desk.queries.removing import (
    Standing,
    cards_on,
    files_on,
    where_file_stands,
    where_passage_stands,
)
from answerable.desk.removing_forms import RemovingForm, may_remove_all
from answerable.tickets.actions.redacting import NotThere, Removal, redact
from answerable.tickets.models import Message, Ticket


@sensitive_post_parameters("passage", "why")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def remove(request: AgentRequest, number: int, message: int | None = None) -> HttpResponse:
    """Ask what is removed, show where it stands, and remove it once that was seen."""
    ticket = found(request, number)
    of = _message(ticket, message)
    form = _form(request, ticket, of)
    standing = _standing(ticket, form) if form.is_valid() else None
    if standing and not standing.count:
        form.add_error(None, _("It does not stand on this ticket. Check how it is written."))
        standing = None
    if standing and "sure" in request.POST:
        return _removed(request, ticket, form, standing)
    context = {
        "ticket": ticket,
        "message": of,
        "form": form,
        "standing": standing,
        "all_of_it": may_remove_all(request.agent),
    }
    status = 422 if form.errors else 200
    return dialog(request, "desk/parts/_remove.html", context, status=status)


def _message(ticket: Ticket, number: int | None) -> Message | None:
    if number is None:
        return None
    of = ticket.messages.filter(pk=number).first()
    if of is None:
        raise Http404
    return of


def _form(request: AgentRequest, ticket: Ticket, of: Message | None) -> RemovingForm:
    return RemovingForm(
        request.POST if request.method == "POST" else None,
        cards=cards_on(ticket, of),
        files=files_on(ticket, of),
        all_of_it=may_remove_all(request.agent),
    )


def _standing(ticket: Ticket, form: RemovingForm) -> Standing:
    if attachment := form.file_asked:
        return where_file_stands(ticket, attachment.file)
    return where_passage_stands(ticket, form.passage_asked)


def _kept(request: HttpRequest, standing: Standing) -> set[int]:
    """Return the messages that were shown, and from which it is not to be removed."""
    shown, ticked = (
        {int(one) for one in request.POST.getlist(name) if one.isdecimal()}
        for name in ("shown", "from")
    )
    return (shown - ticked) & {row.pk for row in standing.messages}


def _removed(
    request: AgentRequest, ticket: Ticket, form: RemovingForm, standing: Standing
) -> HttpResponse:
    attachment = form.file_asked
    removal = Removal(
        agent=request.agent,
        what=form.kind_asked,
        why=form.cleaned_data["why"],
        passage=form.passage_asked,
        file=attachment.file if attachment else None,
        kept=frozenset(_kept(request, standing)) if not attachment else frozenset(),
    )
    try:
        redact(ticket, removal, at=now())
    except NotThere:
        return said(request, ticket, _("It was removed before."))
    return said(request, ticket, _("Removed for good from #{number}.").format(number=ticket.pk))
