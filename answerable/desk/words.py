"""Small words that several parts of the desk say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import cache

from django.utils.formats import number_format
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from answerable.lib import times
from answerable.tickets.actions import LONGEST


def people(names: Sequence[str]) -> str:
    """Return “Ana”, “Ana and Ben”, or “Ana, Ben and Chidi”."""
    if len(names) < 2:
        return "".join(names)
    return _("{some} and {last}").format(some=", ".join(names[:-1]), last=names[-1])


def alternatives(words: Sequence[str]) -> str:
    """Return “open”, “open or on hold”, or “late, at risk or soon”."""
    if len(words) < 2:
        return "".join(words)
    return _("{some} or {last}").format(some=", ".join(words[:-1]), last=words[-1])


def first_name(name: str) -> str:
    """Return what colleagues call somebody."""
    return name.split(maxsplit=1)[0] if name.strip() else name


def seconds(instant: datetime, zone: tzinfo) -> str:
    """Return a time to the second: “14:10:02”."""
    return f"{instant.astimezone(zone):%H:%M:%S}"


def left_words(due: datetime, at: datetime) -> str:
    """Return the time left as it is read aloud: “6 minutes left”, “5 h 12 min left”."""
    left = times.seconds_left(due, at)
    if left < 0:
        return times.lateness(due, at)
    if left >= times.HOUR:
        return _("{time} left").format(time=times.span(left))
    minutes = left // times.MINUTE
    words = ngettext("{minutes} minute left", "{minutes} minutes left", minutes)
    return words.format(minutes=minutes)


def min_left(due: datetime, at: datetime) -> str:
    """Return the time left in short: “29 min left”, or “4 min late”."""
    if times.seconds_left(due, at) < 0:
        return times.lateness(due, at)
    return _("{time} left").format(time=times.span(times.seconds_left(due, at)))


def reasons_to_decline() -> dict[str, str]:
    """Return why an offer may be passed on, by what is kept of it."""
    return {
        "busy": _("Busy with other work"),
        "area": _("Not my area"),
        "language": _("Not my language"),
        "break": _("On a break"),
    }


def words_script() -> SafeString:
    """Return the words of the desk's scripts as data in the page, written once a language."""
    return _script_in(get_language())


@cache
def _script_in(language: str | None) -> SafeString:
    return json_script(browser_words(), "desk-words")


def _queue_words() -> dict[str, object]:
    return {
        "moved": {
            "one": ngettext("{count} ticket moved.", "{count} tickets moved.", 1),
            "other": ngettext("{count} ticket moved.", "{count} tickets moved.", 2),
        },
        "picked": {
            "one": ngettext("{count} selected", "{count} selected", 1),
            "other": ngettext("{count} selected", "{count} selected", 2),
        },
    }


def _palette_words() -> dict[str, object]:
    """Return what the command palette says."""
    return {
        "picked_tickets": {
            "one": ngettext("{count} ticket", "{count} tickets", 1),
            "other": ngettext("{count} ticket", "{count} tickets", 2),
        },
        "palette_lacks": _("{what}: {why}"),
        "palette_none": _("No command or ticket matches {q}. Search everywhere ↵"),
        "palette_no_choice": _("No choice matches {q}. Open the dialog ↵"),
        "palette_choose": _("Type to choose, Backspace goes back"),
        "palette_kinds": {"place": _("go to"), "ticket": _("ticket")},
        "not_here": _("not on this page"),
    }


def browser_words() -> dict[str, object]:
    """Return what the desk's scripts say, beside the words of every page."""
    return {
        **_queue_words(),
        **_palette_words(),
        "update_order": _("Press full stop to update the order."),
        "new_messages": {
            "one": ngettext("{count} new message ↓", "{count} new messages ↓", 1),
            "other": ngettext("{count} new message ↓", "{count} new messages ↓", 2),
        },
        "labels_found": {
            "one": ngettext("{count} label", "{count} labels", 1),
            "other": ngettext("{count} label", "{count} labels", 2),
        },
        "new_since": _("New since {time}"),
        "left": _("{time} left"),
        "sending_in": _("Sending in {seconds} s."),
        "sending": _("Sending."),
        "draft": _("draft"),
        **_writing_words(),
        **_chat_words(),
        "company": _company_words(),
        "copied": _("Copied."),
        "offer_left": _("Goes to the next in {seconds} s"),
        "alerts_ask": _("Test sound and notices"),
        "sound_blocked": _("The browser muted our sound."),
        "sound_on": _("Turn on sound"),
        "sound_works": _("Sound works. It played just now."),
        "notices_work": _("Desktop notices work. They come while this page is hidden."),
        "notices_blocked": _(
            "Desktop notices are blocked by the browser. You still get sound and cards here."
        ),
        "notices_none": _("This browser has no desktop notices. You get sound and cards here."),
        "notice_test": _("This is how an offer is told while you are elsewhere."),
        "sign_in": _("Sign in"),
        "session_ended": _("Your session ended. Sign in to continue: your text is kept."),
        "session_over": _(
            "Your session ended at {time}. Sign in to continue: your text is kept."
        ),
    }


def _company_words() -> dict[str, object]:
    """Return what is said of colleagues who are on a ticket, by what they do there."""
    return {
        "view": _("{name} is viewing"),
        "reply": _("{name} is replying"),
        "note": _("{name} is writing a note"),
        "chat": _("{name} is writing in the chat"),
        "call": _("{name} is writing about a call"),
        "side": _("{name} is writing in a side conversation"),
        "lost": _("{name} lost connection"),
        "ago": _("{words} ({age} ago)"),
        "seconds": _("{seconds} s"),
        "writes_reply": _("{name} is writing a reply."),
        "ask": _("Ask {name}"),
    }


def _counted(words: str) -> str:
    return words.format(count=number_format(LONGEST, force_grouping=True))


def _writing_words() -> dict[str, object]:
    """Return what the scripts of the two boxes say."""
    return {
        "fill_gap": _("Fill in: {name}"),
        "leave_out": _("Leave out: {words}"),
        "empty_text": _("No text"),
        "rows_left_out": _("({count} more rows are in the attached file)"),
        "sheet_name": _("table.csv"),
        "draft_newer": _("A newer draft of this reply is open in another window."),
        "use_that": _("Use that one"),
        "keep_both": _("Keep both"),
        "no_files_in_note": _(
            "Files of this page go with the message. "
            "Add them to a note once the ticket is there."
        ),
        "reply_unsent": _("Not sent. Your reply is kept as a draft."),
        "note_unsent": _("Not added. Your note is kept as a draft."),
        "send_again": _("Send again"),
        "longest": LONGEST,
        "too_long": {
            "reply": _counted(_("The reply must be {count} characters or fewer")),
            "note": _counted(_("The note must be {count} characters or fewer")),
        },
        "back_to_own": _("Back to my own words"),
        "translate": _("Translate"),
    }


def _chat_words() -> dict[str, object]:
    """Return what the scripts of chats say."""
    return {
        "edited": _("edited"),
        "deleted": _("Deleted"),
        "files": _("Files"),
        "open_file": _("Open"),
        "download": _("Download"),
        "internal_note": _("Internal note"),
        "with_files": _("Files: {count}"),
        "sending_now": _("Sending"),
        "sent": _("Sent"),
        "seen": _("Seen"),
        "not_sent": _("Not sent"),
        "not_sent_yet": _("Not sent yet. We try again by ourselves."),
        "take_back_text": _("Back into the box"),
        "edit_line": _("Edit"),
        "delete_line": _("Delete"),
        "is_typing": _("{name} is typing"),
        "writes": _("{name} writes: {text}"),
        "enter_message": _("Enter a message"),
        "fill_in": _("Fill in {names}, or send it as it is"),
        "answers_found": {
            "one": ngettext("{count} answer", "{count} answers", 1),
            "other": ngettext("{count} answer", "{count} answers", 2),
        },
    }
