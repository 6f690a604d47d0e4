"""A customer's chat on our own pages: begun, followed, written in, and ended."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.access import contact_of
from answerable.accounts.guards import ContactRequest, contact_required
from answerable.channels.chat.actions import ChatOver, end_chat, mail_copy
from answerable.channels.chat.models import Chat
from answerable.channels.chat.shown import Address
from answerable.channels.chat.streaming import found_stream
from answerable.entitlements.core.chat_policy import CUSTOMER
from answerable.intake import chats
from answerable.intake.asked import Asked
from answerable.intake.channels import channels_for
from answerable.intake.chats import ChatForm, LineForm, chat_of, open_chat_of
from answerable.intake.chatting import CHAT
from answerable.lib.sessions import user_by_now
from answerable.portal.attaching import taken
from answerable.tickets.places import place_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@contact_required
def start(request: ContactRequest) -> HttpResponse:
    """Begin a chat, or lead to the one that this person is in."""
    person = request.contact
    if is_in := open_chat_of(person):
        return _to(is_in)
    channels = channels_for(person, Asked(), now(), get_current_timezone())
    card = next((card for card in channels.cards if card.channel == CHAT), None)
    if card is None:
        return redirect("portal:new")
    initial = {"body": request.GET.get("about", "")[:2000], "submission": uuid4().hex}
    form = ChatForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and chats.may_begin(channels):
        begun = chats.begin(person, form, channels, at=now())
        if begun:
            return _to(begun)
    context = {"form": form, "card": card, "channels": channels, "me": person}
    return render(request, "portal/chat.html", context, status=422 if form.errors else 200)


@require_POST
@contact_required
def say(request: ContactRequest, key: str) -> HttpResponse:
    """Say something, once; its page is told under which number."""
    found, form = _named(request, key), LineForm(request.POST)
    files = taken(request, request.contact, place_of(found.ticket_id, "answer"), form).waiting
    if not form.says(files):
        return JsonResponse({"problem": form.problem}, status=422)
    told = chats.say_once(found, form, files, address=address_in(found), at=now())
    return JsonResponse(told)


@require_POST
@contact_required
def change(request: ContactRequest, key: str) -> HttpResponse:
    """Let a line of this person's read otherwise, or take it back where nothing is said."""
    found, asked = _named(request, key), request.POST
    told = chats.change(found, asked.get("of", ""), asked.get("body", ""), at=now())
    return JsonResponse(told, status=422 if "problem" in told else 200)


@require_POST
@contact_required
def seen(request: ContactRequest, key: str) -> HttpResponse:
    """Note up to which entry somebody has seen their chat."""
    chats.has_seen(_named(request, key), request.POST.get("seq", ""), at=now())
    return JsonResponse({})


@require_POST
@contact_required
def typing(request: ContactRequest, key: str) -> HttpResponse:
    """Tell our side that somebody types."""
    chats.types(_named(request, key), request.POST.get("text", ""))
    return JsonResponse({})


@require_POST
@contact_required
def end(request: ContactRequest, key: str) -> HttpResponse:
    """End the chat. Its page hears of it as of everything else in it."""
    with suppress(ChatOver):
        end_chat(_named(request, key), Chat.End.CONTACT, at=now())
    return JsonResponse({})


@never_cache
@contact_required
def over(request: ContactRequest, key: str) -> HttpResponse:
    """Show what stands below a chat that is over."""
    return render(request, "portal/_chat_over.html", chats.after(_named(request, key)))


@require_POST
@contact_required
def solved(request: ContactRequest, key: str) -> HttpResponse:
    """Keep what somebody says of whether their problem is solved."""
    found = _named(request, key)
    says = chats.say_solved(found, yes=bool(request.POST.get("solved")), at=now())
    return _said(request, found, says)


@require_POST
@contact_required
def copy(request: ContactRequest, key: str) -> HttpResponse:
    """Mail somebody what was said in their chat."""
    found = _named(request, key)
    mail_copy(found, to=CUSTOMER, at=now())
    return _said(
        request, found, _("A copy goes to {address}.").format(address=found.contact.email)
    )


async def stream(request: HttpRequest, key: str) -> HttpResponseBase:
    """Open the stream of a person's own chat, for as long as they are signed in."""
    return await found_stream(request, partial(_listened, request, key), chats.SIDE, address_in)


def address_in(chat: Chat) -> Address:
    """Return what makes addresses of files in a chat, on our own pages."""
    return lambda number: reverse("portal:file", args=[chat.ticket_id, number])


def _said(request: ContactRequest, found: Chat, says: str) -> HttpResponse:
    """Answer the page's script with a sentence, and a form without one with its page."""
    if "X-Part" in request.headers:
        return render(request, "portal/_chat_said.html", {"says": says})
    return redirect("portal:request", number=found.ticket_id)


def _to(chat: Chat) -> HttpResponse:
    return redirect(f"{reverse('portal:request', args=[chat.ticket_id])}#chat")


def _named(request: ContactRequest, key: str) -> Chat:
    found = chat_of(request.contact, key)
    if found is None:
        raise Http404
    return found


def _listened(request: HttpRequest, key: str) -> Chat | None:
    contact = contact_of(user_by_now(request))
    return chat_of(contact, key) if contact else None
