"""What a contact chooses for themselves, where they are signed in, and their data."""

from __future__ import annotations

import time

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.adapter import JUST_NOW_SECONDS
from answerable.accounts.devices.actions import end_others, end_session
from answerable.accounts.guards import ContactRequest, contact_required
from answerable.accounts.models import Contact, User
from answerable.accounts.preferences import actions
from answerable.intake.trying import why_not
from answerable.lib.phones import shown_phone
from answerable.live.queries import newest_number
from answerable.notices.tiding_queries import told_beside
from answerable.portal.preferences_forms import SYSTEM, MailForm, PhoneForm, PlaceForm
from answerable.portal.queries.preferences import devices_of, export_of, passkeys_of
from answerable.surveys.actions import choose as choose_questions
from answerable.surveys.queries import wants_questions

YEAR = 365 * 24 * 3600
FORMS: dict[str, type[Form]] = {"mail": MailForm, "place": PlaceForm, "phone": PhoneForm}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@contact_required
def preferences(request: ContactRequest) -> HttpResponse:
    """Show what may be chosen, and keep the part that was sent."""
    me, part = request.contact, request.POST.get("part", "")
    forms = {name: kind(initial=_chosen(request, me)) for name, kind in FORMS.items()}
    if part in FORMS:
        forms[part] = FORMS[part](request.POST, initial=_chosen(request, me))
        if forms[part].is_valid():
            return _kept(request, part, forms[part])
    return _page(request, forms)


@require_POST
@contact_required
def end_device(request: ContactRequest) -> HttpResponse:
    """Sign out on one other device, or on all of them."""
    user, key = _user(request), request.POST.get("device", "")
    this = request.session.session_key or ""
    if key == "others":
        end_others(user, but=this)
        messages.success(request, _("You are signed out everywhere else."))
        return redirect("portal:preferences")
    for device in devices_of(user, this, now()):
        if device.key == key and not device.is_this:
            end_session(user, device.session)
            messages.success(
                request, _("You are signed out there: {name}").format(name=device.name)
            )
    return redirect("portal:preferences")


def _page(request: ContactRequest, forms: dict[str, Form]) -> HttpResponse:
    user, this = _user(request), request.session.session_key or ""
    failed = next((form for form in forms.values() if form.errors), None)
    context = {
        "forms": forms,
        "failed": failed,
        "devices": devices_of(user, this, now()),
        "passkeys": passkeys_of(user),
        "is_sure": _is_sure(request),
        "export": export_of(request.contact),
        "now": now(),
        "phone_problem": why_not(request.contact, now(), get_current_timezone()),
        "after": newest_number(),
        "beside": told_beside(request.contact),
        "me": request.contact,
    }
    status = 422 if failed else 200
    return render(request, "portal/preferences.html", context, status=status)


def _chosen(request: HttpRequest, me: Contact) -> dict[str, object]:
    return {
        "replies": me.mailed_replies,
        "promises": me.mailed_promises,
        "report": me.mailed_report,
        "surveys": wants_questions(me),
        "language": me.language,
        "zone": me.zone,
        "theme": request.COOKIES.get("theme") or SYSTEM,
        "phone": shown_phone(me.phone),
        "office_phone": shown_phone(me.office_phone),
    }


def _kept(request: ContactRequest, part: str, form: Form) -> HttpResponse:
    """Keep a part, and say so in the language that was chosen."""
    me, facts = request.contact, form.cleaned_data
    answer = redirect("portal:preferences")
    if part == "mail":
        choose_questions(me, asked=facts.pop("surveys"), at=now())
        actions.choose_mails(me, **facts)
    elif part == "phone":
        actions.keep_phones(me, **facts)
    else:
        actions.choose_place(me, language=facts["language"], zone=facts["zone"])
        _keep_theme(answer, facts["theme"])
    with translation.override(me.language):
        messages.success(request, _("Your preferences are kept."))
    return answer


def _keep_theme(answer: HttpResponse, theme: str) -> None:
    """Keep the theme where <theme-switch> does: in a cookie, by which pages are written."""
    if theme != SYSTEM:
        answer.set_cookie("theme", theme, max_age=YEAR, samesite="Lax")
    else:
        answer.delete_cookie("theme", samesite="Lax")


def _is_sure(request: HttpRequest) -> bool:
    """Say whether somebody signed in just now, and may add a passkey without doing so again."""
    records = get_authentication_records(request, request.user)
    newest = max((record["at"] for record in records), default=0.0)
    return time.time() - newest < JUST_NOW_SECONDS


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # A contact was found by it.
    return request.user
