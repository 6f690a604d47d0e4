"""A missed promise: what was said of it, an excuse, a decision on an appeal, a comment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.miss_forms import (
    UPHOLD,
    AppealForm,
    CommentForm,
    ExcuseForm,
    PostMortemForm,
)
from answerable.desk.pages import dialog, found, said
from answerable.desk.queries.misses import MissView, miss_of
from answerable.sla import actions
from answerable.sla.models import Clock, PostMortem
from answerable.tickets.models import Message, Ticket


@require_safe
@never_cache
@agent_required
def miss(request: AgentRequest, number: int, clock: int) -> HttpResponse:
    return _shown(request, found(request, number), clock)


@require_POST
@agent_required
def excuse(request: AgentRequest, number: int, clock: int) -> HttpResponse:
    """Record an exception of the plan for a miss."""
    ticket = found(request, number)
    view = _miss(request, ticket, clock)
    form = ExcuseForm(view.rules, view.messages, request.POST)
    if not form.is_valid():
        return _shown(request, ticket, clock, excuse_form=form)
    try:
        _excuse(request, view.said.clock, form.cleaned_data)
    except actions.NotYours as refused:
        raise PermissionDenied from refused
    except (actions.AlreadyExcused, actions.NotMissed):
        form.add_error(None, _("This was decided meanwhile. Look at it again."))
        return _shown(request, ticket, clock, excuse_form=form)
    return said(request, ticket, _("Excused the miss on #{number}.").format(number=number))


@require_POST
@agent_required
def decide(request: AgentRequest, number: int, clock: int) -> HttpResponse:
    """Decide on the customer's objection to an excuse."""
    ticket = found(request, number)
    view = _miss(request, ticket, clock)
    form = AppealForm(request.POST)
    if view.said.appeal is None or not form.is_valid():
        return _shown(request, ticket, clock, appeal_form=form)
    try:
        actions.decide_appeal(
            view.said.appeal,
            agent=request.agent,
            upheld=form.cleaned_data["decision"] == UPHOLD,
            answer=form.cleaned_data["answer"],
            at=now(),
        )
    except actions.NotYours as refused:
        raise PermissionDenied from refused
    except actions.NoAppeal:
        form.add_error(None, _("This was decided meanwhile. Look at it again."))
        return _shown(request, ticket, clock, appeal_form=form)
    return said(request, ticket, _("Decided the appeal on #{number}.").format(number=number))


@require_POST
@agent_required
def comment(request: AgentRequest, number: int, clock: int) -> HttpResponse:
    """Say what the customer reads about a miss in the report."""
    ticket = found(request, number)
    view = _miss(request, ticket, clock)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _shown(request, ticket, clock, comment_form=form)
    words = form.cleaned_data["words"]
    actions.comment_on_miss(view.said.clock, words=words, agent=request.agent, at=now())
    return said(request, ticket, _("Commented on the miss of #{number}.").format(number=number))


@require_POST
@agent_required
def post_mortem(request: AgentRequest, number: int, clock: int) -> HttpResponse:
    """Say what a miss taught us, or hand that on to somebody else."""
    ticket = found(request, number)
    asked = _miss(request, ticket, clock).post_mortem
    if asked is None:
        raise Http404
    form = PostMortemForm(request.POST, owner=asked.owner)
    if not form.is_valid():
        return _shown(request, ticket, clock, post_mortem_form=form)
    try:
        words = _post_mortem(request, asked, form)
    except actions.DoneBefore:
        form.add_error(None, _("This was decided meanwhile. Look at it again."))
        return _shown(request, ticket, clock, post_mortem_form=form)
    return said(request, ticket, words.format(number=number))


def _post_mortem(request: AgentRequest, asked: PostMortem, form: PostMortemForm) -> str:
    if "hand" in request.POST:
        to = form.cleaned_data["owner"]
        actions.hand_post_mortem(asked, to=to, agent=request.agent, at=now())
        return _("Handed the post-mortem of #{number} on.")
    learnt = form.cleaned_data["learnt"]
    actions.write_post_mortem(asked, learnt=learnt, agent=request.agent, at=now())
    return _("Wrote the post-mortem of #{number}.")


def _excuse(request: AgentRequest, clock: Clock, said: dict[str, Any]) -> None:
    shown_by = Message.objects.filter(ticket=clock.ticket_id, pk=said["message"] or 0)
    actions.excuse_miss(
        clock,
        code=said["code"],
        words=said["words"],
        evidence=said["evidence"],
        message=shown_by.first(),
        agent=request.agent,
        at=now(),
    )


def _miss(request: AgentRequest, ticket: Ticket, clock: int) -> MissView:
    try:
        return miss_of(ticket, clock, request.agent)
    except Clock.DoesNotExist as missing:
        raise Http404 from missing


def _shown(
    request: AgentRequest, ticket: Ticket, clock: int, **filled: forms.Form
) -> HttpResponse:
    view = _miss(request, ticket, clock)
    context = {
        "ticket": ticket,
        "miss": view,
        "excuse_form": ExcuseForm(view.rules, view.messages),
        "appeal_form": AppealForm(),
        "comment_form": CommentForm(),
        "post_mortem_form": _asked_form(view),
        "form": next(iter(filled.values()), None),
        **filled,
    }
    status = 422 if filled else 200
    return dialog(request, "desk/parts/_miss.html", context, status=status)


def _asked_form(view: MissView) -> PostMortemForm | None:
    asked = view.post_mortem
    return PostMortemForm(owner=asked.owner) if asked and not asked.done_at else None
