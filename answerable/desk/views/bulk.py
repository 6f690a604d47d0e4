"""Doing one thing to many tickets: those that were selected, or all that a view has."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import get_current_timezone, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.bulk_forms import FORMS, BulkForm
from answerable.desk.bulk_words import done_words, outcome, title, too_many_words
from answerable.desk.pages import CHANGED, dialog, known_view, said, trigger
from answerable.desk.queries.bulk_resolve import resolve_preview
from answerable.desk.undo_words import undo_address
from answerable.routing.actions.bulking import AT_ONCE, MOST, Order, begin_bulk, go_on
from answerable.routing.jobs import defer_bulk
from answerable.routing.models import Bulk
from answerable.routing.queries import numbers_in
from answerable.routing.views import asker_of
from answerable.tickets.models import Ticket, TicketEvent

LONGEST_NUMBER = 18


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def bulk(request: AgentRequest, view: str, act: str) -> HttpResponse:
    """Ask what shall be done to the tickets of the address, or do it."""
    if act not in FORMS:
        raise Http404
    numbers = _numbers(request, view)
    form = FORMS[act](request.POST if request.method == "POST" else None)
    if not form.is_valid() or not 0 < len(numbers) <= MOST:
        return _asked(request, view, act, form, numbers)
    since = request.POST.get("since", "")
    order = Order(
        act,
        _facts(act, form, numbers),
        numbers,
        int(since) if since.isdecimal() and len(since) <= LONGEST_NUMBER else 0,
        done_words(act, len(numbers)),
    )
    begun = begin_bulk(order, agent=request.agent, at=now())
    if not go_on(begun, at=now(), most=AT_ONCE):
        defer_bulk(begun.pk)
        answer = render(request, "desk/parts/_bulk.html", _progress(begun))
        return trigger(answer, CHANGED)
    return _said(request, begun)


@require_safe
@never_cache
@agent_required
def progress(request: AgentRequest, number: int) -> HttpResponse:
    """How far something is that is done to many tickets."""
    found = get_object_or_404(Bulk, pk=number, agent=request.agent)
    if found.ended_at:
        return _said(request, found)
    return render(request, "desk/parts/_bulk.html", _progress(found))


def _numbers(request: AgentRequest, view: str) -> Sequence[int]:
    """Return the tickets of the address: those it names, or all that the view has."""
    if "all" in request.GET:
        seen = known_view(request, view)
        asker = asker_of(request.agent, get_current_timezone(), now())
        return numbers_in(seen, asker)
    named = request.GET.get("numbers", "").split(",")
    wanted = [int(number) for number in named if _is_number(number)]
    return sorted(Ticket.objects.filter(pk__in=wanted).values_list("pk", flat=True))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


def _facts(act: str, form: BulkForm, numbers: Sequence[int]) -> dict[str, object]:
    return {"into": min(numbers)} if act == "merge" else form.facts()


def _asked(
    request: AgentRequest, view: str, act: str, form: BulkForm, numbers: Sequence[int]
) -> HttpResponse:
    count = len(numbers)
    newest = TicketEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
    context = {
        "form": form,
        "view": view,
        "title": title(act, count),
        "count": count,
        "too_many": too_many_words(count, MOST) if count > MOST else "",
        "act": act,
        "address": f"{reverse('desk:bulk', args=[view, act])}?{request.META['QUERY_STRING']}",
        "since": request.POST.get("since") or newest or 0,
    }
    if act == "resolve" and 0 < count <= MOST:
        context["preview"] = resolve_preview(numbers, now(), get_current_timezone())
    is_asked = request.method == "POST" and count > MOST
    status = 422 if form.errors or is_asked else 200
    return dialog(request, "desk/parts/_bulk_form.html", context, status=status)


def _progress(found: Bulk) -> dict[str, object]:
    return {"bulk": found, "words": outcome(found)}


def _said(request: AgentRequest, found: Bulk) -> HttpResponse:
    undo = undo_address(found.undo) if found.undo else ""
    shows = reverse("desk:ticket", args=[found.kept[0]]) if found.kept else ""
    return said(request, None, outcome(found), undo=undo, shows=shows)
