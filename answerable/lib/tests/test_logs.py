"""Log lines, of errors that hold what nobody else should read."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.lib import logs

log = logging.getLogger(__name__)
TYPED = "My password is hush"


@pytest.fixture
def hooks() -> Iterator[None]:
    """Put back who is told of what nobody catches."""
    before = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = before


def line(caplog: pytest.LogCaptureFixture) -> dict[str, Any]:
    """Return the last line as it would be written."""
    written: dict[str, Any] = json.loads(logs.OneLine().format(caplog.records[-1]))
    return written


def write_to_a_taken_address(cast: Cast) -> None:
    """Break a constraint; PostgreSQL then quotes the row."""
    with transaction.atomic():
        Contact.objects.create(
            customer=cast.nordwind, name="Dana", email=cast.dana.email, created_at=cast.at
        )


def test_a_row_that_broke_a_rule_is_not_quoted(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(IntegrityError) as broken:
        write_to_a_taken_address(cast)
    assert cast.dana.email in str(broken.value)
    log.error("A contact was not made.", exc_info=broken.value)
    written = line(caplog)
    assert cast.dana.email not in json.dumps(written)
    assert "psycopg.errors.UniqueViolation [SQLSTATE 23505" in written["error"]
    assert "constraint contact_has_its_own_address" in written["error"]
    assert "in write_to_a_taken_address" in written["error"]
    assert written["error"].rstrip().endswith("django.db.utils.IntegrityError")


def test_neither_is_it_where_an_error_stands_in_the_words(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(IntegrityError) as broken:
        write_to_a_taken_address(cast)
    log.error("Task exception was never retrieved: %r", broken.value)
    log.error("It failed: %s", broken.value)
    for record in caplog.records[-2:]:
        says = json.loads(logs.OneLine().format(record))["says"]
        assert cast.dana.email not in says
        assert "contact_has_its_own_address" in says


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Mail from <dana@nordwind.example> waits.", "Mail from <…> waits."),
        (
            "Not Found: /sign-in/link/S3cr3t-S3cr3t_S3cr3t-S3cr3t/",
            "Not Found: /sign-in/link/…/",
        ),
        ("Not Found: /desk/tickets/17/parts/", "Not Found: /desk/tickets/17/parts/"),
    ],
)
def test_what_names_somebody_is_left_out(said: str, written: str) -> None:
    assert logs.without_values(said) == written


def test_what_somebody_wrote_is_not_told_but_where_it_broke(
    caplog: pytest.LogCaptureFixture,
) -> None:
    try:
        int(TYPED)
    except ValueError as error:
        log.error("Not a number.", exc_info=error)
    told = line(caplog)["error"]
    assert TYPED not in told
    assert "int(TYPED)" in told
    assert told.endswith("ValueError")


def test_a_mistake_of_ours_is_told_in_full(caplog: pytest.LogCaptureFixture) -> None:
    try:
        [].no_such_thing  # type: ignore[attr-defined]  # noqa: B018
    except AttributeError as error:
        log.error("It broke.", exc_info=error)
    told = line(caplog)["error"]
    assert told.endswith("AttributeError: 'list' object has no attribute 'no_such_thing'")


def test_a_full_disk_is_called_so(caplog: pytest.LogCaptureFixture) -> None:
    log.error("Not written.", exc_info=OSError(28, "No space left", "/home/dana"))
    assert line(caplog)["error"].endswith("OSError [ENOSPC]")


def test_errors_that_came_together_are_all_told(caplog: pytest.LogCaptureFixture) -> None:
    log.error(
        "Two.", exc_info=ExceptionGroup("dana@x.example", [KeyError("a"), OSError(2, "")])
    )
    told = line(caplog)["error"]
    assert "KeyError" in told
    assert "FileNotFoundError [ENOENT]" in told
    assert "dana" not in told


def test_what_nobody_catches_is_a_line_like_the_others(
    hooks: None, caplog: pytest.LogCaptureFixture
) -> None:
    logs.catch_all()

    def work() -> None:
        raise ValueError("dana@nordwind.example")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    written = line(caplog)
    assert written["level"] == "critical"
    assert written["error"].endswith("ValueError")


def test_who_tries_again_and_again_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    pool = logging.getLogger("answerable.tests.pool")
    seldom = logs.Seldom()
    pool.addFilter(seldom)
    for count in range(3):
        pool.warning("error connecting in %r", f"pool-{count}")
    pool.warning("another thing")
    pool.removeFilter(seldom)
    assert [record.msg for record in caplog.records] == [
        "error connecting in %r",
        "another thing",
    ]
