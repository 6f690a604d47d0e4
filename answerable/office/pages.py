"""What every view of the office does alike: who may come in, and the context of its pages."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.functional import Promise

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Agent
from answerable.entitlements.models import Plan, PlanDraft
from answerable.office.queries.plans import draft_of

administrator_required = agent_required(role=Agent.Role.ADMINISTRATOR)
NO_STORE = "no-store"


def found_plan(key: str) -> Plan:
    """Return the plan of an address, or the page that says there is none."""
    try:
        return Plan.objects.get(key=key)
    except Plan.DoesNotExist as missing:
        raise Http404 from missing


def found_draft(request: AgentRequest, key: str) -> PlanDraft:
    """Return the reader's draft of a plan, or the page that says there is none."""
    draft = draft_of(key, request.agent)
    if draft is None:
        raise Http404
    return draft


def frame(request: AgentRequest, title: Promise | str) -> dict[str, object]:
    """Return what the frame of every page needs."""
    return {"agent": request.agent, "title": title}


def ledger_frame(request: AgentRequest, title: Promise | str) -> dict[str, object]:
    """Return what the frame of the pages about mail that came needs."""
    return frame(request, title) | {"section": "ledger"}


def toml_file(text: str, name: str) -> HttpResponse:
    """Return a plan's text as a file to keep."""
    answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.toml"'
    answer.headers["Cache-Control"] = NO_STORE
    return answer
