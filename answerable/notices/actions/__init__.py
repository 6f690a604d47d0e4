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
from answerable.notices.actions.reminding import remind_of_shifts
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
from answerable.notices.actions.texting import (
    TooManyCodes,
    WrongCode,
    confirm_number,
    forget_number,
    send_code,
    start_texts,
    stop_texts,
)
from answerable.notices.actions.tiding_wishes import (
    choose_tidings,
    outlive_sessions,
    subscribe_contact,
    unsubscribe_contact,
)
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
    "TooManyCodes",
    "Wanted",
    "WrongCode",
    "answer_phone",
    "choose_tidings",
    "confirm_number",
    "deliver",
    "end_phone",
    "follow",
    "follow_log",
    "forget",
    "forget_number",
    "insist",
    "keep_as_loud",
    "keep_key",
    "make_quieter",
    "mark_read",
    "mark_unread",
    "outlive_sessions",
    "put_away",
    "remind_of_shifts",
    "remove_receiver",
    "save_receiver",
    "save_wishes",
    "see_ticket",
    "send_code",
    "send_digests",
    "send_test",
    "settle",
    "start_texts",
    "stop_texts",
    "subscribe",
    "subscribe_contact",
    "switch",
    "trace_steps",
    "try_receiver",
    "unfollow",
    "unsubscribe",
    "unsubscribe_contact",
    "watch_offers",
    "watch_promises",
]
