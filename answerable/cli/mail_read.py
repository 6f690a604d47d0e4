"""`answerable mail read`: what is understood of raw mails, as JSON. No database, no Django."""

from __future__ import annotations

import argparse
import base64
import json
import os
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from typing import Any

from answerable.channels.email.core.mapped import PIECE, Buffer, gathered
from answerable.channels.email.core.understood import Understood, as_json
from answerable.channels.email.understand import understand, understand_body
from answerable.cli.wrong import Wrong


def run(options: argparse.Namespace) -> int:
    """Print what each mail says; 0 for anything that is bytes, 2 for what is not there."""
    if not (options.files or options.body or options.jsonl):
        raise Wrong("Name a file with a raw mail: answerable mail read mail.eml")
    try:
        for says in _asked(options):
            print(says, flush=True)  # noqa: T201  the command line speaks here
    except BrokenPipeError:
        # Whoever read us has enough. Nothing more must be written, at the end neither.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _asked(options: argparse.Namespace) -> Iterator[str]:
    if options.jsonl:
        yield from (json.dumps(_answer(line)) for line in sys.stdin.buffer if line.strip())
    if options.body:
        yield _indented(understand_body(bytes(_bytes(options.body))))
    for place in options.files:
        yield _indented(understand(_bytes(place)))


def _indented(understood: Understood) -> str:
    return json.dumps(as_json(understood), indent=2)


def _answer(line: bytes) -> dict[str, Any]:
    """Return what one line asks for; what cannot be read is said in `error`."""
    try:
        asked = json.loads(line)
        if "raw_b64" in asked:
            return as_json(understand(base64.b64decode(asked["raw_b64"])))
        subject = str(asked.get("subject") or "")
        return as_json(understand_body(asked["body"].encode(errors="replace"), subject))
    except KeyError:
        return {"error": "The line has neither raw_b64 nor body."}
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        return {"error": f"The line cannot be read: {error}."}


def _bytes(place: str) -> Buffer:
    try:
        with nullcontext(sys.stdin.buffer) if place == "-" else open(place, "rb") as file:
            return gathered(iter(partial(file.read, PIECE), b""))
    except OSError as error:
        raise Wrong(f"Cannot read {place}: {error.strerror}.") from error
