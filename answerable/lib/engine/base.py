"""Django's PostgreSQL, whose pool hands out no connection that a restart has left dead."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base
from django.utils.asyncio import async_unsafe

from answerable.lib.pool import answers


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but for where connections come from."""

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection that can be used. Raises what the pool raises when there is none.

        A dead one goes back to the pool, which throws it away and makes another.
        """
        wire = super().get_new_connection(conn_params)
        while self.pool and not answers(wire):
            self.pool.putconn(wire)
            wire = super().get_new_connection(conn_params)
        return wire
