"""The scanner looks at every new file once, and what it says is kept with the file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from answerable.files import actions as files
from answerable.files import clamd
from answerable.files.actions import Content
from answerable.files.actions.judging import scan
from answerable.files.models import StoredFile
from answerable.files.scanning import SCAN, held_back
from answerable.files.tests.samples import EICAR, PDF
from answerable.files.tests.scanner import MOST, Scanner, scanning
from answerable.files.words import held_words, warning
from answerable.lib.env import BadSetting


@pytest.fixture
def scanner(settings: Settings) -> Iterator[Scanner]:
    # A socket's path may have no more than about a hundred letters.
    with tempfile.TemporaryDirectory() as folder, scanning(Path(folder)) as running:
        settings.ANSWERABLE_CLAMAV = f"unix:{folder}/clamd"
        yield running


def kept(content: bytes, at: datetime) -> StoredFile:
    return files.keep(Content.of(content), at=at)


def judged(file: StoredFile) -> StoredFile:
    scan(clock=now)
    file.refresh_from_db()
    return file


def test_what_is_clean_is_handed_out_from_then_on(
    db: None, at: datetime, scanner: Scanner
) -> None:
    file = kept(PDF, at)
    assert held_back(file) == "unchecked"
    judged(file)
    assert (file.verdict, held_back(file), warning(file)) == ("clean", "", "")
    assert file.checked_at is not None


@pytest.mark.parametrize("before", [b"", b"x" * 700_000])
def test_what_it_finds_is_held_back_by_its_name(
    db: None, at: datetime, scanner: Scanner, before: bytes
) -> None:
    file = judged(kept(before + EICAR, at))
    assert (file.verdict, file.found) == ("infected", "Eicar-Signature")
    assert held_words(file) == "Not offered: the scanner found Eicar-Signature in it."


def test_each_file_is_looked_at_once(db: None, at: datetime, scanner: Scanner) -> None:
    judged(kept(PDF, at))
    judged(kept(PDF, at))
    assert scanner.asked == [b"zINSTREAM"]


def test_a_new_file_wakes_the_scanner(
    transactional_db: None, at: datetime, scanner: Scanner
) -> None:
    kept(PDF, at)
    kept(EICAR, at)
    kept(EICAR, at)
    assert ProcrastinateJob.objects.filter(task_name=SCAN, status="todo").count() == 1


def test_what_it_does_not_take_is_said(db: None, at: datetime, scanner: Scanner) -> None:
    file = judged(kept(b"x" * (MOST + 1), at))
    assert (file.verdict, held_back(file)) == ("unreadable", "")
    assert warning(file) == "Not checked: the scanner does not take it."


def test_files_wait_while_it_is_away_and_are_looked_at_when_it_is_back(
    db: None, at: datetime, scanner: Scanner, settings: Settings
) -> None:
    place = settings.ANSWERABLE_CLAMAV
    settings.ANSWERABLE_CLAMAV = "unix:/nowhere/clamd"
    file = kept(PDF, at)
    with pytest.raises(clamd.Away, match="No such file"):
        scan(clock=now)
    settings.ANSWERABLE_CLAMAV = place
    scanner.broken = True
    with pytest.raises(clamd.Away, match="allocate memory"):
        scan(clock=now)
    file.refresh_from_db()
    assert file.verdict == "unchecked"
    assert held_words(file) == "The scanner has not checked it yet. Try again in a minute."
    scanner.broken = False
    assert judged(file).verdict == "clean"


def test_an_operator_may_have_people_warned_instead(
    db: None, at: datetime, settings: Settings
) -> None:
    settings.ANSWERABLE_CLAMAV, settings.ANSWERABLE_CLAMAV_AWAY = "unix:/nowhere", "warn"
    file = kept(PDF, at)
    assert held_back(file) == ""
    assert warning(file) == "Not checked: the scanner does not answer."


def test_without_a_scanner_nothing_is_said(db: None, at: datetime) -> None:
    file = kept(PDF, at)
    assert (held_back(file), warning(file)) == ("", "")


def test_it_says_who_it_is(scanner: Scanner, settings: Settings) -> None:
    assert clamd.version(settings.ANSWERABLE_CLAMAV).startswith("ClamAV 1.4.3")


@pytest.mark.parametrize(
    "place", ["", "unix:/run/clamd", "tcp://127.0.0.1:3310", "tcp://[::1]"]
)
def test_a_place_is_a_socket(place: str) -> None:
    assert clamd.checked_place(place) == place


@pytest.mark.parametrize("place", ["clamd", "http://127.0.0.1", "unix:clamd", "tcp://a:b"])
def test_what_names_no_socket_is_refused(place: str) -> None:
    with pytest.raises(BadSetting, match="ANSWERABLE_CLAMAV"):
        clamd.checked_place(place)
