"""Who else a mail is addressed to: those who may want copies of what is answered. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from answerable.channels.email.core.addresses import Person, people_in
from answerable.channels.email.core.parse import Mail

MOST_COPIED = 30
# Nobody reads what is sent there, or a program answers.
PROGRAM = re.compile(
    r"(?:mailer-daemon|postmaster|bounces?|(?:no|do-?not|never)[-_.]?reply|noreply|autoreply"
    r"|auto-?responder|notifications?|unsubscribe|listserv|majordomo|abuse)(?:[-_.+=].*)?",
    re.IGNORECASE,
)
# As any server takes it: a reply must not fail for the sake of a copy.
ADDRESS = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}){0,9}"
    r"@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}"
)


def copied_by(mail: Mail, is_own: Callable[[str], bool]) -> list[Person]:
    """Return who stands beside us in To and Cc: people, each once, addresses in lower case.

    Not the sender, none of our own addresses, and no programs, which would answer each copy.
    """
    found: dict[str, Person] = {}
    for person in _named(mail):
        address = person.address.lower()
        if address != mail.sender and _is_a_persons(address) and not is_own(address):
            found.setdefault(address, Person(person.name, address))
    return list(found.values())[:MOST_COPIED]


def _named(mail: Mail) -> Iterator[Person]:
    for header in ("to", "cc"):
        yield from people_in(mail.headers.get(header, ""))


def _is_a_persons(address: str) -> bool:
    local = address.partition("@")[0]
    return bool(ADDRESS.fullmatch(address)) and not PROGRAM.fullmatch(local)
