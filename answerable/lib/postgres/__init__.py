"""The PostgreSQL that comes with Answerable: made, started, adopted and stopped."""

from __future__ import annotations

from answerable.lib.postgres.binaries import CannotStart, program
from answerable.lib.postgres.server import Server, adopt, start

__all__ = ["CannotStart", "Server", "adopt", "program", "start"]
