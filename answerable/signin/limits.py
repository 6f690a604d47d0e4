"""How often somebody may try to sign in, in 15 minutes."""

from __future__ import annotations

LINKS_PER_ADDRESS = 5
LINKS_PER_IP = 30
CODES_PER_IP = 10
CODES_PER_PERSON = 10
