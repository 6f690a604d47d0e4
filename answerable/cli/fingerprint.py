"""A fingerprint of every migration in this release, made without loading Django."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
# Others whose migrations we apply: their version stands for their files.
OTHERS = ("django", "django-allauth", "procrastinate")


def fingerprint() -> str:
    """Return a digest that changes when a migration of ours or theirs is added or changed."""
    files = sorted(PACKAGE.rglob("migrations/*.py"))
    ours = [str(file.relative_to(PACKAGE)).encode() + file.read_bytes() for file in files]
    theirs = [f"{name} {version(name)}".encode() for name in OTHERS]
    return hashlib.sha256(b"\0".join(ours + theirs)).hexdigest()


def release() -> str:
    """Return the version of this release."""
    try:
        return version("answerable")
    except PackageNotFoundError:
        return _of_checkout()


def _of_checkout() -> str:
    for line in (PACKAGE.parent / "pyproject.toml").read_text().splitlines():
        if line.startswith("version = "):
            return line.split('"')[1]
    return "unknown"
