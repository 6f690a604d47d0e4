"""Who is mentioned in a note: @ben, or @ben.okafor where several are called so. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

MENTION = re.compile(r"(?<![\w@.])@([\w][\w.\-]*[\w]|\w)")


def handles(names: Mapping[int, str]) -> dict[int, str]:
    """Return what each agent is called after an @: the first name, or all if it is shared."""
    first = {
        key: name.split()[0].casefold() if name.split() else "" for key, name in names.items()
    }
    shared = Counter(first.values())
    return {
        key: first[key] if shared[first[key]] == 1 else full_handle(name)
        for key, name in names.items()
        if first[key]
    }


def full_handle(name: str) -> str:
    """Return what always means one agent after an @: the full name, with dots."""
    return ".".join(name.casefold().split())


def mentions_in(text: str, names: Mapping[int, str]) -> list[int]:
    """Return the agents whom a text mentions, each once, in order.

    A full name with dots is understood as well as the short one.
    """
    by_handle = {full_handle(name): key for key, name in names.items()}
    by_handle |= {handle: key for key, handle in handles(names).items()}
    found = (by_handle.get(match[1].casefold()) for match in MENTION.finditer(text))
    return list(dict.fromkeys(key for key in found if key is not None))
