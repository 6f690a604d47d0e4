"""Fuzz the reading of mails with atheris, which is to be installed beside the rest.

    python -m bench.mail_sets.fuzz --seeds DIR [-max_total_time=600 -timeout=2]

The first directory is what libFuzzer collects; --seeds fills it with the mails of the sets.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["answerable.channels.email"]):
    from answerable.channels.email.core.understood import as_json
    from answerable.channels.email.understand import understand

MATERIAL = Path(__file__).parents[3] / "shared" / "mail"
LARGEST = 20_000
GAVE_UP = "It cannot be"  # taken apart, or read as a mail


def once(raw: bytes) -> None:
    """Understand some bytes. What is raised, or was caught on the way, is a bug."""
    says = understand(raw)
    json.dumps(as_json(says), ensure_ascii=False).encode()
    assert not any(GAVE_UP in problem for problem in says.problems), says.problems


def seed(folder: Path) -> None:
    """Write the raw mails of the sets into a folder, one a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in sorted(MATERIAL.glob("*.jsonl")):
        for number, line in enumerate(file.read_text("utf-8").splitlines()):
            raw = base64.b64decode(json.loads(line).get("raw_b64", ""))
            if 0 < len(raw) <= LARGEST:
                (folder / f"{file.stem}-{number}").write_bytes(raw)


def main(arguments: list[str]) -> None:
    """Fuzz until libFuzzer's limits are reached, or something is found."""
    if "--seeds" in arguments:
        seed(Path(arguments[arguments.index("--seeds") + 1]))
        arguments.remove("--seeds")
    atheris.Setup(arguments, once)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
