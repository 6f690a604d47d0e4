"""Changes to the people of an account: invited, given a seat or a role, designated, gone."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import ContactRequest
from answerable.accounts.models import Contact, PeopleChange
from answerable.entitlements.held import Held, held_by, manages
from answerable.portal.guards import TEAM, for_super_admins
from answerable.portal.queries.team import person_of
from answerable.portal.team_acts import Acts, Refused
from answerable.portal.team_forms import InviteForm, PersonForm
from answerable.portal.team_words import ROLES, SEATS, change_words

Done = PeopleChange | None


@require_http_methods(["GET", "HEAD", "POST"])
@for_super_admins(TEAM)
def invite(request: ContactRequest) -> HttpResponse:
    """Ask who is to be invited, and mail them a link."""
    me = request.contact
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        contact = Contact(**form.cleaned_data, language=me.language)
        try:
            return _done(request, Acts(me, now()).invite(contact))
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "me": me, "may_change": _may_change(me)}
    status = 422 if form.errors else 200
    return render(request, "portal/invite.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@for_super_admins(TEAM)
def person(request: ContactRequest, key: int) -> HttpResponse:
    """Show somebody of the account, with what may be changed about them."""
    me, at = request.contact, now()
    contact = get_object_or_404(Contact, pk=key, customer=me.customer_id)
    form = PersonForm(request.POST if request.method == "POST" else None, of=contact)
    if form.is_valid():
        try:
            return _done(request, _act(Acts(me, at), contact, form))
        except Refused as refused:
            form.add_error(None, str(refused))
    held = held_by(me.customer, at)
    context = {
        "form": form,
        "person": person_of(me, contact, held, at),
        "held": [one for one in held if one.names_people],
        "may_change": manages(me, held) and contact.left_at is None,
        "roles": ROLES,
        "seats": SEATS,
        "me": me,
    }
    status = 422 if form.errors else 200
    return render(request, "portal/person.html", context, status=status)


@require_POST
@for_super_admins(TEAM)
def undo(request: ContactRequest, key: int) -> HttpResponse:
    """Take a change back."""
    me = request.contact
    changes = PeopleChange.objects.select_related("contact__customer")
    change = get_object_or_404(changes, pk=key, customer=me.customer_id)
    try:
        return _done(request, Acts(me, now()).undo(change))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("portal:changes")


def _act(acts: Acts, contact: Contact, form: PersonForm) -> Done:
    facts = form.cleaned_data
    plain: dict[str, Callable[[], Done]] = {
        "role": lambda: acts.set_role(contact, facts["role"]),
        "seat": lambda: acts.set_seat(contact, facts["seat"]),
        "department": lambda: acts.set_department(contact, facts["department"]),
        "left": lambda: acts.mark_left(contact),
    }
    if facts["act"] in plain:
        return plain[facts["act"]]()
    held = _held(acts, facts["contract"])
    act = acts.name if facts["act"] == "name" else acts.unname
    return act(contact, held) if held else None


def _held(acts: Acts, number: int | None) -> Held | None:
    return next((one for one in acts.held if one.contract.pk == number), None)


def _may_change(me: Contact) -> bool:
    return manages(me, held_by(me.customer, now()))


def _done(request: ContactRequest, change: Done) -> HttpResponse:
    """Say what was done, with a way to undo it where there is one."""
    if change:
        tags = "" if change.what == PeopleChange.What.INVITED else f"undo-{change.pk}"
        messages.success(request, change_words(change), extra_tags=tags)
    return redirect("portal:people")
