"""What an agent says, edits and takes back in a chat, and what its page hears."""

from __future__ import annotations

import secrets
from functools import partial

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.accounts.access import agent_of
from answerable.accounts.guards import AgentRequest, agent_required, lacks_second_factor
from answerable.channels.chat import actions, asked
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.channels.chat.streaming import found_stream
from answerable.desk.composing import staged_in
from answerable.desk.queries.chat import address_in, chat_of, entries_data, is_inside
from answerable.desk.views.chats import chats_context
from answerable.files.taking import take as take_files
from answerable.lib.pages import wants_part
from answerable.lib.sessions import user_by_now
from answerable.macros.actions import do_acts
from answerable.tickets.actions import Empty, TooLong
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
    staged = staged_in(request.POST)
    # What its writer staged is done once, as the line is said once.
    does = any(staged) and not chat.entries.filter(token=line.token).exists()
    try:
        entry = actions.say(chat, line, at=at)
    except actions.ChatOver:
        return _refused(request, chat, _("Not sent: the chat has ended."), status=409)
    except Empty:
        return _refused(request, chat, _("Enter a message"))
    except TooLong:
        return _refused(request, chat, asked.too_long())
    if does:
        do_acts(chat.ticket, *staged, agent=request.agent, at=now())
    return _answered(request, chat, entry)


@require_POST
@agent_required
def change(request: AgentRequest, key: str) -> HttpResponse:
    """Let a line of this agent read otherwise, or take it back where nothing stands in it."""
    chat, posted = chat_of(key), request.POST
    of, body = posted.get("of", ""), posted.get("body", "")
    done = asked.change(chat, of, body, writer=request.agent, at=now())
    if isinstance(done, str):
        return _refused(request, chat, done)
    return _answered(request, chat, done)


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
        actions.see(chat, Chat.Side.AGENT, asked.number(request.POST.get("seq", "")), at=now())
    return HttpResponse(status=204)


async def stream(request: HttpRequest, key: str) -> HttpResponseBase:
    """The stream of a chat, for as long as its reader is an agent who is signed in."""
    find = partial(_listened, request, key)
    return await found_stream(request, find, Chat.Side.AGENT, address_in)


def _listened(request: HttpRequest, key: str) -> Chat | None:
    agent = agent_of(user_by_now(request))
    if agent is None or lacks_second_factor(agent):
        return None
    return Chat.objects.filter(key=key).first()


def _token(request: AgentRequest) -> str:
    """Return what the page calls the line; a plain form's line has a name of its own."""
    return request.POST.get("token", "")[:LONGEST_TOKEN] or secrets.token_urlsafe(16)


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
