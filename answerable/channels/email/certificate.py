"""The certificate that the door shows for STARTTLS, read again whenever its files change."""

from __future__ import annotations

import logging
import os
import ssl

log = logging.getLogger(__name__)


class BadCertificate(Exception):
    """A certificate or its key cannot be used; the words say why."""


class Certificate:
    """A certificate with its key, in two files that somebody renews."""

    def __init__(self, certificate: str, key: str) -> None:
        """Read both. Raises BadCertificate."""
        self._files = (certificate, key or certificate)
        self._seen = self._changes()
        self._context = self._read()

    def context(self) -> ssl.SSLContext:
        """Return what TLS needs, from the files as they are now.

        Should one be read while they are being replaced, the certificate before is shown, and
        the files are read once more by whoever comes next.
        """
        seen = self._changes()
        if seen == self._seen:
            return self._context
        try:
            self._context, self._seen = self._read(), seen
            log.info("The certificate was read again.")
        except BadCertificate as bad:
            log.warning("The certificate before is still shown: %s", bad)
        return self._context

    def _read(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            context.load_cert_chain(*self._files)
        except (OSError, ssl.SSLError) as error:
            why = error.strerror if error.errno and not isinstance(error, ssl.SSLError) else ""
            files = " and ".join(dict.fromkeys(self._files))
            raise BadCertificate(f"cannot use {files}: {why or _reason(error)}.") from error
        return context

    def _changes(self) -> list[tuple[int, int]]:
        """Return by what a changed file is known; nothing of one that is away."""
        seen = []
        for file in self._files:
            try:
                stat = os.stat(file)
            except OSError:
                continue
            seen.append((stat.st_mtime_ns, stat.st_ino))
        return seen


def _reason(error: OSError) -> str:
    reason = getattr(error, "reason", None)
    return str(reason or "it is no certificate with its key").replace("_", " ").lower()
