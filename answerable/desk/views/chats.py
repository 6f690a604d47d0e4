"""The column of an agent's chats, and one of them beside it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.channels.chat.models import Chat
from answerable.desk.pages import found, frame_context, ticket_context
from answerable.desk.queries.chat import chat_data, chat_of, chat_page, notes_data
from answerable.desk.queries.chats import chats_list, next_chat, waiting_count
from answerable.lib.pages import wants_part
from answerable.live.queries import newest_number


@require_safe
@never_cache
@agent_required
def chats(request: AgentRequest) -> HttpResponse:
    return render(request, "desk/chats.html", chats_context(request, None))


@require_safe
@never_cache
@agent_required
def rows(request: AgentRequest) -> HttpResponse:
    """The column alone, for a page that shows the chat named in `open`."""
    opened = (
        Chat.objects.select_related("ticket").filter(key=request.GET.get("open", "")).first()
    )
    context = column(request, opened) | {"agent": request.agent}
    return render(request, "desk/parts/_chats_rows.html", context)


@require_safe
@never_cache
@agent_required
def count(request: AgentRequest) -> HttpResponse:
    """In how many chats somebody waits for this agent, for the rail of every page."""
    waiting = waiting_count(request.agent)
    return JsonResponse({"count": waiting.count, "label": waiting.label})


@require_safe
@never_cache
@agent_required
def next_one(request: AgentRequest) -> HttpResponse:
    """Lead to the chat that has waited longest for this agent."""
    chat = next_chat(request.agent, request.GET.get("after", ""))
    if chat is None:
        text = _("Nobody waits for you in a chat.")
        if wants_part(request):
            return HttpResponse(text, status=404, content_type="text/plain; charset=utf-8")
        messages.info(request, text)
        return redirect("desk:chats")
    return redirect("desk:chat_pane" if wants_part(request) else "desk:chat", chat.key)


@require_safe
@never_cache
@agent_required
def chat(request: AgentRequest, key: str) -> HttpResponse:
    return render(request, "desk/chats.html", chats_context(request, chat_of(key)))


@require_safe
@never_cache
@agent_required
def pane(request: AgentRequest, key: str) -> HttpResponse:
    """The chat and its customer, for a page that has the column already."""
    context = chat_context(request, chat_of(key))
    return render(request, "desk/parts/_chat_pane.html", context)


@require_safe
@never_cache
@agent_required
def parts(request: AgentRequest, key: str) -> HttpResponse:
    """Every part of a chat that can change but its lines, which come by its stream."""
    shown = chat_of(key)
    context = chat_context(request, shown, data={"notes": notes_data(shown)})
    return render(request, "desk/parts/_chat_parts.html", context)


def chats_context(request: AgentRequest, opened: Chat | None, **more: Any) -> dict[str, Any]:
    """Return the context of the page of chats. The number is read before what it counts."""
    context = frame_context(request) | column(request, opened) | {"view": "chats"}
    if opened:
        context |= chat_context(request, opened)
    return context | more


def column(request: AgentRequest, opened: Chat | None) -> dict[str, Any]:
    """Return what the column shows, and the number of the last change that it knows of."""
    zone = timezone.get_current_timezone()
    after = newest_number()
    shown = chats_list(request.agent, at=timezone.now(), zone=zone, opened=opened)
    return {"after": after, "chats": shown}


def chat_context(
    request: AgentRequest, chat: Chat, data: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return the context of a chat: its ticket's page, and what its script begins with."""
    ticket = found(request, chat.ticket_id)
    ticket.has_chats = False  # type: ignore[attr-defined]  # No timeline is shown beside it.
    context = ticket_context(request, ticket, "chats")
    page = chat_page(chat, request.agent, timezone.get_current_timezone())
    return context | {"chat": page, "data": data or chat_data(chat, request.agent)}
