"""What an address lets whoever has it read: nothing else is asked here, and nobody is known."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from answerable.apart.frame import framed
from answerable.apart.serving import downloaded, guarded, played, shown
from answerable.files import capability
from answerable.files.actions import picture_at
from answerable.files.models import StoredFile, Upload
from answerable.files.scanning import held_back
from answerable.knowledge.models import ArticleFile
from answerable.tickets.models import Attachment, HtmlBody

Given = Callable[..., HttpResponseBase | None]


@require_safe
def given(request: HttpRequest, token: str, name: str = "") -> HttpResponseBase:
    """Answer with what an address is for; without words when it is over, or not ours."""
    asked = capability.read(token)
    give = GIVEN.get(asked[0]) if asked else None
    answer = give(request, *asked[1]) if give and asked else None
    return guarded(answer or HttpResponse(status=404))


def _download(request: HttpRequest, number: int) -> HttpResponseBase | None:
    found = _attachment(number)
    return downloaded(request, found.file, found.name) if found else None


def _show(request: HttpRequest, number: int) -> HttpResponseBase | None:
    found = _attachment(number)
    return shown(request, found.file, found.name) if found else None


def _show_upload(request: HttpRequest, number: int) -> HttpResponseBase | None:
    found = Upload.objects.filter(pk=number).select_related("file").first()
    return shown(request, found.file, found.name) if found and _is_free(found.file) else None


def _attachment(number: int) -> Attachment | None:
    found = Attachment.objects.filter(pk=number).select_related("file").first()
    return found if found and _is_free(found.file) else None


def _is_free(file: StoredFile) -> bool:
    return not held_back(file)


def _article(request: HttpRequest, number: int) -> HttpResponseBase | None:
    """Show a picture or video of an article; anything else is saved."""
    found = ArticleFile.objects.filter(pk=number).select_related("file").first()
    if found is None or not _is_free(found.file):
        return None
    if found.file.is_video:
        return played(request, found.file, found.name)
    answer = shown(request, found.file, found.name)
    return answer or downloaded(request, found.file, found.name)


def _mail(
    request: HttpRequest, number: int, pictures: int, theme: int
) -> HttpResponseBase | None:
    found = HtmlBody.objects.filter(pk=number).select_related("message__ticket").first()
    return framed(found, pictures=pictures, theme=theme) if found else None


def _picture(request: HttpRequest, number: int, place: int) -> HttpResponseBase | None:
    """Show a picture of the web that is in a mail. We fetch it, so its server sees only us."""
    found = HtmlBody.objects.filter(pk=number).values_list("remote", flat=True).first()
    if not found or place >= len(found):
        return None
    file = picture_at(found[place], clock=now)
    return shown(request, file, "picture") if file and not file.is_infected else None


GIVEN: dict[str, Given] = {
    "file": _download,
    "view": _show,
    "upload": _show_upload,
    "mail": _mail,
    "picture": _picture,
    "article": _article,
}
