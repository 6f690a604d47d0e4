"""Changes to the people of a customer, and rules of who sees what, as sentences."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Contact, PeopleChange
from answerable.sla.words import product_word
from answerable.tickets.models import VisibilityRule

What, Who, Sees = PeopleChange.What, VisibilityRule.Who, VisibilityRule.Sees
ROLES: dict[str, Promise | str] = {
    Contact.Role.SUPER_ADMIN: gettext_lazy("Super Admin"),
    Contact.Role.ADMIN: gettext_lazy("Admin"),
    Contact.Role.MEMBER: gettext_lazy("Member"),
}
SEATS: dict[str, Promise | str] = {
    Contact.Seat.PAID: gettext_lazy("Paid seat"),
    Contact.Seat.VIEW_ONLY: gettext_lazy("View-only seat"),
    Contact.Seat.NONE: gettext_lazy("No seat"),
}
SENTENCES: dict[str, Promise] = {
    What.INVITED: gettext_lazy("{name} was invited."),
    What.ROLE: gettext_lazy("{name} is {after} now, and was {before}."),
    What.SEAT: gettext_lazy("{name} has this now: {after}. Before: {before}."),
    What.DEPARTMENT: gettext_lazy("Department of {name}: {after}."),
    What.DESIGNATED: gettext_lazy("{name} is designated: guaranteed times hold for them."),
    What.UNDESIGNATED: gettext_lazy("{name} is no longer designated."),
    What.LEFT: gettext_lazy("{name} left, and can no longer sign in."),
    What.RETURNED: gettext_lazy("{name} is back."),
}
LETTERS: dict[str, Promise] = {
    What.ROLE: gettext_lazy("Your role is {after} now. It was {before}."),
    What.SEAT: gettext_lazy("You have this now: {after}. Before: {before}."),
    What.DEPARTMENT: gettext_lazy("Your department is “{after}” now."),
    What.DESIGNATED: gettext_lazy(
        "You are designated: guaranteed times hold for what you send from now on."
    ),
    What.UNDESIGNATED: gettext_lazy(
        "You are no longer designated. What was guaranteed to you before stays guaranteed."
    ),
    What.LEFT: gettext_lazy("You can no longer sign in."),
    What.RETURNED: gettext_lazy("You can sign in again."),
}
WHO: dict[str, Promise] = {
    Who.EVERYBODY: gettext_lazy("Everybody of the company"),
    Who.ROLE: gettext_lazy("Everybody with the role “{is_}”"),
    Who.SEAT: gettext_lazy("Everybody with the seat “{is_}”"),
    Who.DOMAIN: gettext_lazy("Everybody with an address at {is_}"),
    Who.DEPARTMENT: gettext_lazy("Everybody of the department “{is_}”"),
}
SEES: dict[str, Promise] = {
    Sees.COMPANY: gettext_lazy("{who} sees all requests of {customer}, but private ones."),
    Sees.PRODUCT: gettext_lazy("{who} sees requests about {is_}, but private ones."),
    Sees.DEPARTMENT: gettext_lazy(
        "{who} sees requests of the department “{is_}”, but private ones."
    ),
    Sees.DOMAIN: gettext_lazy(
        "{who} sees requests of people with addresses at {is_}, but private ones."
    ),
}


def change_words(change: PeopleChange) -> str:
    """Return a change as a sentence: “Sam Ortiz is designated: …”."""
    before, after = _values(change)
    words = str(SENTENCES[change.what])
    return words.format(name=change.contact.name, before=before, after=after)


def by_words(change: PeopleChange) -> str:
    """Return who made a change."""
    person = change.by or change.by_agent
    return person.name if person else settings.ANSWERABLE_VENDOR


def rule_words(rule: VisibilityRule) -> str:
    """Return a rule as a sentence: “Everybody with the role “Admin” sees requests about …”."""
    named = {Who.ROLE: ROLES, Who.SEAT: SEATS}.get(Who(rule.who), {})
    who = str(WHO[rule.who]).format(is_=named.get(rule.who_is, rule.who_is))
    seen = product_word(rule.sees_is) if rule.sees == Sees.PRODUCT else rule.sees_is
    return str(SEES[rule.sees]).format(who=who, is_=seen, customer=rule.customer.name)


def letter_about(change: PeopleChange, link: str = "") -> tuple[str, str]:
    """Return subject and text of a mail that tells somebody of a change, in their language."""
    contact = change.contact
    with translation.override(contact.language):
        before, after = _values(change)
        place = f"{settings.ANSWERABLE_URL}{reverse('portal:requests')}"
        if change.what == What.INVITED:
            subject = _("{name} invites you to {vendor} Support")
            says = _("With this link you sign in. It works once, for seven days:")
            lines = [says, link, "", _("Later you sign in with your mail address:"), place]
        else:
            subject = _("{name} changed something about you at {vendor} Support")
            words = str(LETTERS[change.what]).format(before=before, after=after)
            lines = [words, "", place]
        names = {"name": by_words(change), "vendor": settings.ANSWERABLE_VENDOR}
        greeting = _("Hello {name},").format(name=contact.name)
        return subject.format(**names), "\n".join([greeting, "", *lines])


def _values(change: PeopleChange) -> tuple[str, str]:
    named = {What.ROLE: ROLES, What.SEAT: SEATS}.get(What(change.what), {})
    before, after = (
        str(named.get(value, value)) or "\N{EN DASH}" for value in (change.before, change.after)
    )
    return before, after
