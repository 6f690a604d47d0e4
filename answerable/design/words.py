"""The words that scripts say, translated here and handed over as data in the page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.lib import times


def browser_words() -> dict[str, object]:
    """Return every string that a script may show, in the reader's language."""
    return {
        **_of_files(),
        "times": times.patterns(),
        "names": times.names(),
        "in_minutes": {
            "one": ngettext("in {minutes} minute", "in {minutes} minutes", 1),
            "other": ngettext("in {minutes} minute", "in {minutes} minutes", 2),
        },
        "stale": _("Times as of {time}. Reconnecting…"),
        "back": _("Back online. Everything is saved."),
        "offline": _("You are offline. What you type is kept on this device."),
        "live": _("Times live"),
        "live_late": _("Times live · {seconds} s"),
        "connecting": _("Connecting…"),
        "minutes_left": {
            "one": ngettext("{minutes} minute left", "{minutes} minutes left", 1),
            "other": ngettext("{minutes} minute left", "{minutes} minutes left", 2),
        },
        "now_late": _("This reply is late now."),
        "go_to": _("Go to…"),
        "clock_fast": _(
            "Your computer's clock is {minutes} minutes fast. "
            "Times here use the server's clock."
        ),
        "clock_slow": _(
            "Your computer's clock is {minutes} minutes slow. "
            "Times here use the server's clock."
        ),
        "kept": _("Your text from before is back."),
        "not_received": _(
            "We did not receive your message. Nothing is lost: your text is still here."
        ),
        "not_saved": _("Not saved yet. Your text is still here. Trying again in {seconds} s."),
        "try_now": _("Try now"),
    }


def _of_files() -> dict[str, object]:
    return {
        "uploading": _("{name}: {percent} % is here"),
        "attached": _("{name} is attached."),
        "removed": _("{name} is removed."),
        "remove": _("Remove"),
        "remove_name": _("Remove: {name}"),
        "try_again": _("Try again"),
        "goes_along": _("goes with the message"),
        "upload_failed": _("{name} could not be uploaded. Try again."),
        "file_too_big": _("{name}: the selected file must be smaller than {most} MB"),
        "file_empty": _("{name}: the selected file is empty"),
        "still_uploading": _("Files are on their way. It is sent when they are here."),
        "screenshot": _("screenshot"),
    }
