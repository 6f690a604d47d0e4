"""Does what happens to chats by itself, each when its time has come, once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from answerable.channels.chat.actions.ending import end_chat
from answerable.channels.chat.actions.held import add_entry, keep, policy_of, step_of
from answerable.channels.chat.actions.mailing import mail_unseen
from answerable.channels.chat.core.timing import Step
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.channels.chat.wire import tell

AT_ONCE = 50
# A page that is open is heard of twice in this time.
UNHEARD_AFTER = timedelta(seconds=75)
MINUTE = timedelta(minutes=1)


@transaction.atomic
def wake_chats(*, at: datetime) -> int:
    """Do what is due in up to fifty chats, and return how many there were.

    Any number of processes may do this at once: each chat is one's own while its row is held,
    and what was done moves its next instant.
    """
    due = Chat.objects.open().filter(wakes_at__lte=at).order_by("wakes_at")
    chats = list(due.select_for_update(no_key=True, skip_locked=True)[:AT_ONCE])
    for chat in chats:
        _wake(chat, at)
    return len(chats)


def _wake(chat: Chat, at: datetime) -> None:
    """Do what comes next in a held chat, if its time has come: it may have moved."""
    step = step_of(chat)
    if step and step[0] <= at:
        DOES[step[1]](chat, at)
    else:
        keep(chat)


def _warn(chat: Chat, at: datetime) -> None:
    policy = policy_of(chat)
    chat.warned_at = at
    minutes = round((policy.idle_after - policy.warn_after) / MINUTE)
    data = {"what": "idle", "minutes": minutes}
    add_entry(chat, ChatEntry.Kind.TOLD, at=at, data=data)
    keep(chat, "warned_at", "last_seq")


def _mail(chat: Chat, at: datetime) -> None:
    mail_unseen(chat, at=at)
    keep(chat)


def _end(end: str) -> Callable[[Chat, datetime], None]:
    def ended(chat: Chat, at: datetime) -> None:
        end_chat(chat, end, at=at)

    return ended


DOES: Mapping[Step, Callable[[Chat, datetime], None]] = {
    Step.CLOSED: _end(Chat.End.CLOSED),
    Step.UNANSWERED: _end(Chat.End.UNANSWERED),
    Step.ABANDONED: _end(Chat.End.ABANDONED),
    Step.GONE: _end(Chat.End.GONE),
    Step.IDLE: _end(Chat.End.IDLE),
    Step.WARN: _warn,
    Step.MAIL: _mail,
}


@transaction.atomic
def miss_pages(*, at: datetime) -> int:
    """Note that pages are closed of which nobody heard for 75 seconds: the process that had
    them died, or the network did. Return how many there were."""
    unheard = Chat.objects.open().filter(
        contact_left_at=None, contact_here_at__lt=at - UNHEARD_AFTER
    )
    chats = list(unheard.select_for_update(no_key=True, skip_locked=True)[:AT_ONCE])
    for chat in chats:
        chat.contact_left_at = chat.contact_here_at
        keep(chat, "contact_left_at")
    tell(*chats)
    return len(chats)
