"""The fields of a delivery report (RFC 3464, RFC 6533), also copied into text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_BLOCKS = 500
LONGEST_VALUE = 2000
LONGEST_ADDRESS = 254

FIELD = re.compile(
    r"^(reporting-mta|final-recipient|original-recipient|x-actual-recipient|action|status"
    r"|diagnostic-code|remote-mta|arrival-date|last-attempt-date|will-retry-until"
    r"|received-from-mta|original-envelope-id|final-log-id|x-[\w-]{2,40}) ?:[ \t]*(.*)$",
    re.IGNORECASE,
)
TELLING = {"final-recipient", "original-recipient", "action"}
NEEDED = ("action", "status", "diagnostic-code")
ADDRESS = re.compile(
    r"(?:\"[^\"\s<>]{1,62}\"|[^\s<>()\[\],;:\"'|\\/]{1,64})@[^\s<>()\[\],;:\"'|\\/@]{1,255}"
)
# How RFC 6533 writes a letter beyond ASCII in an address.
XTEXT = re.compile(r"\\x\{([0-9A-Fa-f]{1,6})\}")
CODE_TYPE = re.compile(r"^(?:smtp|x-(?!unix)[\w-]{1,30}|dns|dsn|unknown) ?; ?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """What a report says of one recipient; what it does not say is empty."""

    recipient: str = ""
    original: str = ""
    action: str = ""
    status: str = ""
    diagnosis: str = ""
    reporter: str = ""
    category: str = ""  # the sending server's own name for it


def blocks_in(lines: Iterable[str]) -> list[Block]:
    """Return what a report says of each recipient, in order.

    An empty line ends a block only when the block says what became of its recipient: some
    servers tear blocks apart.
    """
    found: list[dict[str, str]] = []
    now: dict[str, str] = {}
    last = ""
    for line in lines:
        field = FIELD.match(line)
        if not line.strip():
            last = ""
            if _is_whole(now):
                found.append(now)
                now = {}
        elif field:
            last = field.group(1).lower()
            if last in now and last in TELLING:
                found.append(now)
                now = {}
            now.setdefault(last, field.group(2))
        elif last and line[:1] in " \t":
            now[last] = f"{now[last]} {line.strip()}"[:LONGEST_VALUE]
        if len(found) >= MOST_BLOCKS:
            break
    reporter = next(
        (one["reporting-mta"] for one in [*found, now] if "reporting-mta" in one), ""
    )
    return [_block({"reporting-mta": reporter} | one) for one in [*found, now] if _says(one)]


def without_fields(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return a text without the fields that a server copied into it, and those lines."""
    names = [FIELD.match(line) for line in lines]
    if not any(name and name.group(1).lower() in TELLING for name in names):
        return list(lines), []
    rest: list[str] = []
    fields: list[str] = []
    is_field = False
    for line, name in zip(lines, names, strict=True):
        is_field = bool(name) or (is_field and line[:1] in " \t" and bool(line.strip()))
        (fields if is_field else rest).append(line)
        if not line.strip():
            fields.append("")
    return rest, fields


def address_in(text: str) -> str:
    """Return the first address in a text, in lower case only behind the @; or nothing."""
    found = ADDRESS.search(XTEXT.sub(_letter, text[:LONGEST_VALUE]))
    return tidy(found.group()) if found else ""


def tidy(address: str) -> str:
    """Return an address without the full stop or quote of the sentence around it."""
    return address.strip(".'`*&=")[:LONGEST_ADDRESS]


def _letter(found: re.Match[str]) -> str:
    number = int(found.group(1), 16)
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else ""


def _is_whole(now: dict[str, str]) -> bool:
    named = "final-recipient" in now or "original-recipient" in now
    return named and any(name in now for name in NEEDED)


def _says(now: dict[str, str]) -> bool:
    return bool(TELLING & now.keys() or "diagnostic-code" in now)


def _block(now: dict[str, str]) -> Block:
    final = address_in(now.get("final-recipient", ""))
    original = address_in(now.get("original-recipient", ""))
    action = now.get("action", "").strip().lower().split(" ")[0].rstrip(";,")
    return Block(
        recipient=final or original,
        original=original or final,
        action=action[:20],
        status=now.get("status", "").strip(),
        reporter=now.get("reporting-mta", "").rpartition(";")[2].strip().lower(),
        category=now.get("x-powermta-bouncecategory", "").strip()[:40],
        diagnosis=CODE_TYPE.sub("", now.get("diagnostic-code", "").strip()),
    )
