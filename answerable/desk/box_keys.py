"""The keys of text boxes, of the palette and of the wallboard, which nobody changes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from answerable.desk.key_types import Key, Scope

BOXES = (
    Scope(
        "writing",
        _("Text boxes"),
        (
            Key("send", ("Mod+Enter",), _("Send the reply, add the note, save the decision")),
            Key(
                "send_next",
                ("Mod+Shift+Enter",),
                _("Reply: send and go to the next. Note: add, and assign to whom it mentions"),
                title=_("Reply and next"),
            ),
            Key("macros", ("/",), _("At the start of a word: find a macro"), acts=False),
            Key("mention", ("@",), _("In a note: mention a colleague"), acts=False),
            Key("bold", ("Mod+b",), _("Bold"), acts=False),
            Key("italic", ("Mod+i",), _("Italic"), acts=False),
            Key("close", ("Escape",), _("Leave the box; the draft is kept"), acts=False),
        ),
        lacks=_("write a reply or a note first"),
        fixed=True,
    ),
    Scope(
        "palette",
        _("Command palette"),
        (
            Key("choices", ("↓", "↑", "Home", "End"), _("Move through commands"), acts=False),
            Key("run", ("Enter",), _("Run the command"), acts=False),
            Key("level", ("Backspace",), _("In an empty box: back one level"), acts=False),
            Key("shut", ("Escape",), _("Close it, and go back to where you were"), acts=False),
        ),
        fixed=True,
    ),
)
WALLBOARD = Scope(
    "wallboard",
    _("Wallboard"),
    (
        Key("tiles", ("←", "→"), _("Next or previous tile"), acts=False),
        Key("open_tile", ("Enter",), _("Open the tickets behind a tile"), acts=False),
        Key(
            "assign_first",
            ("a",),
            _("Assign the ticket, or the first of the tile"),
            acts=False,
        ),
        Key("freeze", (".",), _("Freeze the board, or let it go on"), acts=False),
    ),
    fixed=True,
)
