"""A customer's own chat, on whichever page they have it: begun, told as data, and ended."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Contact
from answerable.channels.chat.actions import ChatOpen, ChatOver, Line, begin_chat, say
from answerable.channels.chat.models import Chat
from answerable.channels.chat.queries import entries_after
from answerable.channels.chat.reading import files_of
from answerable.channels.chat.shown import Address, Data, entry_data, state_data
from answerable.files.actions import Waiting
from answerable.intake.channels import Channels
from answerable.intake.chatting import CHAT
from answerable.intake.sending import SAME_WITHIN, add, said_before
from answerable.intake.words_field import Words
from answerable.tickets.actions import Empty, Opening, Sender, TooLong

SIDE = Chat.Side.CONTACT
LONGEST_TOKEN = 64


class ChatForm(forms.Form):
    """What a chat begins with: one field, where nothing was asked before."""

    use_required_attribute = False

    body = Words(
        label=gettext_lazy("What can we help with?"),
        strip=False,
        error_messages={"required": gettext_lazy("Enter what we can help with")},
    )
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)


def chat_of(contact: Contact, key: str) -> Chat | None:
    """Return a contact's own chat by its key, whether it has ended or not; else None."""
    chats = Chat.objects.select_related("ticket", "contact", "agent")
    return chats.filter(contact=contact, key=key[:32]).first()


def open_chat_of(contact: Contact) -> Chat | None:
    """Return the chat that a contact is in, or None."""
    chats = Chat.objects.open().select_related("ticket", "contact", "agent")
    return chats.filter(contact=contact).first()


def may_begin(channels: Channels) -> bool:
    """Say whether a chat may be begun now: its card has a button."""
    return any(card.channel == CHAT and card.action for card in channels.cards)


def begin(contact: Contact, form: ChatForm, channels: Channels, *, at: datetime) -> Chat:
    """Begin a chat with what a form says, once; or return the one that its person is in."""
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
        return begin_chat(opening, contact=contact, at=at)
    except ChatOpen as other:
        return other.chat
