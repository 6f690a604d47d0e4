"""Every key of the desk, in one table: the pages bind from it, and the help is made of it.

The character typed counts, not the place of the key; nothing is bound to Alt (ux.md 8.14).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its name in templates, what is typed, and what it does."""

    name: str
    typed: tuple[str, ...]
    does: Promise | str

    @property
    def bound(self) -> str:
        """What design's keys.js listens for; scripts of the desk look for the others."""
        return self.typed[0]

    @property
    def shown(self) -> list[list[str]]:
        """Each way to type it, as the caps that are pressed."""
        return [typed.split(" ") if " " in typed else typed.split("+") for typed in self.typed]


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of the desk, and the keys that act there."""

    name: Promise | str
    keys: tuple[Key, ...]


SCOPES = (
    Scope(
        _("Desk"),
        (
            Key("help", ("?",), _("Keyboard help")),
            Key(
                "next", ("q",), _("Next: the ticket with the least slack that you can work on")
            ),
            Key("skip", ("Q",), _("Skip this ticket and say why")),
            Key("filter", ("f",), _("Filter the queue")),
            Key("search", ("/",), _("Search tickets, accounts and people")),
            Key("claim", ("F2",), _("Take the top offer: chat, call or claim")),
            Key("not_now", ("Shift+F2",), _("Not now: pass the offer to the next person")),
            Key("status", ("g s",), _("Set my status")),
            Key("chat", ("c",), _("Next chat that waits for my answer")),
            Key("account", ("i",), _("Show or hide the customer pane")),
            Key("order", (".",), _("Update the order of the queue")),
            Key("undo", ("Mod+z",), _("Undo the last action")),
            Key("unsend", ("u",), _("Undo send while its bar is showing")),
            Key("go_queue", ("g q",), _("Go to the queue")),
            Key("go_mine", ("g m",), _("Go to my work")),
            Key("go_chats", ("g c",), _("Go to chats")),
            Key("go_incidents", ("g i",), _("Go to incidents")),
            Key("go_drafts", ("g d",), _("Go to drafts")),
            Key("go_wall", ("g w",), _("Go to the wallboard")),
            Key("go_notices", ("g n",), _("Go to notices")),
        ),
    ),
    Scope(
        _("Queue"),
        (
            Key("down", ("j", "↓"), _("Next row")),
            Key("up", ("k", "↑"), _("Previous row")),
            Key("ends", ("Home", "End"), _("First or last row")),
            Key("open", ("Enter", "o"), _("Open the row")),
            Key("pick", ("x",), _("Select the row")),
            Key("extend", ("J", "K"), _("Extend the selection down or up")),
            Key("pick_all", ("Mod+a",), _("Select every row in this queue")),
        ),
    ),
    Scope(
        _("Ticket"),
        (
            Key("take", ("t",), _("Take it")),
            Key("assign", ("a",), _("Assign to…")),
            Key("reply", ("r",), _("Reply")),
            Key("reply_only", ("R",), _("Reply to the requester only")),
            Key("macro", ("m",), _("Reply with a macro")),
            Key("note", ("n",), _("Internal note")),
            Key("resolve", ("e",), _("Resolve, or open again")),
            Key("why", ("d",), _("Why is it due then?")),
            Key("hold", ("h",), _("Hold until…")),
            Key("labels", ("l",), _("Labels")),
            Key("whose", ("w",), _("Whose it is: another person or customer")),
            Key("more", ("v",), _("More: what else can be done with the ticket")),
            Key("triage", ("!",), _("Business-critical: check")),
            Key("severity", ("p",), _("Severity")),
            Key("copy", ("y",), _("Copy the link to this ticket")),
            Key("find_entry", ("F",), _("Find in this conversation")),
            Key("leave", ("Escape",), _("Back to the queue")),
        ),
    ),
    Scope(
        _("Chat"),
        (
            Key("transfer", ("a",), _("Hand the chat on to somebody else")),
            Key("invite", ("b",), _("Bring a colleague in")),
            Key("end_chat", ("e",), _("End the chat")),
            Key("send_chat", ("Enter",), _("Send the message")),
            Key("line", ("Shift+Enter",), _("Begin a new line in the message")),
            Key(
                "edit_line", ("↑",), _("In an empty box: edit your last message, for a minute")
            ),
        ),
    ),
    Scope(
        _("Conversation"),
        (
            Key("entries", ("PageDown", "PageUp"), _("Next or previous entry")),
            Key("entry_ends", ("Home", "End"), _("First or latest entry")),
        ),
    ),
    Scope(
        _("Call"),
        (Key("mute", ("M",), _("Mute or unmute while on a call")),),
    ),
    Scope(
        _("Wallboard"),
        (
            Key("tiles", ("←", "→"), _("Next or previous tile")),
            Key("open_tile", ("Enter",), _("Open the tickets behind a tile")),
            Key("assign_first", ("a",), _("Assign the ticket, or the first of the tile")),
            Key("freeze", (".",), _("Freeze the board, or let it go on")),
        ),
    ),
    Scope(
        _("Text boxes"),
        (
            Key("send", ("Mod+Enter",), _("Send the reply, add the note, save the decision")),
            Key(
                "send_next",
                ("Mod+Shift+Enter",),
                _("Reply: send and go to the next. Note: add, and assign to whom it mentions"),
            ),
            Key("macros", ("/",), _("At the start of a word: find a macro")),
            Key("mention", ("@",), _("In a note: mention a colleague")),
            Key("bold", ("Mod+b",), _("Bold")),
            Key("italic", ("Mod+i",), _("Italic")),
            Key("close", ("Escape",), _("Leave the box; the draft is kept")),
        ),
    ),
)
KEYS = {key.name: key for scope in SCOPES for key in scope.keys}
