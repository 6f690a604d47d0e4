"""Everything that happens to an incident. Each action tells open pages."""

from __future__ import annotations

from answerable.incidents.actions.following import follow, unfollow
from answerable.incidents.actions.held import NothingSaid
from answerable.incidents.actions.linking import link, unlink
from answerable.incidents.actions.opening import About, change_incident, open_incident
from answerable.incidents.actions.updating import (
    Update,
    change_state,
    end_incident,
    write_update,
)

__all__ = [
    "About",
    "NothingSaid",
    "Update",
    "change_incident",
    "change_state",
    "end_incident",
    "follow",
    "link",
    "open_incident",
    "unfollow",
    "unlink",
    "write_update",
]
