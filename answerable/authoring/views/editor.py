"""A text of an article: its draft is kept as it is typed, with what readers will see beside."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.authoring.pages import draft_of, found_article, frame, text_in
from answerable.authoring.queries import editing
from answerable.authoring.queries.editing import Opened
from answerable.authoring.words import language_name
from answerable.knowledge import actions
from answerable.knowledge.actions import Empty, NewerArticle, NoOfficialText, Origin, Written
from answerable.knowledge.actions.publishing import LONGEST_BODY, TooLong
from answerable.knowledge.core.slugs import slug_of
from answerable.knowledge.models import ArticleVersion
from answerable.lib.pages import wants_part

LONGEST = {"title": 200, "summary": 300, "note": 300}
PUBLISH = "publish"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def edit(request: AgentRequest, key: str, language: str) -> HttpResponse:
    """Show the text with its draft; keep what was sent, and publish it if that is asked for."""
    opened = _opened(request, key, language)
    if request.method != "POST":
        return _page(request, opened)
    opened = _kept(request, opened)
    if request.POST.get("do") != PUBLISH:
        return redirect("authoring:edit", key, language)
    problem = _problem(opened.written) or _publish(request, opened)
    if problem:
        again = _opened(request, key, language)
        return _page(request, again, problem=problem, status=422)
    messages.success(request, _("Published. Readers see it now."))
    return redirect("authoring:article", key)


@require_POST
@agent_required
def preview(request: AgentRequest, key: str, language: str) -> HttpResponse:
    """Keep what was typed, and return what readers would see."""
    opened = _kept(request, _opened(request, key, language))
    return render(request, "authoring/parts/_preview.html", _context(request, opened))


@require_POST
@agent_required
def discard(request: AgentRequest, key: str, language: str) -> HttpResponse:
    """Throw the draft away."""
    opened = _opened(request, key, language)
    if opened.draft:
        actions.discard_draft(opened.draft)
        messages.success(request, _("Your draft is discarded."))
    return redirect("authoring:article", key)


@require_POST
@agent_required
def rebase(request: AgentRequest, key: str, language: str) -> HttpResponse:
    """Let the draft come after what somebody published meanwhile."""
    opened = _opened(request, key, language)
    if opened.draft and opened.newer:
        actions.rebase_draft(opened.draft, opened.newer)
    return redirect("authoring:edit", key, language)


def _opened(request: AgentRequest, key: str, language: str) -> Opened:
    article = found_article(key)
    text = text_in(article, language)
    return editing.opened(article, language, text, draft_of(text, request.agent))


@transaction.atomic
def _kept(request: AgentRequest, opened: Opened) -> Opened:
    """Keep what was typed as the writer's draft; it begins with the first change."""
    written = _written(request)
    if opened.draft is None and written == opened.written:
        return opened
    article, at = opened.article, now()
    text = opened.text or actions.begin_text(
        article, opened.language, slug_of(written.title or article.key)
    )
    draft = opened.draft
    if draft is None:
        draft = actions.begin_draft(text, writer=request.agent, at=at, written=written)
        _after(request, opened, draft)
    actions.keep_draft(draft, written, at=at)
    return editing.opened(article, opened.language, text, draft)


def _after(request: AgentRequest, opened: Opened, draft: Any) -> None:
    """Let a draft that begins come after the version that its page had."""
    had = request.POST.get("based_on", "")
    if opened.text is None or not had.isdecimal():
        return
    version = opened.text.versions.filter(number=int(had)).first()
    if version and version.pk != draft.based_on_id:
        actions.rebase_draft(draft, version)


def _written(request: AgentRequest) -> Written:
    said = {
        name: " ".join(request.POST.get(name, "").split())[: most + 1]
        for name, most in LONGEST.items()
    }
    body = request.POST.get("body", "").replace("\r\n", "\n")[: LONGEST_BODY + 1]
    return Written(said["title"][:200], body, said["summary"][:300], said["note"][:300])


def _problem(written: Written) -> str:
    if not written.title.strip():
        return _("Enter a title")
    if not written.body.strip():
        return _("Enter a text")
    if len(written.body) > LONGEST_BODY:
        return _("The text must be {most} characters or fewer").format(most=LONGEST_BODY)
    return ""


def _publish(request: AgentRequest, opened: Opened) -> str:
    """Publish the draft; return what is in the way, or nothing."""
    if opened.text is None or opened.draft is None:
        return "" if opened.current else _("Enter a text")
    try:
        actions.publish_draft(
            opened.draft, opened.text, at=now(), origin=_origin(request, opened)
        )
    except NewerArticle:
        return _(
            "Somebody published meanwhile. Nothing of yours is lost: compare, then publish."
        )
    except NoOfficialText:
        return _("Publish the official text first: this one translates it.")
    except Empty:
        return _("Enter a text")
    except TooLong:
        return _("The text must be {most} characters or fewer").format(most=LONGEST_BODY)
    return ""


def _origin(request: AgentRequest, opened: Opened) -> Origin:
    """Return which official version a translation says: the one that its page had."""
    return Origin(source=_source(request.POST.get("source", ""), opened))


def _source(number: str, opened: Opened) -> ArticleVersion | None:
    if opened.official is None or not number.isdecimal():
        return None
    return opened.official.versions.filter(number=int(number)).first()


def _page(
    request: AgentRequest, opened: Opened, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context = _context(request, opened) | {"problem": problem}
    return render(request, "authoring/edit.html", context, status=status)


def _context(request: AgentRequest, opened: Opened) -> dict[str, Any]:
    written, at = opened.written, now()
    title = written.title or _("No title yet")
    official_name = language_name(opened.article.official)
    source = opened.source
    is_page = not wants_part(request)
    return frame(request, f"{title} ({opened.language})") | {
        "opened": opened,
        "article": opened.article,
        "written": written,
        "language_name": language_name(opened.language),
        "official_name": official_name,
        "preview": editing.drawn(written.body, source, request.agent, at),
        "official": editing.drawn(source.body, None, request.agent, at)
        if source and is_page
        else "",
        "official_changes": editing.official_changes(opened) if is_page else (),
        "conflict": editing.conflict(opened) if is_page else (),
        "saved": opened.draft.saved_at if opened.draft else None,
    }
