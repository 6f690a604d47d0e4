"""Support codes on the keys of a telephone. Pure."""

from __future__ import annotations

# The letters on each key, as ITU-T E.161 has them.
KEYS = {
    letter: key
    for key, letters in {
        "2": "ABC",
        "3": "DEF",
        "4": "GHI",
        "5": "JKL",
        "6": "MNO",
        "7": "PQRS",
        "8": "TUV",
        "9": "WXYZ",
    }.items()
    for letter in letters
}


def keys_of(code: str) -> str:
    """Return the keys that somebody presses for a code: K7QP-3FDA is 57773332."""
    pressed = (KEYS.get(letter, letter) for letter in code.upper())
    return "".join(key for key in pressed if key.isascii() and key.isdecimal())
