"""“Tell the customer” on the wallboard: words for a reply that takes longer, as a draft."""

from __future__ import annotations

import re
from html import unescape

from django.test import Client
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.desk.tests.opening import SignIn, ask
from answerable.macros.actions import Wording, save_macro
from answerable.macros.models import Macro
from answerable.tickets.models import Draft, Ticket

TEXTS = {"en": "Hello {person}, by {next.update}.", "de": "Guten Tag {person}."}


def box(client: Client, ticket: Ticket, query: str = "?say=delay") -> str:
    """Return the reply's text as its page has it."""
    page = client.get(f"/desk/tickets/{ticket.pk}/{query}").content.decode()
    return unescape(re.split(r"</?textarea[^>]*>", page.split('id="reply"', 1)[1])[1])


def marked(cast: Cast, **facts: object) -> Macro:
    macro = Macro(**({"name": "Later", "says_delay": True} | facts))
    return save_macro(macro, Wording(TEXTS), agent=cast.lena, at=now())


def test_the_vendors_own_words_come_in_the_customers_language(here: Cast, ana: Client) -> None:
    Macro.objects.all().delete()
    ticket = ask(here.dana)
    said = box(ana, ticket)
    assert said.startswith(f"Hello Dana,\n\nyour request “{ticket.subject}” takes us longer")
    assert said.endswith("You hear from us again by {next.update}.")
    Ticket.objects.filter(pk=ticket.pk).update(language="de")
    assert box(ana, ticket).startswith("Guten Tag Dana,")


def test_a_macro_that_is_marked_takes_their_place_with_what_it_does(
    here: Cast, ana: Client
) -> None:
    macro = marked(here, acts=[{"kind": "add_tag", "value": "late"}])
    ticket = ask(here.dana)
    assert box(ana, ticket) == "Hello Dana, by {next.update}."
    page = ana.get(f"/desk/tickets/{ticket.pk}/?say=delay").content.decode()
    assert f'name="macro" value="{macro.pk}"' in page
    assert "Label late" in page
    assert box(ana, ticket, "") == ""


def test_a_draft_stays_as_it_is_and_nothing_is_sent_or_kept(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana)
    mails = OutgoingMail.objects.count()
    box(ana, ticket)
    assert not Draft.objects.exists()
    assert OutgoingMail.objects.count() == mails
    body = {"text": "I have found it", "base": "", "data": {}}
    address = f"/desk/tickets/{ticket.pk}/draft/reply/"
    assert ana.post(address, body, content_type="application/json").status_code == 200
    assert box(ana, ticket) == "I have found it"


def test_a_macro_is_marked_on_its_page(here: Cast, sign_in: SignIn) -> None:
    lena = sign_in(here.lena)
    form = {"name": "Later", "reach": "everybody", "body_en": "Soon", "says_delay": "on"}
    assert lena.post("/desk/macros/new/", form).status_code == 302
    assert Macro.objects.get(name="Later").says_delay
    assert "says that it takes longer" in lena.get("/desk/macros/").content.decode()
