"""Where the database is: a PostgreSQL address becomes Django's settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from answerable.lib import pool as pools
from answerable.lib.env import BadSetting

NOT_BY_ITSELF = 2**31 - 1


def database_from_url(url: str, *, pool: int) -> dict[str, Any]:
    """Return Django's settings for postgresql://user:password@host:port/name?option=value.

    A socket is named as host=/folder, as libpq has it. Raises BadSetting for anything else.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise BadSetting(
            "ANSWERABLE_DATABASE_URL must look like postgresql://user:password@host:5432/name."
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    if pool:
        # Nothing keeps its plan but what says so (ready.py): one for three values is none for
        # thousands. Without a pool, connections are too short for plans, or not our own.
        options["prepare_threshold"] = NOT_BY_ITSELF
        options["pool"] = pools.options(pool)
    return {
        "ENGINE": "answerable.lib.engine",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,  # The engine looks, without asking.
        "OPTIONS": options,
    }
