"""What each side has seen and writes, and whether the customer's page is open."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Value, When

from answerable.channels.chat.actions.held import ChatOver, Writer, hold_chat, keep
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.channels.chat.wire import LONGEST_PREVIEW, Typing, tell, tell_typing

Side = Chat.Side


def see(chat: Chat, side: str, seq: int, *, at: datetime) -> None:
    """Note that a side has seen a chat up to an entry; what was seen stays seen.

    When is kept where something of the other side's is among it. No row is touched when it is
    known already.
    """
    column, other = (
        ("agent_seen", "contact") if side == Side.AGENT else ("contact_seen", "agent")
    )
    theirs = ChatEntry.objects.filter(
        chat=OuterRef("pk"),
        seq__gt=OuterRef(column),
        seq__lte=seq,
        **{f"{other}__isnull": False},
    )
    seen_at = Case(When(Exists(theirs), then=Value(at)), default=F(f"{column}_at"))
    with transaction.atomic():
        behind = Chat.objects.filter(pk=chat.pk, last_seq__gte=seq, **{f"{column}__lt": seq})
        if behind.update(**{column: seq, f"{column}_at": seen_at}):
            tell(chat)


def type_in(chat: Chat, writer: Writer, side: str, text: str = "") -> None:
    """Tell the other side that somebody types. It is kept nowhere.

    What a customer has written so far goes along only where the vendor switched that on.
    """
    shows = side == Side.CONTACT and settings.ANSWERABLE_CHAT_PREVIEW
    said = text[:LONGEST_PREVIEW] if shows else ""
    tell_typing(chat, Typing(side=side, name=writer.name, text=said))


def keep_here(chats: Collection[int], *, at: datetime) -> None:
    """Note of many chats at once that their customers' pages are open."""
    Chat.objects.open().filter(pk__in=chats).update(contact_here_at=at)
    for chat in Chat.objects.open().filter(pk__in=chats, contact_left_at__isnull=False):
        come_back(chat, at=at)


@transaction.atomic
def come_back(chat: Chat, *, at: datetime) -> None:
    """Note that a customer's page is open; nothing else happens by their absence."""
    try:
        held = hold_chat(chat)
    except ChatOver:
        return
    held.contact_here_at = at
    was_away, held.contact_left_at = held.contact_left_at is not None, None
    keep(held, "contact_here_at", "contact_left_at")
    if was_away:
        tell(held)


@transaction.atomic
def go_away(chat: Chat, *, since: datetime, at: datetime) -> bool:
    """Note that a customer's page was closed, unless it was heard of since then; say whether.

    `since`: when it was closed. The agent is told at once, and what the customer does not see
    goes to them by mail.
    """
    try:
        held = hold_chat(chat)
    except ChatOver:
        return False
    heard = held.contact_here_at
    if held.contact_left_at is not None or (heard is not None and heard > since):
        return False
    held.contact_left_at = since
    keep(held, "contact_left_at")
    tell(held)
    return True
