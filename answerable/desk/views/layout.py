"""How an agent has the desk: kept when they change it, and as styles of a page."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.layout_forms import LayoutForm
from answerable.routing.actions.laying import keep_layout

YEAR = 31_536_000


@require_POST
@agent_required
def keep(request: AgentRequest) -> HttpResponse:
    """Keep the widths and folds that a page tells; what makes no sense is not kept."""
    form = LayoutForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    told = form.cleaned_data
    keep_layout(
        request.agent,
        list_width=told["list"],
        side_width=told["side"],
        folded=told["folded"],
    )
    return HttpResponse(status=204)


@require_safe
@agent_required
def style(request: AgentRequest) -> HttpResponse:
    """The widths that the address names, as styles: they stand before anything is painted."""
    form = LayoutForm(request.GET)
    form.is_valid()
    widths = {name: form.cleaned_data.get(name) for name in ("list", "side")}
    lines = "".join(f"--{name}-width:{px}px;" for name, px in widths.items() if px)
    answer = HttpResponse(f".desk{{{lines}}}", content_type="text/css; charset=utf-8")
    answer.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    return answer
