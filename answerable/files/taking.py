"""Takes files from forms: those that come with it, and those that waited for it.

Nothing that somebody attached is lost by an error elsewhere in the form: what came waits from
then on, and is listed when the form is shown again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from answerable.design.files import Attaching, WaitingView, waiting_html
from answerable.files import actions
from answerable.files.actions import Content, Full, Waiting
from answerable.files.actions.keeping import PIECE
from answerable.files.core.names import kept_name
from answerable.files.models import Upload
from answerable.files.words import described, icon_of

A_MB = 1024 * 1024
# The names of the fields: files that come with the form, that waited, and that go away again.
NEW, CHOSEN, DROPPED = "new_files", "files", "drop"


@dataclass(slots=True)
class Taken:
    """The files of one form, and what was wrong with those that were not taken."""

    waiting: Waiting
    problems: list[str] = field(default_factory=list)


def take(request: HttpRequest, owner: str, place: str, *, at: datetime) -> Taken:
    """Take the files that a form brings; they wait until `Waiting` is sent with a message."""
    taken = Taken(Waiting(owner, place))
    for number in _numbers(request, DROPPED):
        actions.drop(owner, place, number)
    chosen = set(_numbers(request, CHOSEN))
    for file in request.FILES.getlist(NEW):
        upload, problem = put(owner, place, file, at=at)
        if upload:
            chosen.add(upload.pk)
        else:
            taken.problems.append(problem)
    taken.waiting = Waiting(owner, place, tuple(sorted(chosen)))
    return taken


def put(
    owner: str, place: str, file: UploadedFile[bytes], *, at: datetime
) -> tuple[Upload | None, str]:
    """Put one file that was uploaded beside a text; else return why it was not taken."""
    name = kept_name(file.name or "")
    if not file.size:
        return None, _("{name}: the selected file is empty").format(name=name)
    if file.size > settings.ANSWERABLE_FILES_MAX_BYTES:
        return None, _("{name}: the selected file must be smaller than {most} MB").format(
            name=name, most=most_mb()
        )
    try:
        upload = actions.put(
            *(owner, place),
            content=Content(lambda: file.chunks(PIECE)),
            name=name,
            declared=file.content_type or "",
            at=at,
        )
    except Full:
        words = _("{name}: a message takes {count} files, of {most} MB together")
        return None, words.format(name=name, count=actions.MOST_FILES, most=most_mb())
    return upload, ""


def answered(taken: Taken) -> HttpResponse:
    """Answer a script that sent a file by itself: with its line in the form, or why not."""
    if taken.problems:
        words = "\n".join(taken.problems)
        return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")
    waiting = taken.waiting
    rows = Upload.objects.filter(
        owner=waiting.owner, place=waiting.place, pk__in=waiting.numbers
    )
    return HttpResponse(
        "".join(waiting_html(_view(row)) for row in rows.select_related("file"))
    )


def attaching(
    address: str, uploads: Sequence[Upload], problems: Sequence[str] = ()
) -> Attaching:
    """Return what a form needs to list the files that wait for it, and to take more."""
    return Attaching(
        address=address,
        files=[_view(upload) for upload in uploads],
        problems=problems,
        most_mb=most_mb(),
    )


def _view(upload: Upload) -> WaitingView:
    return WaitingView(
        number=upload.pk,
        name=upload.name,
        described=described(upload.file),
        icon=icon_of(upload.file),
        size=upload.file.size,
    )


def most_mb() -> int:
    """Return how many MB the files of one message may have together."""
    return int(settings.ANSWERABLE_FILES_MAX_BYTES // A_MB)


def _numbers(request: HttpRequest, name: str) -> Iterator[int]:
    for text in request.POST.getlist(name):
        if text.isascii() and text.isdigit() and len(text) < 19:
            yield int(text)
