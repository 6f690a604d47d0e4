"""Why something was not fetched: a reason that can be kept, and its words in each language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

WORDS = {
    "address": gettext_lazy(
        "This is no address of the web. Write one like https://example.com/days.ics, "
        "with other characters percent-encoded."
    ),
    "scheme": gettext_lazy("Addresses with {scheme} are not fetched. Write one with https."),
    "plain": gettext_lazy(
        "http is not encrypted. Write https, or let an operator allow {origin} "
        "(ANSWERABLE_OUTBOUND_ALLOW)."
    ),
    "password": gettext_lazy("The address holds a name or a password. Leave them out."),
    "port": gettext_lazy(
        "Port {port} is not used. Leave it out, or let an operator allow {origin} "
        "(ANSWERABLE_OUTBOUND_ALLOW)."
    ),
    "host": gettext_lazy(
        "{host} is no host name. Write a name like example.com; one with other letters as "
        "xn--…, an IP address as 192.0.2.1 or [2001:db8::1]."
    ),
    "inside": gettext_lazy(
        "{host} is at {address}, which is not on the public internet. An operator may allow "
        "it (ANSWERABLE_OUTBOUND_ALLOW)."
    ),
    "unknown": gettext_lazy("No address is known for {host}."),
    "unreached": gettext_lazy("{host} cannot be reached: {error}."),
    "certificate": gettext_lazy("{host} has no certificate that can be trusted: {error}."),
    "slow": gettext_lazy("{host} took longer than {seconds} seconds."),
    "big": gettext_lazy("{host} sent more than {limit} MB."),
    "led": gettext_lazy("{host} led on to other addresses too often."),
    "type": gettext_lazy("{host} sent {type}."),
    "garbled": gettext_lazy("{host} sent what cannot be read: {error}."),
    "useless": gettext_lazy("{host} sent nothing that can be used here: {error}"),
    "status": gettext_lazy("{host} answered with status {status}."),
}


class Unfetched(Exception):
    """Something that was not fetched. Its words are those of whoever reads them."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = {name: str(value) for name, value in values.items()}

    def __str__(self) -> str:
        return why(self.reason, self.values)


class Refused(Unfetched):
    """Something that may not be fetched: asking again comes to the same."""


def why(reason: str, values: Mapping[str, str]) -> str:
    """Return the words of a reason, in the reader's language."""
    return str(WORDS[reason]).format(**values)
