"""What a customer's mail says as a message: their words, and what is folded below them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from answerable.channels.email.core.letter import Written
from answerable.channels.email.core.passing import Passed, as_passed_on
from answerable.channels.email.core.reading import Reading


def said_in(reading: Reading) -> Written:
    """Return what a mail says; what its sender passes on is named, and folded below it."""
    if reading.passed is None or reading.passed.attached:
        return reading.said
    return as_passed_on(reading.passed, named(reading.passed))


def named(passed: Passed) -> str:
    """Return the line that says what was passed on: whose mail, about what, of when."""
    who = f"{passed.name} <{passed.address}>" if passed.name else passed.address
    words = _("Forwarded: “{subject}” from {who}").format(subject=passed.subject, who=who)
    return f"{words}, {passed.date}" if passed.date else words
