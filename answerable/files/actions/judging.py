"""Has the scanner look at files, and keeps what it says."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from answerable.files import clamd
from answerable.files.models import StoredFile
from answerable.files.queries import unchecked
from answerable.files.reading import pieces

log = logging.getLogger(__name__)

Verdict = StoredFile.Verdict
AT_ONCE = 50


def scan(*, clock: Callable[[], datetime]) -> int:
    """Have the scanner look at up to fifty files that it has not seen; return how many.

    Raises clamd.Away when it does not answer; the files then wait as they are.
    """
    files = unchecked(AT_ONCE)
    for file in files:
        verdict, found = _judged(file)
        StoredFile.objects.filter(pk=file.pk, verdict=Verdict.UNCHECKED).update(
            verdict=verdict, found=found, checked_at=clock()
        )
        if found:
            log.warning("The scanner found something in a file.", extra={"file": file.pk})
    return len(files)


def _judged(file: StoredFile) -> tuple[str, str]:
    try:
        found = clamd.found_in(pieces(file), settings.ANSWERABLE_CLAMAV)
    except clamd.Unreadable as error:
        log.warning("The scanner does not take a file: %s", error, extra={"file": file.pk})
        return Verdict.UNREADABLE, ""
    return (Verdict.INFECTED, found) if found else (Verdict.CLEAN, "")
