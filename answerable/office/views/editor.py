"""The draft of a plan: kept as it is typed, with a preview of what it would promise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.entitlements import actions as entitlements
from answerable.entitlements.feeds import kept_for_draft
from answerable.entitlements.models import PlanDraft, PlanVersion
from answerable.lib.pages import page_or_part
from answerable.office.cells import Written, written
from answerable.office.forms import UploadForm
from answerable.office.pages import administrator_required, found_draft, frame, toml_file
from answerable.office.queries import editing
from answerable.office.queries.plans import draft_of, newest_of, text_of, version_of
from answerable.office.queries.sources import named_in, source_rows
from answerable.office.views.sources import fetch_feeds
from answerable.office.words import kept_words
from answerable.sla.affected import affected_by
from answerable.sla.checking import Checked, checked
from answerable.sla.replaying import replayed

READ = "office:read"
MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a page of the editor is about: the plan's key, its newest version, the draft."""

    key: str
    newest: PlanVersion | None
    draft: PlanDraft | None

    @property
    def base(self) -> PlanVersion | None:
        """The version that the draft was begun from."""
        return self.draft.based_on if self.draft else self.newest

    @property
    def next_number(self) -> int:
        """The number that the draft would be published with."""
        return self.newest.number + 1 if self.newest else 1

    @property
    def text(self) -> str:
        """What there is to edit."""
        if self.draft:
            return self.draft.text
        return text_of(self.newest) if self.newest else ""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def edit(request: AgentRequest, key: str) -> HttpResponse:
    """Show the draft; keep what was sent, and show it, or go on to publishing it."""
    opened = _opened(request, key)
    if request.method != "POST":
        return _page(request, opened, Written(opened.text, {}))
    opened, sent = _kept(request, opened)
    verb, _space, place = request.POST.get("do", "").partition(" ")
    if verb in ("fetch", "publish"):
        fetch_feeds(sent.text, now())
    if sent.unread or verb not in ("publish", "file"):
        return _page(request, opened, sent, status=422 if sent.unread else 200)
    onward = reverse(f"office:{verb}", args=[key])
    return redirect(f"{onward}?{urlencode({'place': place})}" if place else onward)


@require_POST
@administrator_required
def preview(request: AgentRequest, key: str) -> HttpResponse:
    """Keep what was typed, and return what it would promise."""
    typed = _lines(request.POST.get("text", ""))
    opened, sent = _kept(request, _opened(request, key))
    context = _context(request, opened, sent)
    context["read"] |= {"text": sent.text if sent.text != typed else None}
    answer = render(request, "office/parts/_preview.html", context)
    answer.headers["HX-Trigger"] = READ
    return answer


@require_safe
@never_cache
@administrator_required
def tickets(request: AgentRequest, key: str) -> HttpResponse:
    """Say what the draft would change for tickets: those of last month, and the open ones."""
    opened, at = _opened(request, key), now()
    terms = _checked(opened, opened.text, at).terms
    base = opened.base
    span = {"since": at - MONTH, "until": at}
    replay = replayed(base.terms, terms, **span) if base and terms else None
    context = frame(request, _("Tickets")) | {
        "key": key,
        "readable": terms is not None,
        "open": affected_by(terms, at) if terms else None,
        "replay": replay,
        "kept": kept_words(replay) if replay and replay.answered else "",
    }
    return page_or_part(request, "office/tickets.html", "office/parts/_tickets.html", context)


@require_safe
@administrator_required
def text(request: AgentRequest, key: str) -> HttpResponse:
    """Return the draft as a file."""
    return toml_file(found_draft(request, key).text, f"{key}-draft")


@require_http_methods(["GET", "HEAD", "POST"])
@administrator_required
def upload(request: AgentRequest, key: str) -> HttpResponse:
    """Take a file in place of the draft's text."""
    opened = _opened(request, key)
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if not (form.is_bound and form.is_valid()):
        context = frame(request, _("Upload a plan")) | {"form": form, "key": key}
        status = 422 if form.is_bound else 200
        return render(request, "office/upload.html", context, status=status)
    _keep(request, opened, form.cleaned_data["file"])
    return redirect("office:edit", key)


@require_POST
@administrator_required
def discard(request: AgentRequest, key: str) -> HttpResponse:
    """Throw the draft away."""
    draft = found_draft(request, key)
    had_version = draft.based_on_id is not None
    entitlements.discard_plan_draft(draft)
    messages.success(request, _("Your draft is discarded."))
    return redirect("office:plan", key) if had_version else redirect("office:plans")


def _opened(request: AgentRequest, key: str) -> Opened:
    opened = Opened(key, newest_of(key), draft_of(key, request.agent))
    if not (opened.newest or opened.draft):
        raise Http404
    return opened


def _kept(request: AgentRequest, opened: Opened) -> tuple[Opened, Written]:
    """Keep what was typed, in the text or in cells."""
    sent = written(_lines(request.POST.get("text", "")), request.POST.dict())
    return _keep(request, opened, sent.text), sent


def _keep(request: AgentRequest, opened: Opened, text: str) -> Opened:
    """Keep a text as the draft; one that is begun comes after the version that its page had."""
    draft, at = opened.draft, now()
    if draft is None:
        had = request.POST.get("based_on", "")
        base = version_of(opened.key, had) or opened.newest
        draft = entitlements.begin_plan_draft(
            opened.key, writer=request.agent, text=text, based_on=base, at=at
        )
    elif draft.text != text:
        entitlements.save_plan_draft(draft, text=text, at=at)
    return Opened(opened.key, opened.newest, draft)


def _lines(text: str) -> str:
    """Return a text as it was written: forms send each end of a line as two characters."""
    return text.replace("\r\n", "\n")


def _page(
    request: AgentRequest, opened: Opened, sent: Written, status: int = 200
) -> HttpResponse:
    context = _context(request, opened, sent)
    return render(request, "office/edit.html", context, status=status)


def _context(request: AgentRequest, opened: Opened, sent: Written) -> dict[str, Any]:
    at, zone = now(), timezone.get_current_timezone()
    found = _checked(opened, sent.text, at)
    base_terms = opened.base.terms if opened.base else None
    asked = editing.asked_of(found.terms or base_terms, request.POST.dict(), zone, at)
    cells = editing.cell_rows(sent.text, found.terms or base_terms, sent.unread)
    hours = editing.hour_rows(sent.text, found.terms or base_terms, sent.unread)
    fields = editing.fields(hours, cells)
    name = found.terms.name if found.terms else opened.key
    return frame(request, f"{name} v{opened.next_number}") | {
        "opened": opened,
        "name": name,
        "text": sent.text,
        "checked": found,
        "cells": cells,
        "hours": hours,
        "changes_hours": request.GET.get("change") == "hours",
        "problems": [cell for cell in fields if cell.problem],
        "asked": asked,
        "preview": editing.preview(found, opened.base, asked, at),
        "read": _read(opened, found.findings, fields),
        "sources": source_rows(named_in(sent.text), opened.base, opened.draft),
        "newer": opened.newest if opened.newest != opened.base else None,
    }


def _checked(opened: Opened, text: str, at: datetime) -> Checked:
    newest = opened.newest.terms if opened.newest else None
    source = kept_for_draft(opened.draft, opened.base)
    return checked(text, at=at, source=source, key=opened.key, before=newest)


def _read(
    opened: Opened,
    findings: tuple[Any, ...],
    cells: Sequence[editing.Field],
) -> Mapping[str, Any]:
    """Return what the page's script puts in its place: cells, problems, marks at lines."""
    saved_at = opened.draft.saved_at if opened.draft else None
    zone = timezone.get_current_timezone()
    saved = f"{saved_at.astimezone(zone):%H:%M:%S}" if saved_at else ""
    return {
        "text": None,
        "cells": {cell.key: cell.words for cell in cells if not cell.problem},
        "problems": {cell.key: cell.problem for cell in cells if cell.problem},
        "marks": editing.marks(findings),
        "saved": _("Draft saved {time}").format(time=saved) if saved else "",
    }
