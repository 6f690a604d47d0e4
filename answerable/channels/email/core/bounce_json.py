"""A provider's notice as JSON in a mail's text (Amazon SES by SNS), as blocks. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from answerable.channels.email.core.bounce_report import Block, address_in

LONGEST_JSON = 200_000
SIGN = "bouncedRecipients"


def blocks_in_json(text: str) -> list[Block]:
    """Return what a notice says of each recipient; nothing when it is no such notice."""
    if SIGN not in text or len(text) > LONGEST_JSON:
        return []
    notice = _read(text)
    inner = notice.get("Message")
    bounce = (_read(inner) if isinstance(inner, str) else notice).get("bounce")
    found = bounce.get(SIGN) if isinstance(bounce, dict) else None
    return [_block(one) for one in _list(found) if isinstance(one, dict)]


def _read(text: str) -> Mapping[str, Any]:
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text, max(text.find("{"), 0))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _list(found: object) -> list[Any]:
    return found if isinstance(found, list) else []


def _block(one: Mapping[str, Any]) -> Block:
    address = address_in(str(one.get("emailAddress", "")))
    diagnosis = str(one.get("diagnosticCode", "")).removeprefix("smtp;").strip()
    return Block(
        recipient=address,
        original=address,
        action=str(one.get("action", "failed")).lower()[:20],
        status=str(one.get("status", ""))[:20],
        diagnosis=diagnosis[:2000],
    )
