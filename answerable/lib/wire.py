"""A connection to the database that is one's own, beside the pool."""

from __future__ import annotations

from typing import Any

from django.db import connection

DJANGOS = ("cursor_factory", "context", "pool", "prepare_threshold")


def params() -> dict[str, Any]:
    """Return what psycopg needs to reach the database that Django uses."""
    return {
        name: value
        for name, value in connection.get_connection_params().items()
        if name not in DJANGOS
    }
