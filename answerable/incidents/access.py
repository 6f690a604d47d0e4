"""Who may listen to how incidents go on."""

from __future__ import annotations

from answerable.accounts.access import agent_of, contact_of
from answerable.live.guards import Reader

# What pages of agents listen to, and those of customers: something about an incident changed.
ALL, SHOWN = "incidents-all", "incidents-shown"


def may_listen(reader: Reader, key: str) -> bool:
    """Say whether this reader may be told: agents of everything, contacts of what is shown."""
    if agent_of(reader):
        return key in {"all", "shown"}
    return key == "shown" and contact_of(reader) is not None
