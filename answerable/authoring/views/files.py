"""Pictures, videos and files that an article shows: kept as soon as they are chosen."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.authoring.pages import draft_of, found_article, text_in
from answerable.authoring.queries import editing
from answerable.files.actions import Content
from answerable.files.actions.keeping import PIECE
from answerable.knowledge import actions
from answerable.knowledge.actions import Written
from answerable.knowledge.core.slugs import slug_of
from answerable.knowledge.models import Article, ArticleFile
from answerable.lib.pages import wants_part

A_MB = 1024 * 1024
UNSAFE = str.maketrans(dict.fromkeys("[]\\\n", " "))


@require_POST
@agent_required
def add(request: AgentRequest, key: str, language: str) -> HttpResponse:
    """Keep a file, and say how the text names it; without script it goes to the text's end."""
    article = found_article(key)
    file = request.FILES.get("new_files")
    problem = _problem(file)
    if problem or file is None:
        return _refused(request, article, language, problem)
    content = Content(lambda: file.chunks(PIECE))
    kept = actions.add_file(article, content, file.name or "", by=request.agent, at=now())
    if wants_part(request):
        return JsonResponse({"markdown": named(kept)})
    _append(request, article, language, kept)
    return redirect("authoring:edit", key, language)


def named(file: ArticleFile) -> str:
    """Return how Markdown names a file: as a picture, or as a link to what is none."""
    words = file.name.rpartition(".")[0].translate(UNSAFE).strip() or file.name
    is_shown = file.file.is_picture or file.file.is_video
    return f"{'!' if is_shown else ''}[{words}](file:{file.pk})"


def _problem(file: UploadedFile[bytes] | None) -> str:
    if file is None:
        return _("Select a file")
    if not file.size:
        return _("The selected file is empty")
    if file.size > settings.ANSWERABLE_FILES_MAX_BYTES:
        most = settings.ANSWERABLE_FILES_MAX_BYTES // A_MB
        return _("The selected file must be smaller than {limit} MB").format(limit=most)
    return ""


def _refused(
    request: AgentRequest, article: Article, language: str, problem: str
) -> HttpResponse:
    if wants_part(request):
        return HttpResponse(problem, status=422, content_type="text/plain; charset=utf-8")
    messages.error(request, problem)
    return redirect("authoring:edit", article.key, language)


def _append(request: AgentRequest, article: Article, language: str, kept: ArticleFile) -> None:
    at = now()
    text = text_in(article, language) or actions.begin_text(
        article, language, slug_of(article.key)
    )
    draft = draft_of(text, request.agent) or actions.begin_draft(
        text, writer=request.agent, at=at
    )
    had = editing.opened(article, language, text, draft).written
    body = f"{had.body.rstrip()}\n\n{named(kept)}\n".lstrip()
    actions.keep_draft(draft, Written(had.title, body, had.summary, had.note), at=at)
