"""A customer's own chat, on whichever page they have it: begun, shown, and ended."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.channels.chat.actions import (
    ChatOpen,
    ChatOver,
    Line,
    LineClosed,
    begin_chat,
    say,
    see,
    type_in,
)
from answerable.channels.chat.asked import change as change_line
from answerable.channels.chat.asked import number
from answerable.channels.chat.models import Chat
from answerable.channels.chat.queries import entries_after
from answerable.channels.chat.reading import files_of, queue_at
from answerable.channels.chat.shown import Address, Data, entry_data, state_data
from answerable.files.actions import Waiting
from answerable.intake.channels import Channels
from answerable.intake.chat_words import script_words
from answerable.intake.chatting import CHAT
from answerable.intake.sending import SAME_WITHIN, add, said_before
from answerable.intake.words_field import Words
from answerable.lib.ready import Given, Ready
from answerable.tickets.actions import Opening, Sender, resolve
from answerable.tickets.models import Ticket

SIDE = Chat.Side.CONTACT
ASKED_FOR = timedelta(hours=24)
LONGEST_TOKEN = 64
OWN_CHAT = Ready(
    lambda: Chat.objects.select_related("ticket", "contact", "agent").filter(
        contact=Given("contact"), key=Given("key")
    )
)


class ChatForm(forms.Form):
    """What a chat begins with: one field, where nothing was asked before."""

    use_required_attribute = False

    body = Words(
        label=gettext_lazy("What can we help with?"),
        strip=False,
        error_messages={"required": gettext_lazy("Enter what we can help with")},
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].widget.attrs |= {"rows": 3, "maxlength": None}


class LineForm(forms.Form):
    """What is said in a chat, as its page sends it: the same token each time."""

    body = Words(strip=False, error_messages={"required": gettext_lazy("Enter your message")})
    token = forms.CharField(max_length=LONGEST_TOKEN)

    def says(self, files: Waiting) -> bool:
        """Say whether there is anything to say: words, or files alone."""
        if self.is_valid() and not self.cleaned_data["body"].strip() and not files.numbers:
            self.add_error("body", _("Enter your message"))
        return self.is_valid()

    @property
    def problem(self) -> str:
        """Why it cannot be said, in a sentence."""
        return next((str(error) for found in self.errors.values() for error in found), "")


def chat_of(contact: Contact, key: str) -> Chat | None:
    """Return a contact's own chat by its key, whether it has ended or not; else None."""
    return OWN_CHAT.first(contact=contact.pk, key=key[:32])


def open_chat_of(contact: Contact) -> Chat | None:
    """Return the chat that a contact is in, or None."""
    chats = Chat.objects.open().select_related("ticket", "contact", "agent")
    return chats.filter(contact=contact).first()


def last_chat_on(ticket: Ticket, contact: Contact) -> Chat | None:
    """Return the newest chat of a contact on a ticket, or None."""
    chats = ticket.chats.filter(contact=contact).select_related("ticket", "contact", "agent")
    return chats.order_by("-pk").first()


def is_asked_about(chat: Chat, at: datetime) -> bool:
    """Say whether the page of a request asks about a chat on it that ended not long ago."""
    is_new = chat.ended_at is not None and at - chat.ended_at < ASKED_FOR
    return is_new and chat.ticket.state != Ticket.State.RESOLVED


def may_begin(channels: Channels) -> bool:
    """Say whether a chat may be begun now: its card has a button."""
    return any(card.channel == CHAT and card.action for card in channels.cards)


def begin(contact: Contact, form: ChatForm, channels: Channels, *, at: datetime) -> Chat | None:
    """Begin a chat with what a form says, once; or return the one that its person is in.

    None where a lead has closed the line just now.
    """
    submission, asked = form.cleaned_data["submission"], channels.offers.asking.asked
    opening = Opening(
        sender=Sender(contact=contact, channel=CHAT),
        body=form.cleaned_data["body"],
        channel=CHAT,
        surface=asked.surface,
        language=asked.language,
        submission=f"{contact.pk}-{submission}" if submission else None,
    )
    try:
        closes_at = channels.chatting.closes_at
        return begin_chat(opening, contact=contact, at=at, closes_at=closes_at)
    except ChatOpen as other:
        return other.chat
    except LineClosed:
        return None


def say_once(
    chat: Chat, form: LineForm, files: Waiting, *, address: Address, at: datetime
) -> Data:
    """Say in a contact's chat what a form says, once; return what their page is told.

    What comes after the end is added to the request, where it is not lost.
    """
    body, token = form.cleaned_data["body"], form.cleaned_data["token"]
    try:
        line = Line(body=body, token=token, contact=chat.contact, files=files)
        entry = say(chat, line, at=at)
        return entry_data(
            entry, SIDE, files_of([entry]).get(entry.message_id or 0, ()), address
        )
    except ChatOver:
        if not said_before(chat.contact, chat.ticket, body, since=at - SAME_WITHIN):
            add(chat.contact, chat.ticket, body, files, at=at)
        words = _("The chat is over. We added your message to request #{number}.")
        return {"over": words.format(number=chat.ticket_id)}


def shown(chat: Chat, address: Address, *, at: datetime) -> dict[str, Any]:
    """Return what a page of a contact's chat begins with: its entries and how it stands, as
    text for its script. Four to six queries."""
    entries = entries_after(chat, 0)
    files = files_of(entries)
    told = [
        entry_data(one, SIDE, files.get(one.message_id or 0, ()), address) for one in entries
    ]
    queue = queue_at(at)
    return {
        "chat": chat,
        "ticket": chat.ticket,
        "entries": json.dumps(told),
        "state": json.dumps(state_data(chat, queue.places.get(chat.pk), queue.usual)),
        "words": json.dumps(script_words()),
        "zone": str(get_current_timezone()),
        "language": get_language() or "en",
        "preview": settings.ANSWERABLE_CHAT_PREVIEW,
    }


def after(chat: Chat) -> dict[str, Any]:
    """Return what stands below a chat that is over: whether its problem is solved is asked
    where somebody was there."""
    asks = chat.picked_up_at is not None and chat.ticket.state != Ticket.State.RESOLVED
    return {"chat": chat, "ticket": chat.ticket, "asks": asks}


def say_solved(chat: Chat, *, yes: bool, at: datetime) -> str:
    """Keep whether a chat solved its customer's problem; return what they are told."""
    if not yes:
        words = _("Request #{number} stays open. We go on by mail.")
        return words.format(number=chat.ticket_id)
    resolve(chat.ticket, agent=None, contact=chat.contact, reason="", at=at)
    return _("Request #{number} is closed.").format(number=chat.ticket_id)


def change(chat: Chat, of: str, body: str, *, at: datetime) -> Data:
    """Let a line of a contact's own read otherwise, or take it back where `body` is empty.

    Return the entry that says so, as their page gets it, or {"problem": a sentence}.
    """
    done = change_line(chat, of, body, writer=chat.contact, at=at)
    return {"problem": done} if isinstance(done, str) else entry_data(done, SIDE)


def has_seen(chat: Chat, seq: str, *, at: datetime) -> None:
    """Note up to which entry a contact has seen their chat, as their page says it."""
    see(chat, SIDE, number(seq), at=at)


def types(chat: Chat, text: str) -> None:
    """Tell our side that a contact types; what they type only where the vendor wants that."""
    type_in(chat, chat.contact, SIDE, text)
