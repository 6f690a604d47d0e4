"""The sentences of live chat, exactly as ux.md 5.4 and 5.7 have them."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.entitlements.core.plan import Kind
from answerable.lib import times
from answerable.lib.waits import rounded_up
from answerable.routing.room import Room
from answerable.sla.words import length_words


def comes_within(kind: str, within: timedelta) -> str:
    """Return what is said of how soon somebody comes into a chat: promised, or aimed for."""
    length = length_words(within)
    if kind == Kind.GUARANTEE:
        return _("A specialist joins within {length}").format(length=length)
    words = _("We aim to join within {length}. This is not a guarantee.")
    return words.format(length=length)


def ahead(count: int) -> str:
    """Return “2 people ahead of you”, nothing where nobody is."""
    if not count:
        return ""
    words = ngettext("{count} person ahead of you", "{count} people ahead of you", count)
    return words.format(count=count)


def in_line(desk: Room) -> str:
    """Return “Chat: all specialists are with customers. About 20 minutes.”, as far as known.

    While one of them is only being asked to come to somebody else: who is ahead.
    """
    first = _("Chat: all specialists are with customers.")
    if desk.free:
        first = _("Chat: {ahead}.").format(ahead=ahead(desk.waiting))
    about = wait_about(desk.usual)
    return f"{first} {about}" if about else first


def wait_about(wait: timedelta | None) -> str:
    """Return “About 3 minutes.”; nothing where nobody knows, or it is more than an hour."""
    minutes = rounded_up(wait) if wait is not None else None
    if not minutes:
        return ""
    words = ngettext("About {count} minute.", "About {count} minutes.", minutes)
    return words.format(count=minutes)


def opens(opens_at: datetime | None, at: datetime, zone: tzinfo) -> str:
    """Return “Chat opens Mon 08:00 (Berlin).”; without an instant, that nobody is there."""
    if opens_at is None:
        return _("Chat: no specialist is there now.")
    return _("Chat opens {time} ({city}).").format(
        time=times.customer_moment(opens_at, at, zone), city=times.city(zone)
    )


def no_good_choice(*, has_guarantee: bool) -> str:
    """Return that a chat would be waited for too long, and what is sooner where that is."""
    first = _("Chat is not a good choice now (over 30 minutes).")
    if not has_guarantee:
        return first
    return first + " " + _("Email has a guaranteed time.")


def script_words() -> dict[str, str]:
    """Return every string that a chat's script may show; what has gaps is filled there."""
    return {
        "you": _("You"),
        "specialist": _("(specialist)"),
        "today": _("Today"),
        "sending": _("Sending"),
        "sent": _("Sent"),
        "seen": _("Seen"),
        "not_sent": _("Not sent."),
        "send_again": _("Send again"),
        "deleted": _("Deleted"),
        "edited": _("(edited)"),
        "edit": _("Edit"),
        "delete": _("Delete"),
        "edit_hint": _("Enter saves, Escape leaves it as it was."),
        "not_changed": _("We did not receive that. Try again."),
        "typing": _("{name} is typing"),
        "with": _("You are talking with {name}."),
        "place": _("You are number {place}."),
        "keep_working": _("You can keep working: we ring here and by mail."),
        "wrote": _("{name} has written to you."),
        "back_to_chat": _("Back to the chat"),
        "empty": _("Enter your message"),
        "offline": _("You are offline. What you type is kept on this device."),
        "reconnecting": _("Reconnecting…"),
        "back": _("Back online. Everything is saved."),
        "over": _("Your session ended. Sign in again to send. Your text is kept."),
    }
