"""Who is in a chat: taking one, handing it on, bringing somebody in, leaving and ending it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Agent
from answerable.channels.chat import actions
from answerable.channels.chat.models import Chat
from answerable.desk.chat_forms import RESOLVED, EndForm, InviteForm, TransferForm
from answerable.desk.pages import dialog, said
from answerable.desk.queries.chat import chat_of
from answerable.desk.queries.standing import others_standing
from answerable.desk.words import first_name
from answerable.tickets import actions as tickets


class Go(Protocol):
    """An agent comes into a chat, or goes."""

    def __call__(self, chat: Chat, /, *, agent: Agent, at: datetime) -> Chat: ...


@require_POST
@agent_required
def take(request: AgentRequest, key: str) -> HttpResponse:
    """Let an agent into a chat that waits, or tell them who was faster."""
    try:
        taken = actions.take_chat(chat_of(key), agent=request.agent, at=now())
    except actions.ChatOver:
        return _said(request, key, _over())
    if taken.agent is not None and taken.agent != request.agent:
        name = first_name(taken.agent.name)
        return _said(request, key, _("{name} took this chat.").format(name=name))
    return redirect("desk:chat", key)


@require_POST
@agent_required
def join(request: AgentRequest, key: str) -> HttpResponse:
    """Let somebody who was brought in come."""
    return _go(request, key, actions.join)


@require_POST
@agent_required
def leave(request: AgentRequest, key: str) -> HttpResponse:
    """Let somebody who was brought in go."""
    return _go(request, key, actions.leave)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def transfer(request: AgentRequest, key: str) -> HttpResponse:
    """Ask to whom a chat goes on and why, or hand it on."""
    chat = chat_of(key)
    form = TransferForm(others_standing(request.agent, now()), _posted(request))
    if not form.is_valid():
        return _asked(request, "desk/parts/_chat_transfer.html", chat, form)
    to = form.cleaned_data["to"]
    try:
        actions.transfer(chat, form.onward(), agent=request.agent, at=now())
    except actions.ChatOver:
        return _said(request, key, _over())
    except actions.NotInIt:
        return _said(request, key, _not_in_it())
    if to is None:
        return _said(request, key, _("The chat is back in line."))
    words = _("{name} has the chat now.")
    return _said(request, key, words.format(name=first_name(to.name)))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def invite(request: AgentRequest, key: str) -> HttpResponse:
    """Ask who is brought into a chat and why, or bring them in."""
    chat = chat_of(key)
    form = InviteForm(others_standing(request.agent, now()), _posted(request))
    if not form.is_valid():
        return _asked(request, "desk/parts/_chat_invite.html", chat, form)
    to, sentence = form.cleaned_data["to"], form.cleaned_data["sentence"]
    try:
        actions.invite(chat, agent=request.agent, colleague=to, sentence=sentence, at=now())
    except actions.ChatOver:
        return _said(request, key, _over())
    except actions.NotInIt:
        return _said(request, key, _not_in_it())
    words = _("{name} is asked to come.").format(name=first_name(to.name))
    return _said(request, key, words)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def end(request: AgentRequest, key: str) -> HttpResponse:
    """Ask what becomes of the ticket, or end the chat."""
    chat = chat_of(key)
    form = EndForm(_posted(request))
    if not form.is_valid():
        return _asked(request, "desk/parts/_chat_end.html", chat, form)
    try:
        actions.end_chat(chat, Chat.End.AGENT, agent=request.agent, at=now())
    except actions.ChatOver:
        return _said(request, key, _over())
    if form.cleaned_data["then"] == RESOLVED:
        reason = _("Solved in the chat")
        tickets.resolve(chat.ticket, agent=request.agent, contact=None, reason=reason, at=now())
        return _said(request, key, _("Chat ended, ticket resolved."))
    return _said(request, key, _("Chat ended. The ticket stays open."))


def _go(request: AgentRequest, key: str, act: Go) -> HttpResponse:
    try:
        act(chat_of(key), agent=request.agent, at=now())
    except actions.ChatOver:
        return _said(request, key, _over())
    except actions.NotInIt:
        return _said(request, key, _not_in_it())
    return redirect("desk:chat", key)


def _posted(request: AgentRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _asked(request: AgentRequest, part: str, chat: Chat, form: Form) -> HttpResponse:
    context = {"chat": chat, "ticket": chat.ticket, "form": form}
    return dialog(request, part, context, status=422 if form.errors else 200)


def _said(request: AgentRequest, key: str, words: str) -> HttpResponse:
    answer = said(request, None, words)
    return redirect("desk:chat", key) if answer.status_code == 302 else answer


def _over() -> str:
    return _("The chat has ended already.")


def _not_in_it() -> str:
    return _("You are not in this chat any more.")
