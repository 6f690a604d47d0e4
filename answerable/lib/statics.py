"""Static files under addresses that change with their content: browsers keep them for good.

A page names `/static/v1f0c…/desk/desk.js`, and what that file imports by its relative address
is of the same version. So a browser asks once for the files of the desk, and not again a minute
later.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

HERE = Path(__file__).parent
SOME_VERSION = re.compile(r"(?<=/)v[0-9a-f]{16}/")


@cache
def version() -> str:
    """Return what stands for all static files as they are, and for how they are put together:
    any change of any makes another."""
    together = ((file, HERE / file) for file in ("scripts.py", "stylesheets.py"))
    files = (*sorted(_files()), *together)
    texts = (f"{name}\0".encode() + path.read_bytes() for name, path in files)
    return "v" + hashlib.sha256(b"\0".join(texts)).hexdigest()[:16]


def _files() -> Iterator[tuple[str, Path]]:
    for finder in finders.get_finders():
        for name, storage in finder.list(None):
            yield name, Path(storage.path(name))


class Versioned(StaticFilesStorage):
    """Names files with their version; while somebody develops, without: they change."""

    def url(self, name: str | None) -> str:
        """Return the address of a file."""
        return super().url(name if settings.DEBUG or not name else f"{version()}/{name}")


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Serves them with and without their version. With it they stay fresh for good."""

    def add_file_to_dictionary(
        self, url: str, path: str, stat_cache: dict[str, object] | None = None
    ) -> None:
        """Add a file under both of its addresses."""
        super().add_file_to_dictionary(url, path, stat_cache=stat_cache)
        versioned = f"{self.static_prefix}{version()}/{url.removeprefix(self.static_prefix)}"
        super().add_file_to_dictionary(versioned, path, stat_cache=stat_cache)

    def immutable_file_test(self, path: str, url: str) -> bool:
        """Say whether what an address stands for never changes."""
        return url.startswith(f"{self.static_prefix}{version()}/")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve the file of an address. One of another version is what the file is now, and is
        asked for again: the page is from before an update, or we are."""
        path = request.path_info
        if path.startswith(self.static_prefix) and path not in self.files:
            request.path_info = SOME_VERSION.sub("", path, count=1)
        answer: HttpResponseBase = super().__call__(request)
        return answer
