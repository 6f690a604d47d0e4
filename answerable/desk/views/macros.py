"""Macros: the list while one writes, and the pages on which they are written."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.macro_forms import MacroForm
from answerable.desk.pages import found, frame_context
from answerable.desk.queries.macros import (
    changeable_by,
    macro_rows,
    offered_on,
    text_languages,
)
from answerable.lib.markdown import as_html
from answerable.macros import actions
from answerable.macros.core.gaps import filled
from answerable.macros.models import Macro

# What a preview fills in: somebody whom every installation can imagine.
EXAMPLE = {
    "person": "Dana",
    "customer": "Nordwind",
    "product": "Service",
    "ticket.number": "4821",
    "ticket.subject": "Exports fail",
    "ticket.due": "14:10",
}


@require_safe
@never_cache
@agent_required
def offered(request: AgentRequest, number: int) -> HttpResponse:
    """The macros for a ticket, best first, with what is known of it filled in."""
    ticket = found(request, number)
    return JsonResponse({"macros": offered_on(ticket, request.agent, now())})


@require_safe
@never_cache
@agent_required
def macros(request: AgentRequest) -> HttpResponse:
    """List the macros that this agent may use."""
    context = frame_context(request) | {"rows": macro_rows(request.agent), "view": "macros"}
    return render(request, "desk/macros.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def new(request: AgentRequest) -> HttpResponse:
    """Write another macro."""
    return _entered(request, Macro(), _("New macro"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def one(request: AgentRequest, number: int) -> HttpResponse:
    """Change a macro."""
    macro = _mine(request, number)
    return _entered(request, macro, macro.name)


@require_POST
@agent_required
def retire(request: AgentRequest, number: int) -> HttpResponse:
    """Offer a macro no more."""
    macro = _mine(request, number)
    actions.retire_macro(macro, agent=request.agent, at=now())
    messages.success(request, _("{name} is retired.").format(name=macro.name))
    return redirect("desk:macros")


@require_POST
@agent_required
def preview(request: AgentRequest) -> HttpResponse:
    """What a macro says to somebody, with its gaps filled, in each language that has words."""
    known = EXAMPLE | {"agent": request.agent.name.split(" ")[0]}
    typed = [
        (name.removeprefix("body_"), text)
        for name, text in request.POST.items()
        if name.startswith("body_") and isinstance(text, str) and text.strip()
    ]
    texts = [(code, as_html(filled(text[:8000], known))) for code, text in typed]
    return render(request, "desk/parts/_macro_preview.html", {"texts": texts})


def _entered(request: AgentRequest, macro: Macro, title: str) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = MacroForm(macro, request.agent, text_languages(macro), data)
    if form.is_valid():
        try:
            actions.save_macro(form.entered(), form.wording(), agent=request.agent, at=now())
        except actions.NameTaken:
            form.add_error("name", _("There is a macro with this name. Enter another."))
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:macros")
    context = frame_context(request) | {"view": "macros"}
    context |= {"form": form, "macro": macro, "title": title}
    return render(request, "desk/macro.html", context, status=422 if form.errors else 200)


def _mine(request: AgentRequest, number: int) -> Macro:
    found_one = (
        changeable_by(request.agent).filter(pk=number).first() if number < 2**63 else None
    )
    if found_one is None:
        raise Http404
    return found_one
