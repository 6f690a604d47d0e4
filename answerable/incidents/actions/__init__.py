"""Everything that happens to an incident. Each action tells open pages."""

from __future__ import annotations

from answerable.incidents.actions.following import follow, unfollow
from answerable.incidents.actions.held import NothingSaid
from answerable.incidents.actions.joining import say_affected
from answerable.incidents.actions.linking import link, unlink
from answerable.incidents.actions.opening import About, change_incident, open_incident
from answerable.incidents.actions.replying import (
    NotOpen,
    NotPublic,
    choose_tickets,
    draft_bulk,
    rewrite_bulk,
    send_bulk,
    stop_bulk,
)
from answerable.incidents.actions.updating import (
    Update,
    change_state,
    end_incident,
    write_update,
)

__all__ = [
    "About",
    "NotOpen",
    "NotPublic",
    "NothingSaid",
    "Update",
    "change_incident",
    "change_state",
    "choose_tickets",
    "draft_bulk",
    "end_incident",
    "follow",
    "link",
    "open_incident",
    "rewrite_bulk",
    "say_affected",
    "send_bulk",
    "stop_bulk",
    "unfollow",
    "unlink",
    "write_update",
]
