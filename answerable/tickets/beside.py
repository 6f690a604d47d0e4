"""What came with messages, as pages show it: files, and mails as they were written.

Whoever may read a message may have what came with it. Pages hold addresses of ours, which ask
who it is; those lead on to an address that is good for some minutes (files/capability.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from answerable.design.files import FileView, FrameView
from answerable.design.links import linked
from answerable.files import capability
from answerable.files.words import described, held_words, icon_of, warning
from answerable.lib.markdown import as_html
from answerable.tickets.access import attachment_among
from answerable.tickets.models import Attachment, HtmlBody, Message

SMALL_WIDTH, SMALL_HEIGHT = 160, 60
TO_FILE, TO_VIEW = "file", "view"

Address = Callable[[int], str]


def attachments_of(messages: Collection[int]) -> Mapping[int, Sequence[Attachment]]:
    """Return the files of messages, in the order in which they were attached. One query."""
    found: dict[int, list[Attachment]] = defaultdict(list)
    if messages:
        rows = Attachment.objects.filter(message__in=messages).select_related("file")
        for row in rows.order_by("pk"):
            found[row.message_id or 0].append(row)
    return found


def file_views(attachments: Sequence[Attachment], address: Address) -> list[FileView]:
    """Return files as pages list them; `address` makes one for the number of an attachment.

    A picture that stands in a mail's text more than once is listed once.
    """
    firsts: dict[tuple[int, bool, int], Attachment] = {}
    for one in attachments:
        firsts.setdefault((one.file_id, one.inline, 0 if one.inline else one.pk), one)
    return [_view(one, address(one.pk)) for one in firsts.values()]


def html_of(message: Message) -> HtmlBody | None:
    """Return the HTML of a message that was read with it, if it has one."""
    body: HtmlBody | None = getattr(message, "html_body", None)
    return body


def frame_view(message: Message, body: HtmlBody, address: str) -> FrameView:
    """Return a mail as it was written, as pages frame it."""
    title = _("Mail of {name}, as it was written").format(name=message.author)
    return FrameView(
        name=f"written-{message.pk}",
        title=title,
        address=address,
        length=len(message.body) + len(message.folded),
        has_remote=bool(body.remote),
    )


def file_answer(
    request: HttpRequest, messages: QuerySet[Message], ticket: int, number: int, *, back: str
) -> HttpResponse:
    """Lead on to a file that came with messages of a ticket, or say why it is held back, with
    the way back to the ticket. Raises Http404 where it is not among those."""
    found = attachment_among(messages, ticket, number)
    if found is None:
        raise Http404
    if held := held_words(found.file):
        context = {"held": held, "name": found.name, "back": back, "back_label": f"#{ticket}"}
        return render(request, "design/held.html", context, status=409)
    return led_to_file(found, view="view" in request.GET)


def written_answer(
    request: HttpRequest, messages: QuerySet[Message], ticket: int, number: int
) -> HttpResponse:
    """Lead on to a mail of a ticket as it was written, in the reader's theme; with pictures of
    the web, if they are asked for. Raises Http404 where it is not among those messages."""
    body = get_object_or_404(HtmlBody, pk=number, message__in=messages.filter(ticket=ticket))
    theme = request.COOKIES.get("theme", "")
    known = capability.THEMES.index(theme) if theme in capability.THEMES else 0
    pictures = int("pictures" in request.GET)
    return _led(capability.address("mail", body.pk, pictures, known))


def led_to_file(attachment: Attachment, *, view: bool) -> HttpResponse:
    """Lead on to a file that a reader may have; `view` shows it, where that is possible."""
    shows = view and (attachment.file.is_picture or attachment.file.is_pdf)
    kind = TO_VIEW if shows else TO_FILE
    return _led(capability.address(kind, attachment.pk, name=attachment.name))


def _led(address: str) -> HttpResponse:
    answer = redirect(address)
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _view(attachment: Attachment, address: str) -> FileView:
    file = attachment.file
    picture = file.picture_size
    small = attachment.inline and picture is not None and _is_small(*picture)
    return FileView(
        name=attachment.name,
        described=described(file),
        icon=icon_of(file),
        address=address,
        opens=file.is_picture or file.is_pdf,
        picture=picture,
        is_small=small,
        held=held_words(file),
        warns=warning(file),
    )


def _is_small(width: int, height: int) -> bool:
    return width < SMALL_WIDTH or height < SMALL_HEIGHT


def said_html(message: Message) -> SafeString:
    """Return what a message says: agents write Markdown, nobody else's words are markup."""
    if message.agent_id is None or message.kind == Message.Kind.MESSAGE:
        return linked(message.body)
    return SafeString(f'<div class="said">{as_html(message.body)}</div>')
