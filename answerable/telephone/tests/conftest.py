"""A telephone with the double of its provider behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.voice.twilio.tests.lines import Lines, lines_open
from answerable.tests.kept_cast import cast_at

TODAY = timezone.now()


@pytest.fixture
def here(db: None) -> Cast:
    """Everybody, meeting today: webhooks tell the time by the server's clock."""
    return cast_at(TODAY)


@pytest.fixture
def lines(here: Cast, settings: Settings) -> Iterator[Lines]:
    """A telephone that rings the agent first, and looks for answering machines."""
    with lines_open(settings, at=TODAY) as opened:
        yield opened
