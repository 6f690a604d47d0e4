"""Having many mails read once more: what it would concern, and how far it is."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.channels.email.actions import deciding
from answerable.channels.email.ledger import REPLAYABLE, found, progress_of, sought
from answerable.channels.email.models import Replay
from answerable.lib.pages import page_or_part
from answerable.office.pages import administrator_required, ledger_frame
from answerable.office.views.ledger import address_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def begin(request: AgentRequest) -> HttpResponse:
    """Ask whether all that is looked for should be read again, then begin."""
    asked = sought(request.GET.dict())
    mails = found(asked, get_current_timezone()).filter(state__in=REPLAYABLE)
    count = mails.count()
    if request.method == "POST" and count:
        replay = deciding.begin_replay(asked, agent=request.agent, total=count, at=now())
        return redirect("office:replay", replay.pk)
    context = ledger_frame(request, _("Read again")) | {
        "count": count,
        "asked": asked,
        "back": address_of(asked),
    }
    return render(request, "office/replay_begin.html", context)


@require_safe
@never_cache
@administrator_required
def replay(request: AgentRequest, number: int) -> HttpResponse:
    """Show how far a replay is; the part of it that changes fetches itself."""
    found_one = Replay.objects.select_related("asked_by").filter(pk=number).first()
    if found_one is None:
        raise Http404
    context = ledger_frame(request, _("Mails are read again")) | {
        "progress": progress_of(found_one)
    }
    return page_or_part(request, "office/replay.html", "office/parts/_progress.html", context)
