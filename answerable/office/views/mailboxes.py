"""The mailboxes that we follow by IMAP: how each fares, and what is entered of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.channels.email.actions import following
from answerable.channels.email.imap.trouble import trouble_words
from answerable.channels.email.mailboxes import Mailbox
from answerable.office.mailbox_forms import MailboxForm
from answerable.office.pages import administrator_required, ledger_frame


@require_safe
@never_cache
@administrator_required
def mailboxes(request: AgentRequest) -> HttpResponse:
    """List the mailboxes, each with what is wrong with it."""
    rows = [(box, _problem(box)) for box in Mailbox.objects.order_by("address")]
    context = ledger_frame(request, _("Mailboxes")) | {"rows": rows}
    return render(request, "office/mailboxes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def new(request: AgentRequest) -> HttpResponse:
    """Follow another mailbox."""
    return _entered(request, Mailbox(), _("Follow a mailbox"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def one(request: AgentRequest, number: int) -> HttpResponse:
    """Change a mailbox."""
    mailbox = _mailbox(number)
    return _entered(request, mailbox, mailbox.address)


@require_POST
@administrator_required
def delete(request: AgentRequest, number: int) -> HttpResponse:
    """Follow a mailbox no more."""
    mailbox = _mailbox(number)
    following.delete_mailbox(mailbox)
    words = _("{address} is followed no more. Its mails stay in the ledger.")
    messages.success(request, words.format(address=mailbox.address))
    return redirect("office:mailboxes")


def _entered(request: AgentRequest, mailbox: Mailbox, title: str) -> HttpResponse:
    form = MailboxForm(request.POST if request.method == "POST" else None, instance=mailbox)
    if form.is_bound and form.is_valid():
        following.save_mailbox(form.mailbox(), at=now())
        messages.success(request, _("Saved. The mailbox is asked in a few seconds."))
        return redirect("office:mailboxes")
    context = ledger_frame(request, title) | {
        "form": form,
        "mailbox": mailbox if mailbox.pk else None,
        "problem": _problem(mailbox),
    }
    status = 422 if form.is_bound else 200
    return render(request, "office/mailbox.html", context, status=status)


def _mailbox(number: int) -> Mailbox:
    mailbox = Mailbox.objects.filter(pk=number).first() if number < 2**63 else None
    if mailbox is None:
        raise Http404
    return mailbox


def _problem(box: Mailbox) -> str:
    if not box.problem:
        return ""
    return trouble_words(
        box.problem, box.problem_says, host=box.host, user=box.user, folder=box.folder
    )
