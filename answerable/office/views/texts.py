"""How mails look and what they all say: edited, previewed, and sent to oneself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import AgentRequest
from answerable.channels.email import actions
from answerable.channels.email.models import MailLook
from answerable.channels.email.sample import KINDS, REPLY, sample
from answerable.channels.email.texts import current
from answerable.channels.email.words import Letter
from answerable.office.mail_forms import TextsForm, initial_of
from answerable.office.pages import administrator_required, frame

# A mail has its styles within, and no scripts; pictures only where its address says so.
PREVIEWED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src https:; "
    "frame-ancestors 'self'; form-action 'none'; sandbox"
)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def texts(request: AgentRequest) -> HttpResponse:
    """Show the texts, or keep what was typed; mails that are queued already stay the same."""
    look = MailLook.objects.filter(pk=1).select_related("changed_by").first()
    if request.method != "POST":
        return _page(request, TextsForm(initial=initial_of(look)), look)
    form = TextsForm(request.POST)
    if not form.is_valid():
        return _page(request, form, look, status=422)
    actions.keep_look(
        accent=form.cleaned_data["accent"],
        logo=form.cleaned_data["logo"],
        texts=form.by_language(),
        agent=request.agent,
        at=now(),
    )
    messages.success(request, _("Saved. The next mails say it so."))
    return redirect("office:mail_texts")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@xframe_options_sameorigin
@administrator_required
def preview(request: AgentRequest) -> HttpResponse:
    """A mail as it would look with what was typed, for a frame of the page."""
    answer = HttpResponse(_sample(request).html)
    answer.headers["Content-Security-Policy"] = PREVIEWED
    return answer


@require_POST
@administrator_required
def send_test(request: AgentRequest) -> HttpResponse:
    """Send the reader a mail as it would look with what was typed."""
    form = TextsForm(request.POST)
    look = MailLook.objects.filter(pk=1).first()
    if not form.is_valid():
        return _page(request, form, look, status=422)
    actions.queue_test(request.agent, _sample(request), at=now())
    words = _("Sent to {address}. Nothing was saved.")
    messages.info(request, words.format(address=request.agent.user.email))
    return _page(request, form, look)


def _sample(request: AgentRequest) -> Letter:
    """Return the mail that is shown: of the kind and language that were chosen."""
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("kind", REPLY)
    language = "de" if asked.get("language") == "de" else "en"
    texts = current()
    if request.method == "POST":
        form = TextsForm(request.POST)
        form.is_valid()
        texts = form.as_texts()
    return sample(kind if kind in KINDS else REPLY, request.agent, language, texts, now())


def _page(
    request: AgentRequest, form: TextsForm, look: MailLook | None, status: int = 200
) -> HttpResponse:
    context = frame(request, _("Texts of mails")) | {
        "section": "texts",
        "form": form,
        "look": look,
        "kind": request.POST.get("kind", REPLY),
        "shown_in": request.POST.get("language", request.agent.language),
    }
    return render(request, "office/mail_texts.html", context, status=status)
