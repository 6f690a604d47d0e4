"""What waits to be sent, what is not whole, and what was not checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection

from answerable.files.models import StoredFile, Upload

# The length of a piece is known without reading it: it stands in the pointer to it.
INCOMPLETE = """
SELECT count(*) FROM files_storedfile AS file LEFT JOIN (
    SELECT file_id, sum(octet_length(data)) AS size FROM files_filechunk GROUP BY file_id
) AS there ON there.file_id = file.id
WHERE coalesce(there.size, 0) <> file.size
"""


def waiting(owner: str, place: str) -> list[Upload]:
    """Return the files that somebody has put beside the text they write in a place."""
    mine = Upload.objects.filter(owner=owner, place=place)
    return list(mine.select_related("file").order_by("pk"))


def waiting_in(owner: str, places: Sequence[str]) -> Mapping[str, Sequence[Upload]]:
    """Return the same for several places. One query."""
    found: dict[str, list[Upload]] = {place: [] for place in places}
    mine = Upload.objects.filter(owner=owner, place__in=places)
    for upload in mine.select_related("file").order_by("pk"):
        found[upload.place].append(upload)
    return found


def incomplete_files() -> int:
    """Return how many files lack some of their bytes: none, unless somebody deleted rows."""
    with connection.cursor() as cursor:
        cursor.execute(INCOMPLETE)
        return int(cursor.fetchone()[0])


def unchecked(most: int) -> Sequence[StoredFile]:
    """Return files that the scanner has not seen, the oldest first."""
    files = StoredFile.objects.filter(verdict=StoredFile.Verdict.UNCHECKED)
    return list(files.order_by("pk")[:most])
