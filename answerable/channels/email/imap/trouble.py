"""Why a mailbox cannot be read: a reason that can be kept, and its words in each language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

WORDS = {
    "unreached": gettext_lazy("{host} cannot be reached: {says}."),
    "certificate": gettext_lazy("{host} has no certificate that can be trusted: {says}."),
    "plain": gettext_lazy("Without TLS only a server on this machine is asked, not {host}."),
    "signin": gettext_lazy("{host} does not let {user} in: {says}."),
    "token": gettext_lazy("No access token was given out for {user}: {says}"),
    "secret": gettext_lazy(
        "The secret of {user} cannot be opened. Enter it again: the secret key is another one."
    ),
    "folder": gettext_lazy("The folder {folder} cannot be opened: {says}."),
    "broken": gettext_lazy("The line to {host} broke: {says}."),
}
LONGEST = 200


class Trouble(Exception):
    """A mailbox cannot be read now. `says` is what the other side said, in its words."""

    def __init__(self, why: str, says: object = "") -> None:
        super().__init__(why)
        self.why = why
        self.says = spoken(says)


def spoken(says: object) -> str:
    """Return what a server or a library said as one line, without its own full stop."""
    if isinstance(says, OSError) and says.strerror:
        says = says.strerror
    text = says.decode("utf-8", "replace") if isinstance(says, bytes) else str(says)
    text = " ".join(text.replace("\0", "").split())
    if text.startswith(("b'", 'b"')):
        text = text[2:-1]
    return text.rstrip(".")[:LONGEST]


def trouble_words(why: str, says: str, *, host: str, user: str, folder: str) -> str:
    """Return a problem in the words of whoever reads it."""
    return str(WORDS[why]).format(host=host, user=user, folder=folder, says=says)
