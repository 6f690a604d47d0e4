"""Who is told beside the desk: receivers of the team, and what reached nobody."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.lib.paging import page_of
from answerable.notices import actions, queries
from answerable.notices.models import Receiver
from answerable.notices.outcomes import why_words
from answerable.office.notice_forms import ReceiverForm
from answerable.office.pages import administrator_required, frame
from answerable.office.queries.notices import delivery_rows

SIZE = 30


@require_safe
@never_cache
@administrator_required
def notices(request: AgentRequest) -> HttpResponse:
    """List the receivers."""
    context = _frame(request, _("Notices")) | {
        "receivers": queries.receivers(),
        "in_vain": queries.ladders_in_vain(),
    }
    return render(request, "office/notices.html", context)


@sensitive_post_parameters("new_secret", "new_address")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def new(request: AgentRequest) -> HttpResponse:
    """Add a receiver."""
    return _edited(request, None)


@sensitive_post_parameters("new_secret", "new_address")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def receiver(request: AgentRequest, number: int) -> HttpResponse:
    """Show a receiver with what was sent to it, and change it."""
    return _edited(request, _found(number))


@require_POST
@administrator_required
def test(request: AgentRequest, number: int) -> HttpResponse:
    """Send a test at once, and say what was answered."""
    row = actions.try_receiver(_found(number), at=now(), clock=now)
    words = why_words(row.answer)
    if row.state == row.State.DELIVERED:
        said = _("The test was taken. The answer: {words}")
        messages.success(request, said.format(words=words))
    else:
        said = _("The test was not taken. The answer: {words}")
        messages.error(request, said.format(words=words))
    return redirect("office:receiver", number)


@require_POST
@administrator_required
def switch(request: AgentRequest, number: int) -> HttpResponse:
    """Switch a receiver on or off."""
    actions.switch(_found(number), on=request.POST.get("on") == "1", at=now())
    return redirect("office:receiver", number)


@require_POST
@administrator_required
def remove(request: AgentRequest, number: int) -> HttpResponse:
    """Forget a receiver."""
    actions.remove_receiver(_found(number))
    messages.success(request, _("Removed."))
    return redirect("office:notices")


def _edited(request: AgentRequest, known: Receiver | None) -> HttpResponse:
    form = ReceiverForm(known, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        saved = actions.save_receiver(form.entered(), at=now())
        messages.success(request, _("Saved. Send a test to see whether it arrives."))
        return redirect("office:receiver", saved.pk)
    context = _frame(request, known.name if known else _("New receiver")) | {
        "form": form,
        "receiver": known,
        "why_off": why_words(known.off_why) if known else "",
    }
    if known:
        page = page_of(queries.deliveries_of(known), request.GET.get("page", "1"), size=SIZE)
        context |= {"page": page, "rows": delivery_rows(page.rows)}
    return render(request, "office/receiver.html", context, status=422 if form.errors else 200)


def _frame(request: AgentRequest, title: str) -> dict[str, object]:
    return frame(request, title) | {"section": "notices"}


def _found(number: int) -> Receiver:
    found = Receiver.objects.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404
    return found
