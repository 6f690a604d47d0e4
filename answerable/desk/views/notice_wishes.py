"""How one wants to be told: levels, ways, quiet hours, and browsers that take push messages."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.notice_forms import WishForm, level_rows
from answerable.desk.pages import frame_context
from answerable.live.queries import newest_number
from answerable.notices import actions
from answerable.notices.browser_form import BrowserForm, said_in
from answerable.notices.core.levels import Kind
from answerable.notices.models import PushSubscription

WORKER = "desk/push-worker.js"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def wishes(request: AgentRequest) -> HttpResponse:
    """Show how this agent is told, and change it."""
    form = WishForm(request.agent, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.save_wishes(request.agent, form.wanted())
        messages.success(request, _("Saved."))
        return redirect("desk:notice_wishes")
    context = frame_context(request) | {
        "after": newest_number(),
        "view": "notices",
        "form": form,
        "rows": level_rows(form),
        "browsers": PushSubscription.objects.filter(agent=request.agent).order_by("pk"),
        "push_key": actions.keep_key(at=now()).public,
    }
    return render(
        request, "desk/notice_wishes.html", context, status=422 if form.errors else 200
    )


@require_POST
@agent_required
def quieter(request: AgentRequest) -> HttpResponse:
    """Make a kind of notice quieter by one level."""
    kind = request.POST.get("kind", "")
    if kind not in {one.value for one in Kind}:
        return HttpResponseBadRequest()
    actions.make_quieter(request.agent, Kind(kind), at=now())
    messages.success(request, _("They are quieter from now on."))
    return redirect("desk:notice_wishes")


@require_POST
@agent_required
def as_loud(request: AgentRequest) -> HttpResponse:
    """Leave everything as loud as it is, and ask again in a week."""
    actions.keep_as_loud(request.agent, at=now())
    return redirect("desk:notices")


@require_POST
@agent_required
def subscribe(request: AgentRequest) -> HttpResponse:
    """Send push messages to the browser that says how."""
    form = BrowserForm(said_in(request))
    if not form.is_valid():
        return JsonResponse({"why": form.why()}, status=422)
    session = request.session.session_key or ""
    actions.subscribe(request.agent, form.browser(), session, at=now())
    return HttpResponse(status=204)


@require_POST
@agent_required
def unsubscribe(request: AgentRequest, number: int) -> HttpResponse:
    """Send no more push messages to a browser."""
    actions.unsubscribe(request.agent, number)
    messages.success(request, _("This browser gets no more push messages."))
    return redirect("desk:notice_wishes")


@require_safe
@never_cache
@agent_required
def worker(request: AgentRequest) -> HttpResponse:
    """Serve the script that shows push messages, for all pages of the desk."""
    script = Path(str(finders.find(WORKER))).read_text(encoding="utf-8")
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer.headers["Service-Worker-Allowed"] = "/desk/"
    return answer
