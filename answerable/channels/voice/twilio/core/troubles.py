"""Why the provider made no call: what its answer means for the call and for all calls. Pure.

Codes are those of Twilio's error dictionary.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

# What is wrong with the number that was to be called: the next number may be right.
NUMBERS: Mapping[int, str] = MappingProxyType(
    {
        21201: "unallocated",
        21211: "unallocated",
        21214: "unallocated",
        21217: "unallocated",
        21219: "unverified",
        21215: "country",
        21216: "country",
        13227: "country",
        21408: "country",
        32205: "country",
        13224: "unallocated",
        13223: "unallocated",
        21610: "stopped",
        21614: "no_texts",
    }
)
# What is wrong with us: no call can be made until somebody changes something.
OURS: Mapping[int, str] = MappingProxyType(
    {
        20003: "sign_in",
        20005: "suspended",
        10001: "suspended",
        20008: "sign_in",
        21210: "our_number",
        21212: "our_number",
        21606: "our_number",
        10004: "too_many",
    }
)
SIGN_IN = {401, 403}
TOO_MANY = 429
SERVERS_FAULT = 500


def code_of(body: bytes) -> int:
    """Return the code of Twilio's error, 0 where it says none."""
    found = _object(body).get("code")
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def wrong_with_number(code: int) -> str:
    """Return what is wrong with the number that was called, "" if it is not the number."""
    return NUMBERS.get(code, "")


def wrong_with_us(status: int, code: int) -> str:
    """Return why no call can be made: by an HTTP status and a code."""
    if code in OURS:
        return OURS[code]
    if status in SIGN_IN:
        return "sign_in"
    if status == TOO_MANY:
        return "too_many"
    return "down" if status >= SERVERS_FAULT else "refused"


def is_worth_another_try(status: int) -> bool:
    """Say whether the same may be answered otherwise in a moment."""
    return status == TOO_MANY or status >= SERVERS_FAULT


def read_object(body: bytes) -> dict[str, Any]:
    """Return the object that an answer holds. Raises ValueError where it holds none."""
    found = json.loads(body)
    if not isinstance(found, dict):
        raise ValueError("This is no object.")
    return found


def _object(body: bytes) -> dict[str, Any]:
    try:
        return read_object(body)
    except ValueError:
        return {}
