"""Asks a machine's API, through the one guarded way out, and understands what it refuses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from answerable.knowledge.machines.trouble import NotTranslated
from answerable.lib.outbound.client import Answer, Ask, client
from answerable.lib.outbound.words import Unfetched

OK = 200
# DeepL has a status of its own for a quota that is used up.
QUOTA = 456
REASONS = {
    400: "language",
    401: "key",
    403: "key",
    404: "odd",
    413: "long",
    414: "long",
    429: "busy",
    QUOTA: "quota",
    529: "busy",
}
A_DAY, LONGEST_WAIT = 24 * 3600, 6 * 3600


def asked(
    url: str, document: Mapping[str, Any], headers: Mapping[str, str], seconds: float = 60
) -> Any:
    """Return the document that answers a document. Raises NotTranslated."""
    ask = Ask(
        url,
        method="POST",
        headers={
            "Content-Type": "application/json",
            "Accept": "application/json",
            **headers,
        },
        body=json.dumps(document, ensure_ascii=False).encode(),
        seconds=seconds,
    )
    try:
        answer = client().fetch(ask)
    except Unfetched as error:
        raise NotTranslated(error.reason, error.values) from error
    host = urlsplit(url).hostname or ""
    if answer.status != OK:
        raise refused(answer, host, document)
    try:
        return json.loads(answer.body)
    except ValueError as error:
        raise NotTranslated("odd", {"host": host}) from error


def refused(answer: Answer, host: str, document: Mapping[str, Any]) -> NotTranslated:
    """Return why a machine did not translate, by its status."""
    reason = REASONS.get(answer.status, "away")
    source = document.get("source_lang") or document.get("source") or ""
    target = document.get("target_lang") or document.get("target") or ""
    values = {"host": host, "status": answer.status, "source": source, "target": target}
    after = A_DAY if reason == "quota" else _after(answer)
    return NotTranslated(reason, values, after=after)


def _after(answer: Answer) -> int | None:
    """Return for how many seconds a machine asks us to wait."""
    said = answer.headers.get("retry-after", "")
    return min(int(said), LONGEST_WAIT) if said.isascii() and said.isdigit() else None
