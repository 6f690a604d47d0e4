"""How often the widget may be asked to open a session, in 15 minutes."""

from __future__ import annotations

REFUSALS_PER_IP = 60
STRANGERS_PER_IP = 60
