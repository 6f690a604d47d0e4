"""What an agent says, edits and takes back in a chat, and what its page hears."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.accounts.access import agent_of
from answerable.accounts.guards import AgentRequest, agent_required, lacks_second_factor
from answerable.channels.chat import actions
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.channels.chat.streaming import chat_stream
from answerable.desk.composing import staged_in
from answerable.desk.queries.chat import address_in, chat_of, entries_data, is_inside
from answerable.desk.views.chats import chats_context
from answerable.files.taking import take as take_files
from answerable.lib.pages import wants_part
from answerable.live.streaming import connection_given_back
from answerable.macros.actions import do_acts
from answerable.tickets.actions import LONGEST, Empty, TooLong
from answerable.tickets.places import owner_of, place_of

LONGEST_TOKEN = 64


@require_POST
@agent_required
def say(request: AgentRequest, key: str) -> HttpResponse:
    """Add a line to a chat. The same token again is answered with the line that is there."""
    chat, at = chat_of(key), now()
    files = take_files(
        request, owner_of(request.agent), place_of(chat.ticket_id, "reply"), at=at
    )
    if files.problems:
        return _refused(request, chat, " ".join(files.problems))
    line = actions.Line(
        body=request.POST.get("reply", ""),
        token=_token(request),
        agent=request.agent,
        files=files.waiting,
    )
    is_new = not chat.entries.filter(token=line.token).exists()
    try:
        entry = actions.say(chat, line, at=at)
    except actions.ChatOver:
        return _refused(request, chat, _("Not sent: the chat has ended."), status=409)
    except Empty:
        return _refused(request, chat, _("Enter a message"))
    except TooLong:
        return _refused(request, chat, _too_long())
    if is_new:
        _do_staged(request, chat)
    return _answered(request, chat, entry)


def _do_staged(request: AgentRequest, chat: Chat) -> None:
    """Do what its writer staged with a line."""
    acts, macros = staged_in(request.POST)
    if not (acts or macros):
        return
    do_acts(chat.ticket, acts, macros, agent=request.agent, at=now())


@require_POST
@agent_required
def change(request: AgentRequest, key: str) -> HttpResponse:
    """Let a line of this agent read otherwise, or take it back where nothing stands in it."""
    chat, line, body = chat_of(key), _number(request, "of"), request.POST.get("body", "")
    try:
        if body.strip():
            entry = actions.edit(chat, line, body, writer=request.agent, at=now())
        else:
            entry = actions.unsay(chat, line, writer=request.agent, at=now())
    except actions.TooLate:
        return _refused(request, chat, _("It was said more than a minute ago, and stays."))
    except actions.OnlyAnswer:
        words = _("It is the only answer so far. Edit it, or write another one first.")
        return _refused(request, chat, words)
    except (actions.NotTheirs, actions.ChatOver):
        return _refused(request, chat, _("This message cannot be changed any more."))
    except TooLong:
        return _refused(request, chat, _too_long())
    return _answered(request, chat, entry)


@require_POST
@agent_required
def typing(request: AgentRequest, key: str) -> HttpResponse:
    """Tell the customer that their specialist types; nobody else in the chat does."""
    chat = chat_of(key)
    if is_inside(chat, request.agent):
        actions.type_in(chat, request.agent, Chat.Side.AGENT)
    return HttpResponse(status=204)


@require_POST
@agent_required
def seen(request: AgentRequest, key: str) -> HttpResponse:
    """Note up to which number the agent who answers has seen it."""
    chat = chat_of(key)
    if chat.agent_id == request.agent.pk:
        actions.see(chat, Chat.Side.AGENT, _number(request, "seq"))
    return HttpResponse(status=204)


async def stream(request: HttpRequest, key: str) -> HttpResponseBase:
    """The stream of a chat, for as long as its reader is an agent who is signed in."""
    ask = partial(_may_listen, request)
    chat = await sync_to_async(_opened)(ask, key)
    if chat is None:
        return HttpResponse(status=404)
    return chat_stream(request, chat, Chat.Side.AGENT, ask, address_in(chat))


def _opened(ask: Callable[[], bool], key: str) -> Chat | None:
    with connection_given_back():
        return Chat.objects.filter(key=key).first() if ask() else None


def _may_listen(request: HttpRequest) -> bool:
    """Ask anew who this is: a session or a right that has ended ends the stream."""
    if not request.session.exists(request.session.session_key or ""):
        return False
    agent = agent_of(get_user(request))
    return agent is not None and not lacks_second_factor(agent)


def _too_long() -> str:
    words = _("The message must be {count} characters or fewer")
    return words.format(count=number_format(LONGEST, force_grouping=True))


def _token(request: AgentRequest) -> str:
    """Return what the page calls the line; a plain form's line has a name of its own."""
    return request.POST.get("token", "")[:LONGEST_TOKEN] or secrets.token_urlsafe(16)


def _number(request: AgentRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _answered(request: AgentRequest, chat: Chat, entry: ChatEntry) -> HttpResponse:
    if not wants_part(request):
        return redirect("desk:chat", chat.key)
    return JsonResponse(entries_data(chat, [entry])[0])


def _refused(request: AgentRequest, chat: Chat, words: str, status: int = 422) -> HttpResponse:
    """Say why a line was not taken; the text stays where it was typed."""
    if wants_part(request):
        return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    typed = request.POST.get("reply", "")
    context = chats_context(request, chat, problem=words, typed=typed)
    return render(request, "desk/chats.html", context, status=status)
