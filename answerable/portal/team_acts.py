"""What a Super Admin does with the people of their company: an act, its mail, and its undoing.

Each is one transaction: nobody is told of what did not happen.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from answerable.accounts.actions import AddressTaken, make_sign_in_link
from answerable.accounts.models import Contact, PeopleChange
from answerable.accounts.team import actions as team
from answerable.channels.email.actions import send_letter
from answerable.entitlements import actions as entitlements
from answerable.entitlements.held import Held, held_by, manages, seats_bought
from answerable.portal.team_words import letter_about

What = PeopleChange.What
INVITATION_WORKS = timedelta(days=7)
NAMINGS = (What.DESIGNATED, What.UNDESIGNATED)


class Refused(Exception):
    """An act is not possible; the words say why, and what to do."""


class Acts:
    """The acts of one Super Admin, at one instant. Raises Refused for whoever may not."""

    def __init__(self, by: Contact, at: datetime) -> None:
        self.by, self.at = by, at
        self.held = held_by(by.customer, at)
        if not manages(by, self.held):
            raise Refused(_("Changes are made by {vendor}.").format(vendor=_vendor()))

    @transaction.atomic
    def invite(self, contact: Contact) -> PeopleChange | None:
        """Add a colleague who is not stored yet, and mail them a link."""
        if contact.seat == Contact.Seat.PAID:
            self._check_seats()
        try:
            change = team.invite(self.by.customer, contact, by=self.by, at=self.at)
        except AddressTaken as error:
            raise Refused(_("Somebody has this address already. Enter another.")) from error
        except team.OtherDomain as error:
            domains = ", ".join(self.by.customer.domains)
            words = _("Enter an address of your company: {domains}").format(domains=domains)
            raise Refused(words) from error
        return self._told(change)

    @transaction.atomic
    def set_role(self, contact: Contact, role: str) -> PeopleChange | None:
        """Give somebody another role; one that is named for what they were is so no longer."""
        try:
            change = team.set_role(contact, role, by=self.by, at=self.at)
        except team.LastSuperAdmin as error:
            raise Refused(_last()) from error
        self._unname_who_lacks(contact)
        return self._told(change)

    @transaction.atomic
    def set_seat(self, contact: Contact, seat: str) -> PeopleChange | None:
        """Give somebody another seat."""
        most = seats_bought(self.held)
        try:
            change = team.set_seat(contact, seat, most=most, by=self.by, at=self.at)
        except team.NoSeatLeft as error:
            raise Refused(_no_seat(most)) from error
        return self._told(change)

    @transaction.atomic
    def set_department(self, contact: Contact, department: str) -> PeopleChange | None:
        """Say in which department somebody works."""
        return self._told(team.set_department(contact, department, by=self.by, at=self.at))

    @transaction.atomic
    def name(self, contact: Contact, held: Held) -> PeopleChange | None:
        """Designate somebody under a contract that leaves that to its customer."""
        _check(held)
        try:
            change = entitlements.name_contact(held.contract, contact, by=self.by, at=self.at)
        except entitlements.LimitReached as error:
            raise Refused(_full(held)) from error
        except entitlements.RoleMissing as error:
            words = _("Only somebody with the role Super Admin can be designated.")
            raise Refused(words) from error
        return self._told(change)

    @transaction.atomic
    def unname(self, contact: Contact, held: Held) -> PeopleChange | None:
        """End somebody's designation under such a contract."""
        _check(held)
        change = entitlements.unname_contact(held.contract, contact, by=self.by, at=self.at)
        return self._told(change)

    @transaction.atomic
    def mark_left(self, contact: Contact) -> PeopleChange | None:
        """Note that somebody left, and end what names them."""
        try:
            change = team.mark_left(contact, by=self.by, at=self.at)
        except team.LastSuperAdmin as error:
            raise Refused(_last()) from error
        entitlements.unname_everywhere(contact, by=self.by, at=self.at)
        return self._told(change)

    @transaction.atomic
    def undo(self, change: PeopleChange) -> PeopleChange | None:
        """Take a change back, where it still stands as it was made."""
        try:
            if change.what in NAMINGS:
                return self._told(entitlements.undo_naming(change, by=self.by, at=self.at))
            most = seats_bought(self.held)
            done = team.undo(change, most=most, by=self.by, at=self.at)
            self._unname_who_lacks(change.contact)
            return self._told(done)
        except team.LastSuperAdmin as error:
            raise Refused(_last()) from error
        except team.NoSeatLeft as error:
            raise Refused(_no_seat(seats_bought(self.held))) from error
        except (
            team.CannotUndo,
            entitlements.LimitReached,
            entitlements.RoleMissing,
        ) as error:
            words = _("This cannot be undone: something else was changed since.")
            raise Refused(words) from error

    def _unname_who_lacks(self, contact: Contact) -> None:
        """End the designations that mean nothing for what somebody is now."""
        contact.refresh_from_db(fields=["product_role"])
        for one in self.held:
            if one.is_theirs_to_change and one.lacks(contact):
                self.unname(contact, one)

    def _check_seats(self) -> None:
        most = seats_bought(self.held)
        team.hold_customer(self.by.customer_id)
        if most is not None and team.paid_seats(self.by.customer_id) >= most:
            raise Refused(_no_seat(most))

    def _told(self, change: PeopleChange | None) -> PeopleChange | None:
        """Tell the person of a change, unless they made it themselves."""
        if change is None or change.contact_id == self.by.pk:
            return change
        link = ""
        if change.what == What.INVITED:
            token = make_sign_in_link(
                change.contact, leads_to="/requests/", at=self.at, works=INVITATION_WORKS
            )
            link = settings.ANSWERABLE_URL + reverse("signin:link", args=[token])
        subject, body = letter_about(change, link)
        send_letter(to=change.contact.email, subject=subject, body=body, at=self.at)
        return change


def _check(held: Held) -> None:
    if not held.is_theirs_to_change:
        raise Refused(_("Who is designated is changed by {vendor}.").format(vendor=_vendor()))


def _full(held: Held) -> str:
    words = _("{most} of {most} are designated. Take it from somebody first.")
    return words.format(most=held.terms.naming.most)


def _no_seat(most: int | None) -> str:
    return _("All {most} paid seats are taken. Free one first.").format(most=most)


def _last() -> str:
    return _("Your company needs one Super Admin at least. Make somebody else one first.")


def _vendor() -> str:
    return settings.ANSWERABLE_VENDOR
