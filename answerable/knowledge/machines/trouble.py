"""Why a machine did not translate: a reason that can be kept, and its words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from answerable.lib.outbound import words as outbound

WORDS = {
    "key": gettext_lazy("{host} does not take our key. An operator can set another one."),
    "quota": gettext_lazy("What {host} translates for this key is used up for now."),
    "busy": gettext_lazy("{host} is asked too often. It is asked again later."),
    "language": gettext_lazy("{host} does not translate from {source} to {target}."),
    "long": gettext_lazy("{host} does not take a text of this length."),
    "away": gettext_lazy("{host} answered with status {status}. It is asked again later."),
    "odd": gettext_lazy("{host} answered something that is no translation."),
    "none": gettext_lazy("No machine is set up to translate (ANSWERABLE_TRANSLATION_URL)."),
    "gone": gettext_lazy(
        "The text that was to be translated is not the official one any more."
    ),
}
# What is the same a minute later: asking again is of no use.
FINAL = {"key", "language", "long", "none", "gone", "address", "scheme", "plain", "inside"}


class NotTranslated(Exception):
    """Something that was not translated. `after`: in how many seconds to ask again, if told."""

    def __init__(
        self,
        reason: str,
        values: Mapping[str, object] | None = None,
        *,
        after: int | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after
        self.values = {name: str(value) for name, value in (values or {}).items()}

    def __str__(self) -> str:
        return why(self.reason, self.values)

    @property
    def is_final(self) -> bool:
        """Whether asking again comes to the same."""
        return self.reason in FINAL


def why(reason: str, values: Mapping[str, str]) -> str:
    """Return the words of a reason, in the reader's language."""
    if reason in WORDS:
        return str(WORDS[reason]).format(**values)
    return outbound.why(reason, values)
