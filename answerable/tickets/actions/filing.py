"""All that says how a ticket is filed: its labels, fields, status, priority and links."""

from __future__ import annotations

from answerable.tickets.actions.fields import (
    checked_value,
    raise_field,
    retire_field,
    save_field,
    set_fields,
)
from answerable.tickets.actions.linking import (
    CannotLink,
    link,
    unlink,
)
from answerable.tickets.actions.standing import (
    OtherState,
    retire_status,
    save_status,
    set_priority,
    set_status,
)
from answerable.tickets.actions.tagging import (
    TagNameTaken,
    TooManyTags,
    add_tag,
    merge_tags,
    rename_tag,
    set_tags,
    tag_ticket,
    untag_ticket,
)

__all__ = [
    "CannotLink",
    "OtherState",
    "TagNameTaken",
    "TooManyTags",
    "add_tag",
    "checked_value",
    "link",
    "merge_tags",
    "raise_field",
    "rename_tag",
    "retire_field",
    "retire_status",
    "save_field",
    "save_status",
    "set_fields",
    "set_priority",
    "set_status",
    "set_tags",
    "tag_ticket",
    "unlink",
    "untag_ticket",
]
