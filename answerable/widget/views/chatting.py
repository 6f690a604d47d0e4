"""A person's chat in the panel: begun, followed, written in, and ended."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import cast
from uuid import uuid4

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _

from answerable.channels.chat.actions import ChatOver, end_chat, mail_copy
from answerable.channels.chat.models import Chat
from answerable.channels.chat.streaming import chat_stream
from answerable.entitlements.core.chat_policy import CUSTOMER
from answerable.files import capability
from answerable.intake import chats
from answerable.intake.asked import asked_in
from answerable.intake.channels import Channels, channels_for
from answerable.intake.chats import ChatForm, LineForm, chat_of, open_chat_of
from answerable.intake.chatting import CHAT
from answerable.intake.shown.panel import panel_of
from answerable.live.streaming import connection_given_back
from answerable.tickets.places import place_of
from answerable.widget import served
from answerable.widget.attaching import left_out, taken
from answerable.widget.guards import (
    WidgetRequest,
    contact_required,
    for_widgets,
    person_of,
    widget_reader,
)
from answerable.widget.visiting import keep_story


@for_widgets("POST")
@contact_required
def chat(request: WidgetRequest) -> HttpResponse:
    """Show the chat that a person is in, or the one that is named; else begin one.

    What they had asked is what it begins with. With nothing asked, there is a form.
    """
    person, key = person_of(request), request.POST.get("key", "")
    found = chat_of(person, key) if key else open_chat_of(person)
    if found or key:
        return _page(request, found)
    if request.POST.get("body", "").strip():
        return _begin(request)
    return _start(request, ChatForm(initial={"submission": uuid4().hex}), _channels(request))


@for_widgets("POST")
@contact_required
def begin(request: WidgetRequest) -> HttpResponse:
    """Begin a chat with what the form says, once."""
    return _begin(request)


def _begin(request: WidgetRequest) -> HttpResponse:
    channels, form = _channels(request), ChatForm(request.POST)
    person = person_of(request)
    is_in = open_chat_of(person)
    if is_in is None and not (form.is_valid() and chats.may_begin(channels)):
        return _start(request, form, channels)
    begun = is_in or chats.begin(person, form, channels, at=now())
    if begun is None:
        return _start(request, form, _channels(request))
    keep_story(request, begun.ticket)
    return _page(request, begun, begun=True)


@for_widgets("POST")
@contact_required
def say(request: WidgetRequest) -> HttpResponse:
    """Say something, once; its page is told under which number."""
    person, found = person_of(request), _named(request)
    if found is None:
        return JsonResponse({}, status=404)
    form = LineForm(request.POST)
    files = taken(request, person, place_of(found.ticket_id, "answer"), form)
    if not form.says(files):
        return JsonResponse({"problem": form.problem}, status=422)
    told = chats.say_once(found, form, files, address=address, at=now())
    left_out(files)  # What came once more with a line that is there already.
    return JsonResponse(told)


@for_widgets("POST")
@contact_required
def change(request: WidgetRequest) -> HttpResponse:
    """Let a line of this person's read otherwise, or take it back where nothing is said."""
    found, asked = _named(request), request.POST
    if found is None:
        return JsonResponse({}, status=404)
    told = chats.change(found, asked.get("of", ""), asked.get("body", ""), at=now())
    return JsonResponse(told, status=422 if "problem" in told else 200)


@for_widgets("POST")
@contact_required
def end(request: WidgetRequest) -> HttpResponse:
    """End the chat. Its page hears of it as of everything else in it."""
    found = _named(request)
    if found is None:
        return JsonResponse({}, status=404)
    with suppress(ChatOver):
        end_chat(found, Chat.End.CONTACT, at=now())
    return JsonResponse({})


@for_widgets("POST")
@contact_required
def seen(request: WidgetRequest) -> HttpResponse:
    """Note up to which entry somebody has seen their chat."""
    found = _named(request)
    if found:
        chats.has_seen(found, request.POST.get("seq", ""), at=now())
    return JsonResponse({}, status=200 if found else 404)


@for_widgets("POST")
@contact_required
def typing(request: WidgetRequest) -> HttpResponse:
    """Tell our side that somebody types."""
    found = _named(request)
    if found:
        chats.types(found, request.POST.get("text", ""))
    return JsonResponse({}, status=200 if found else 404)


@for_widgets("POST")
@contact_required
def copy(request: WidgetRequest) -> HttpResponse:
    """Mail somebody what was said in their chat."""
    found = _named(request)
    if found is None:
        return render(request, "widget/missing.html", status=404)
    mail_copy(found, to=CUSTOMER, at=now())
    says = _("A copy goes to {address}.").format(address=found.contact.email)
    return render(request, "widget/_chat_said.html", {"says": says})


@for_widgets("POST")
@contact_required
def over(request: WidgetRequest) -> HttpResponse:
    """Show what stands below a chat that is over."""
    found = _named(request)
    if found is None:
        return render(request, "widget/missing.html", status=404)
    return render(request, "widget/_chat_over.html", chats.after(found))


@for_widgets("POST")
@contact_required
def solved(request: WidgetRequest) -> HttpResponse:
    """Keep what a person says of whether their problem is solved."""
    found = _named(request)
    if found is None:
        return render(request, "widget/missing.html", status=404)
    says = chats.say_solved(found, yes=bool(request.POST.get("solved")), at=now())
    return render(request, "widget/_chat_said.html", {"says": says})


@for_widgets("GET")
@contact_required
def stream(request: WidgetRequest, key: str) -> HttpResponse:
    """Open the stream of a person's own chat."""
    with connection_given_back():
        found = chat_of(person_of(request), key)
    if found is None:
        return HttpResponse(status=404)
    may = partial(_may_listen, request, found.contact_id)
    # The guards give an answer its headers, whether it is whole or told bit by bit.
    return cast(HttpResponse, chat_stream(request, found, chats.SIDE, may, address))


def page_of(request: WidgetRequest, found: Chat, *, begun: bool = False) -> HttpResponse:
    """Return the view of a chat."""
    context = chats.shown(found, address, at=now()) | chats.after(found)
    panel = panel_of(found.ticket, now(), get_current_timezone())
    context |= {"panel": panel, "script": served.chat().name, "begun": begun}
    return render(request, "widget/chat.html", context)


def address(number: int) -> str:
    """Return the address of a file for whoever may read it, without cookies of ours."""
    found = capability.address("file", number, name=str(number))
    return found if "://" in found else f"{settings.ANSWERABLE_URL}{found}"


def _page(request: WidgetRequest, found: Chat | None, *, begun: bool = False) -> HttpResponse:
    if found is None:
        return render(request, "widget/missing.html", status=404)
    return page_of(request, found, begun=begun)


def _start(request: WidgetRequest, form: ChatForm, channels: Channels) -> HttpResponse:
    card = next((one for one in channels.cards if one.channel == CHAT), None)
    context = {"form": form, "channels": channels, "card": card}
    status = 422 if form.errors else 200
    return render(request, "widget/chat_start.html", context, status=status)


def _channels(request: WidgetRequest) -> Channels:
    asked = asked_in(request.POST, request.POST.get("surface", "")[:20] or "web")
    return channels_for(person_of(request), asked, now(), get_current_timezone())


def _named(request: WidgetRequest) -> Chat | None:
    return chat_of(person_of(request), request.POST.get("key", ""))


def _may_listen(request: WidgetRequest, contact: int) -> bool:
    """Ask anew who this is: a session that has ended ends the stream."""
    reader = widget_reader(request)
    return reader is not None and reader.pk == contact
