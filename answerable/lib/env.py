"""Readers of the environment. Nonsense raises, in words an operator understands."""

from __future__ import annotations

import os
from pathlib import Path


class BadSetting(Exception):
    """A setting has a value that cannot be used."""


def env(name: str, default: str = "") -> str:
    """Return a setting; NAME_FILE names a file that holds it, as for secrets."""
    file = os.environ.get(f"{name}_FILE")
    if not file:
        return os.environ.get(name, default)
    try:
        return Path(file).read_text().strip()
    except OSError as error:
        raise BadSetting(f"{name}_FILE: cannot read {file}: {error.strerror}") from error


def env_bool(name: str, *, default: bool) -> bool:
    """Return a yes-or-no setting."""
    value = env(name).lower()
    if value in {"", "1", "0", "yes", "no", "true", "false"}:
        return value in {"1", "yes", "true"} if value else default
    raise BadSetting(f"{name} must be yes or no. It is {value!r}.")


def env_int(name: str, default: int, *, most: int | None = None) -> int:
    """Return a whole number from the settings; with `most`, one from 0 to that."""
    value = env(name)
    try:
        number = int(value) if value else default
    except ValueError:
        raise BadSetting(f"{name} must be a whole number. It is {value!r}.") from None
    if most is not None and not 0 <= number <= most:
        raise BadSetting(f"{name} must be from 0 to {most}. It is {value!r}.")
    return number


def env_numbers(name: str) -> dict[str, int]:
    """Return numbers by name, written as “100,example.com=20”: the bare one is for "", all."""
    numbers = {}
    for part in env_list(name):
        key, _, number = part.rpartition("=")
        if not number.strip().isdecimal():
            raise BadSetting(f"{name} must be like 100,example.com=20. It has {part!r}.")
        numbers[key.strip().lower()] = int(number)
    return numbers


def env_list(name: str, default: str = "") -> list[str]:
    """Return a list that is written with commas."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def env_choice(name: str, *choices: str) -> str:
    """Return one of some words; the first is the default."""
    value = env(name) or choices[0]
    if value in choices:
        return value
    raise BadSetting(f"{name} must be {' or '.join(choices)}. It is {value!r}.")


def env_pairs(name: str) -> dict[str, str]:
    """Return what is written as `name=value`, with commas; names in lower case."""
    pairs = [part.partition("=") for part in env_list(name)]
    if any(not (key.strip() and value.strip()) for key, _, value in pairs):
        raise BadSetting(f"{name} must be written as name=value, with commas.")
    return {key.strip().lower(): value.strip() for key, _, value in pairs}
