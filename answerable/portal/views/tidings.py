"""What a contact is told beside mail: in which browsers, at which number, and of what."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import ContactRequest, contact_required
from answerable.channels.voice.twilio.client import Failed
from answerable.channels.voice.twilio.words import why_words
from answerable.intake.asked import Asked
from answerable.intake.call_form import NumberForm
from answerable.intake.channels import channels_for
from answerable.lib.phones import shown_phone
from answerable.notices import actions
from answerable.notices.browser_form import BrowserForm, said_in
from answerable.notices.tiding_queries import Told, told_beside
from answerable.portal.tiding_forms import CodeForm, TidingForm

WORKER = "portal/push-worker.js"
# Push messages of the desk, in the same browser, have a scope of their own.
SCOPE = "/requests/"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@contact_required
def tidings(request: ContactRequest) -> HttpResponse:
    """Show what somebody is told beside mail, and keep what they choose."""
    told = told_beside(request.contact)
    form = _wishes(told, request)
    if request.method == "POST" and form.is_valid():
        actions.choose_tidings(request.contact, form.wants())
        messages.success(request, _("Your preferences are kept."))
        return redirect("portal:tidings")
    return _page(request, told, wishes=form)


@require_POST
@contact_required
def number(request: ContactRequest) -> HttpResponse:
    """Text a code to a number that somebody gives as theirs."""
    me = request.contact
    calling = channels_for(me, Asked(), now(), get_current_timezone()).calling
    form = NumberForm(request.POST, countries=calling.countries)
    if form.is_valid() and not (problem := _sent(request, form.wanted().phone)):
        messages.success(request, _("We sent you a code. It holds for ten minutes."))
        return redirect("portal:tidings")
    if form.is_valid():
        form.add_error("phone", problem)
    return _page(request, told_beside(me), phone=form)


@require_POST
@contact_required
def code(request: ContactRequest) -> HttpResponse:
    """Take a number for somebody's, by the code that was sent there."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            actions.confirm_number(request.contact, form.cleaned_data["code"], at=now())
        except actions.WrongCode as wrong:
            over = _("This code cannot be tried any more. Have a new one sent.")
            form.add_error("code", over if wrong.is_over else _("This is not the code we sent"))
        else:
            messages.success(request, _("Text messages go to this number from now on."))
            return redirect("portal:tidings")
    return _page(request, told_beside(request.contact), code=form)


@require_POST
@contact_required
def forget(request: ContactRequest) -> HttpResponse:
    """Forget a number; no text messages come any more."""
    actions.forget_number(request.contact)
    messages.success(request, _("You get no more text messages."))
    return redirect("portal:tidings")


@require_POST
@contact_required
def subscribe(request: ContactRequest) -> HttpResponse:
    """Send push messages to the browser that says how."""
    form = BrowserForm(said_in(request))
    if not form.is_valid():
        return JsonResponse({"why": form.why()}, status=422)
    session = request.session.session_key or ""
    actions.subscribe_contact(request.contact, form.browser(), session, at=now())
    messages.success(request, _("This browser gets notices now, also while no page is open."))
    return HttpResponse(status=204)


@require_POST
@contact_required
def unsubscribe(request: ContactRequest, number: int) -> HttpResponse:
    """Send no more push messages to a browser."""
    actions.unsubscribe_contact(request.contact, number)
    messages.success(request, _("This browser gets no more notices."))
    return redirect("portal:tidings")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the script that shows push messages; browsers look for a newer one alone."""
    script = Path(str(finders.find(WORKER))).read_text(encoding="utf-8")
    answer = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    answer.headers["Service-Worker-Allowed"] = SCOPE
    return answer


def _wishes(told: Told, request: ContactRequest) -> TidingForm:
    data = request.POST if request.method == "POST" else None
    return TidingForm(told.wants, data, can_text=bool(told.from_number))


def _sent(request: ContactRequest, phone: str) -> str:
    """Send a code, and return why it could not be sent, "" where it was."""
    try:
        actions.send_code(request.contact, phone, at=now())
    except actions.TooManyCodes:
        return _("So many codes were sent. Try again in 15 minutes.")
    except Failed as failed:
        return (failed.why and why_words(failed.why)) or _("It could not be sent. Try again.")
    return ""


def _unbroken(phone: str) -> str:
    """Return a number as it is shown, on one line."""
    return shown_phone(phone).replace(" ", "\u00a0")


def _page(request: ContactRequest, told: Told, **tried: Form) -> HttpResponse:
    me, failed = request.contact, next((f for f in tried.values() if f.errors), None)
    context = {
        "me": me,
        "told": told,
        "wishes": TidingForm(told.wants, can_text=bool(told.from_number)),
        "phone": NumberForm(initial={"phone": shown_phone(me.phone)}),
        "code": CodeForm(),
        "awaits_code": bool(told.number and told.number.awaits_code(now())),
        "shown": _unbroken(told.number.phone) if told.number else "",
        "from_number": _unbroken(told.from_number),
        "push_key": actions.keep_key(at=now()).public,
        "scope": SCOPE,
        **tried,
        "failed": failed,
    }
    return render(request, "portal/tidings.html", context, status=422 if failed else 200)
