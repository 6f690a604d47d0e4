"""What the helpers do when Django starts."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from answerable.lib.instants import read_instants


class LibConfig(AppConfig):
    """The helpers as an app, so that they see each connection that is made."""

    name = "answerable.lib"

    def ready(self) -> None:
        """Let every connection read instants with Python's own parser."""
        connection_created.connect(read_instants)
