"""The row of a ticket in the list, as it stands in the page: not a template, as rows are many.

What it shows is worked out in rows.py; the same row is in the page and in the part that is
fetched again, and its print tells whether it says something else.
"""

from __future__ import annotations

from html import escape

from django.utils.safestring import SafeString

from answerable.design.chips import drawing
from answerable.desk.rows import RowView

ROW = (
    '<div role="row" class="queue-item" id="row-{number}" data-number="{number}"'
    ' data-print="{print}"{selected}><div role="gridcell">'
    '<a class="queue-row" href="{address}{number}/" data-pane aria-label="{said}"'
    ' data-name="{name}"{said_last}{due}{current}>'
    '<span class="queue-clock">{critical}{chip}</span>'
    '<span class="queue-due">{time}</span>'
    '<span class="queue-end">#{number} · {who}</span>'
    '<span class="queue-title"><bdi>{subject}</bdi></span>'
    '<span class="queue-line"><span class="queue-words">{account}{star}{person}'
    '<span class="queue-way"> · {way}</span>{last_line}</span>{last}</span>'
    "</a></div></div>"
)


def row_html(row: RowView, address: str, *, is_open: bool) -> SafeString:
    """Return the row's element; `address` is that of the view, under which its ticket is."""
    text = ROW.format(
        number=row.number,
        print=row.print,
        address=address,
        selected=' aria-selected="true"' if is_open else "",
        current=' aria-current="page"' if is_open else "",
        said=escape(row.said),
        name=escape(row.name),
        # Beside the row's name, which ux.md 8.2 gives: read aloud after it.
        said_last=f' aria-description="{escape(row.last_said)}"' if row.last_said else "",
        due=f' data-due="{row.due}"' if row.due else "",
        critical=row.critical,
        chip=row.chip,
        time=row.time,
        who=escape(row.who),
        subject=escape(row.subject),
        account=f"{escape(row.account)} · " if row.account else "",
        star=f"{drawing('star')} " if row.is_admin else "",
        person=escape(row.person),
        way=escape(row.way),
        last_line=f" · <q><bdi>{escape(row.last_line)}</bdi></q>" if row.last_line else "",
        last=row.last,
    )
    return SafeString(text)  # Every text is escaped above.
