"""Everything that writes notices, wishes, receivers and deliveries."""

from __future__ import annotations

from answerable.notices.actions.delivering import (
    answer_phone,
    deliver,
    end_phone,
    keep_key,
    try_receiver,
)
from answerable.notices.actions.digesting import send_digests
from answerable.notices.actions.following import follow_log
from answerable.notices.actions.forgetting import forget
from answerable.notices.actions.promising import watch_offers, watch_promises
from answerable.notices.actions.receiving import (
    remove_receiver,
    save_receiver,
    send_test,
    switch,
)
from answerable.notices.actions.seeing import (
    follow,
    mark_read,
    mark_unread,
    put_away,
    see_ticket,
    unfollow,
)
from answerable.notices.actions.settling import insist, settle
from answerable.notices.actions.steps import trace_steps
from answerable.notices.actions.wishing import (
    Browser,
    Wanted,
    keep_as_loud,
    make_quieter,
    save_wishes,
    subscribe,
    unsubscribe,
)

__all__ = [
    "Browser",
    "Wanted",
    "answer_phone",
    "deliver",
    "end_phone",
    "follow",
    "follow_log",
    "forget",
    "insist",
    "keep_as_loud",
    "keep_key",
    "make_quieter",
    "mark_read",
    "mark_unread",
    "put_away",
    "remove_receiver",
    "save_receiver",
    "save_wishes",
    "see_ticket",
    "send_digests",
    "send_test",
    "settle",
    "subscribe",
    "switch",
    "trace_steps",
    "try_receiver",
    "unfollow",
    "unsubscribe",
    "watch_offers",
    "watch_promises",
]
