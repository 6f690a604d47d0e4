"""Signatures: an agent's own, and those of teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Agent
from answerable.accounts.preferences.actions import choose_undo
from answerable.channels.email.actions.signing import keep_signatures
from answerable.channels.email.core.filling import filled, unknown_gaps
from answerable.channels.email.models import Signature
from answerable.channels.email.texts import GAPS, SIGNATURE
from answerable.desk.pages import frame_context
from answerable.desk.signature_forms import BODY, LONGEST, SignatureForm
from answerable.desk.undo_forms import UndoForm, chosen_by
from answerable.lib.markdown import as_html
from answerable.macros.queries import spoken_languages
from answerable.routing.models import Team

MINE, TEAM = "mine", "team-"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose signatures are shown: by which word of an address, and under which name."""

    key: str
    name: str
    owner: Agent | str
    languages: Sequence[str] = ()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def signatures(request: AgentRequest) -> HttpResponse:
    """List whose signatures this agent may change, with the languages that each has, and keep
    for how long they can take back what they send."""
    posted = request.POST if request.method == "POST" else None
    form = UndoForm(posted, initial={"seconds": chosen_by(request.agent)})
    if form.is_valid():
        choose_undo(request.agent, form.cleaned_data["seconds"])
        messages.success(request, _("Saved."))
        return redirect("desk:signatures")
    has: dict[Agent | str, list[str]] = {}
    for one in Signature.objects.select_related("agent").order_by("language", "pk"):
        has.setdefault(one.agent or one.team, []).append(one.language)
    rows = [
        (one, [code or _("every language") for code in has.get(one.owner, ())])
        for one in _theirs(request.agent)
    ]
    context = frame_context(request) | {"rows": rows, "form": form, "view": "signatures"}
    status = 422 if form.errors else 200
    return render(request, "desk/account/signatures.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def one(request: AgentRequest, whose: str) -> HttpResponse:
    """Change the signatures of an agent or a team."""
    chosen = next((one for one in _theirs(request.agent) if one.key == whose), None)
    if chosen is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = SignatureForm(_languages(), _has(chosen.owner), posted)
    if form.is_valid():
        keep_signatures(form.bodies(), of=chosen.owner, agent=request.agent, at=now())
        messages.success(request, _("Saved."))
        return redirect("desk:signatures")
    context = frame_context(request) | {"form": form, "whose": chosen, "view": "signatures"}
    status = 422 if form.errors else 200
    return render(request, "desk/account/signature.html", context, status=status)


@require_POST
@agent_required
def preview(request: AgentRequest) -> HttpResponse:
    """How signatures look below a reply, with their gaps filled."""
    agent = request.agent
    known = {"agent": agent.name, "title": agent.title, "vendor": settings.ANSWERABLE_VENDOR}
    typed = [
        (name.removeprefix(BODY), text[:LONGEST])
        for name, text in request.POST.items()
        if name.startswith(BODY) and isinstance(text, str) and text.strip()
    ]
    texts = [(code, as_html(_filled(text, known))) for code, text in typed]
    return render(request, "desk/account/_signature_preview.html", {"texts": texts})


def _filled(text: str, known: Mapping[str, str]) -> str:
    return text if unknown_gaps(text, GAPS[SIGNATURE]) else filled(text, known)


def _theirs(agent: Agent) -> list[Whose]:
    """Return whose signatures an agent may change: their own; leads those of teams, too."""
    own = [Whose(MINE, _("My signature"), agent)]
    if agent.role == Agent.Role.AGENT:
        return own
    teams = Team.objects.order_by("name")
    return own + [Whose(f"{TEAM}{team.key}", team.name, team.key) for team in teams]


def _has(owner: Agent | str) -> dict[str, str]:
    kept = (
        Signature.objects.filter(agent=owner)
        if isinstance(owner, Agent)
        else Signature.objects.filter(agent=None, team=owner)
    )
    return dict(kept.values_list("language", "body"))


def _languages() -> list[str]:
    """Return every language in one text, then ours and those of customers."""
    ours = [code for code, _name in settings.LANGUAGES]
    return list(dict.fromkeys(["", *ours, *spoken_languages()]))
