"""Every key and every command of the desk, in one table: pages bind their buttons from it, and
the help, the command palette and the page of one's own keys are made of it.

The character typed counts, not the place of the key; nothing is bound to Alt (ux.md 8.14). A
row is added to the scope in which it acts; one without a key is a command of the palette alone.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from answerable.desk.box_keys import BOXES, WALLBOARD
from answerable.desk.key_types import AT_ONCE, IN_DIALOG, PREFIX, Key, Scope, Words, caps_of

__all__ = ["KEYS", "PREFIX", "SCOPES", "Key", "Scope", "Words", "caps_of"]

SCOPES = (
    Scope(
        "anywhere",
        _("Anywhere"),
        (
            Key("palette", ("Mod+k",), _("Open the command palette"), acts=False),
            Key(
                "claim",
                ("F2",),
                _("Take the top offer: chat, call or claim"),
                lacks=_("nothing is offered to you"),
            ),
            Key(
                "not_now",
                ("Shift+F2",),
                _("Not now: pass the offer to the next person"),
                lacks=_("nothing is offered to you"),
            ),
            Key("pane", ("Mod+F6",), _("Next pane"), acts=False),
            Key("pane_back", ("Mod+Shift+F6",), _("Previous pane"), acts=False),
        ),
        fixed=True,
    ),
    Scope(
        "desk",
        _("Desk"),
        (
            Key("help", ("?",), _("Keyboard help")),
            Key(
                "next",
                ("q",),
                _("Next: the ticket with the least slack that you can work on"),
                title=_("Next ticket"),
            ),
            Key(
                "skip",
                ("Q",),
                _("Skip this ticket and say why"),
                on=_("Skip {what} and say why"),
                lacks=_("open a ticket that is not resolved"),
            ),
            Key("filter", ("f",), _("Filter the queue"), lacks=_("go to the queue first")),
            Key("search", ("/",), _("Search tickets, accounts and people")),
            Key("new_ticket", (), _("New ticket")),
            Key("status", ("g s",), _("Set my status")),
            Key("chat", ("c",), _("Next chat that waits for my answer")),
            Key(
                "account",
                ("i",),
                _("Show or hide the customer pane"),
                lacks=_("open a ticket first"),
            ),
            Key(
                "order",
                (".",),
                _("Update the order of the queue"),
                lacks=_("it is up to date"),
            ),
            Key("undo", ("Mod+z",), _("Undo the last action")),
            Key(
                "unsend",
                ("u",),
                _("Undo send while its bar is showing"),
                title=_("Undo send"),
                lacks=_("no reply waits to be sent"),
            ),
            Key("go_queue", ("g q",), _("Go to the queue")),
            Key("go_mine", ("g m",), _("Go to my work")),
            Key("go_chats", ("g c",), _("Go to chats")),
            Key("go_callbacks", ("g b",), _("Go to callbacks")),
            Key("go_incidents", ("g i",), _("Go to incidents")),
            Key("go_drafts", ("g d",), _("Go to drafts")),
            Key(
                "go_wall",
                ("g w",),
                _("Go to the wallboard"),
                lacks=_("leads have the wallboard"),
            ),
            Key("go_notices", ("g n",), _("Go to notices")),
            Key("go_reports", ("g r",), _("Go to reports"), lacks=_("leads have reports")),
            Key(
                "go_office",
                ("g a",),
                _("Go to administration"),
                lacks=_("administrators have it"),
            ),
            Key("go_keys", ("g k",), _("Go to my keys")),
        ),
    ),
    Scope(
        "queue",
        _("Queue"),
        (
            Key("down", ("j", "↓"), _("Next row"), acts=False),
            Key("up", ("k", "↑"), _("Previous row"), acts=False),
            Key("ends", ("Home", "End"), _("First or last row"), acts=False),
            Key("screens", ("PageDown", "PageUp"), _("One screen down or up"), acts=False),
            Key("open", ("Enter", "o"), _("Open the row"), acts=False),
            Key(
                "peek",
                ("Space",),
                _("Peek without opening: nobody sees you as viewing"),
                acts=False,
            ),
            Key("pick", ("x",), _("Select the row"), acts=False),
            Key("extend_down", ("J",), _("Extend the selection down"), acts=False),
            Key("extend_up", ("K",), _("Extend the selection up"), acts=False),
            Key(
                "pick_all",
                ("Mod+a",),
                _("Select every row in this queue"),
                lacks=_("go to the queue first"),
            ),
            Key(
                "unpick",
                ("Escape",),
                _("Clear the selection"),
                lacks=_("no ticket is selected"),
            ),
        ),
    ),
    Scope(
        "ticket",
        _("Ticket"),
        (
            Key(
                "take",
                ("t",),
                _("Take it"),
                on=_("Take {what}"),
                lacks=_("it is yours, or resolved"),
            ),
            Key(
                "assign",
                ("a",),
                _("Assign to…"),
                on=_("Assign {what} to…"),
                chooses=AT_ONCE,
            ),
            Key("reply", ("r",), _("Reply"), on=_("Reply on {what}")),
            Key(
                "reply_only",
                ("R",),
                _("Reply to the requester only"),
                on=_("Reply to the requester of {what} only"),
            ),
            Key(
                "macro",
                ("m",),
                _("Reply with a macro"),
                on=_("Reply on {what} with a macro"),
            ),
            Key("note", ("n",), _("Internal note"), on=_("Internal note on {what}")),
            Key(
                "resolve",
                ("e",),
                _("Resolve, or open again"),
                on=_("Resolve {what}, or open it again"),
            ),
            Key("why", ("d",), _("Why is it due then?"), on=_("Why is {what} due then?")),
            Key(
                "hold",
                ("h",),
                _("Hold until…"),
                on=_("Hold {what} until…"),
                lacks=_("it is held or resolved already"),
                chooses=IN_DIALOG,
            ),
            Key(
                "labels",
                ("l",),
                _("Labels"),
                on=_("Labels of {what}…"),
                chooses=AT_ONCE,
            ),
            Key(
                "whose",
                ("w",),
                _("Whose it is: another person or customer"),
                on=_("Whose {what} is: another person or customer"),
            ),
            Key(
                "more",
                ("v",),
                _("More: what else can be done with the ticket"),
                on=_("More: what else can be done with {what}"),
            ),
            Key(
                "triage",
                ("!",),
                _("Business-critical: check"),
                on=_("Business-critical: check {what}"),
                lacks=_("no decision on it waits"),
            ),
            Key(
                "severity",
                ("p",),
                _("Severity"),
                on=_("Severity of {what}…"),
                lacks=_("decide on the claim first"),
                chooses=IN_DIALOG,
            ),
            Key(
                "copy",
                ("y",),
                _("Copy the link to this ticket"),
                on=_("Copy the link to {what}"),
            ),
            Key("find_entry", ("F",), _("Find in this conversation")),
            Key(
                "promise_update",
                (),
                _("Promise an update by…"),
                on=_("Promise an update on {what} by…"),
                lacks=_("it is resolved"),
            ),
            Key("merge", (), _("Merge with another ticket…"), on=_("Merge {what} with…")),
            Key("link", (), _("Link to another ticket…"), on=_("Link {what} to…")),
            Key("remove", (), _("Remove for good…"), on=_("Remove from {what} for good…")),
        ),
        lacks=_("open a ticket first"),
    ),
    Scope(
        "conversation",
        _("Conversation"),
        (
            Key("entries", ("PageDown", "PageUp"), _("Next or previous entry"), acts=False),
            Key("entry_ends", ("Home", "End"), _("First or latest entry"), acts=False),
            Key("leave", ("Escape",), _("Back to the queue"), acts=False),
        ),
    ),
    Scope(
        "chat",
        _("Chat"),
        (
            Key("transfer", ("a",), _("Hand the chat on to somebody else")),
            Key("invite", ("b",), _("Bring a colleague in")),
            Key("end_chat", ("e",), _("End the chat")),
            Key("send_chat", ("Enter",), _("Send the message"), acts=False),
            Key(
                "line",
                ("Shift+Enter",),
                _("Begin a new line in the message"),
                acts=False,
            ),
            Key(
                "edit_line",
                ("↑",),
                _("In an empty box: edit your last message, for a minute"),
                acts=False,
            ),
        ),
        lacks=_("open a chat first"),
    ),
    Scope(
        "call",
        _("Call"),
        (Key("mute", ("M",), _("Mute or unmute while on a call"), acts=False),),
        fixed=True,
    ),
    WALLBOARD,
    *BOXES,
)
KEYS = {key.name: key for scope in SCOPES for key in scope.keys}
