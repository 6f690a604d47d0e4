"""Everything that writes mail: in, out, and the local outbox."""

from __future__ import annotations

from answerable.channels.email.actions.chats import queue_chats
from answerable.channels.email.actions.draining import drain
from answerable.channels.email.actions.dressing import keep_look
from answerable.channels.email.actions.holding import Holder, free, hold_next
from answerable.channels.email.actions.noticing import queue_notices
from answerable.channels.email.actions.queue_care import NotWaiting, cancel, try_now
from answerable.channels.email.actions.queueing import (
    queue_acknowledgements,
    queue_digest,
    queue_letter,
    queue_notifications,
    queue_reminder,
    queue_reply,
    queue_sign_in_link,
    queue_test,
    send_letter,
)
from answerable.channels.email.actions.sending import send_waiting, settle_untold
from answerable.channels.email.actions.siding import queue_sides
from answerable.channels.email.actions.storing import Arrival, store_mail
from answerable.channels.email.actions.taking_back import hasten, send_now, take_back
from answerable.channels.email.actions.waking import DRAIN, SEND, defer_one

__all__ = [
    "DRAIN",
    "SEND",
    "Arrival",
    "Holder",
    "NotWaiting",
    "cancel",
    "defer_one",
    "drain",
    "free",
    "hasten",
    "hold_next",
    "keep_look",
    "queue_acknowledgements",
    "queue_chats",
    "queue_digest",
    "queue_letter",
    "queue_notices",
    "queue_notifications",
    "queue_reminder",
    "queue_reply",
    "queue_sides",
    "queue_sign_in_link",
    "queue_test",
    "send_letter",
    "send_now",
    "send_waiting",
    "settle_untold",
    "store_mail",
    "take_back",
    "try_now",
]
