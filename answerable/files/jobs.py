"""What happens later to files: the scanner looks at them, and what nobody needs goes."""

from __future__ import annotations

import logging

from django.conf import settings
from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.files import scanning
from answerable.files.actions import expire, forget_pictures, tidy
from answerable.files.actions.judging import AT_ONCE, scan
from answerable.files.clamd import Away

log = logging.getLogger(__name__)


@app.task(name=scanning.SCAN, queue=scanning.QUEUE)
def scan_files() -> None:
    """Have the scanner look at new files, until it has seen all of them or is away."""
    try:
        while scan(clock=now) == AT_ONCE:
            continue
    except Away as error:
        log.warning("The scanner is away: %s", error)


@app.periodic(cron="* * * * *")
@app.task(queue=scanning.QUEUE, queueing_lock="files-sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Come for files that came while the scanner was away."""
    if settings.ANSWERABLE_CLAMAV:
        scan_files()


@app.periodic(cron="37 3 * * *")
@app.task(queue=scanning.QUEUE, queueing_lock="files-tidy", pass_context=False)
def tidy_files(timestamp: int) -> None:
    """Forget what was never sent, and what nobody refers to any more."""
    expire(at=now())
    forget_pictures(at=now())
    while tidy(at=now()):
        continue
