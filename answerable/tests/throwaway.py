"""How a PostgreSQL runs that only tests use."""

from __future__ import annotations

# Nobody minds when a database of tests is lost with the power.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",
}
