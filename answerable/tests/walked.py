"""What stands behind the addresses that are walked: the demonstration, and one of each thing
that it lacks, made by the real actions."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils.timezone import now

from answerable.accounts.actions import make_sign_in_link, make_start_code
from answerable.accounts.notes.actions import Noted
from answerable.accounts.notes.actions import add_note as note_account
from answerable.apart.tests.opening import attached
from answerable.cards.tests.conftest import described
from answerable.cast import Cast, load_demo
from answerable.channels.email import ours
from answerable.channels.email.actions.deciding import begin_replay
from answerable.channels.email.actions.following import save_mailbox
from answerable.channels.email.ledger import Sought
from answerable.channels.email.mailboxes import Mailbox
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.tests.post import mail_of, receive
from answerable.channels.voice.actions import begin_call
from answerable.channels.voice.models import Call
from answerable.channels.voice.tests.calls import asked_by
from answerable.channels.voice.twilio.actions.setting import begin_test, save_telephone
from answerable.channels.voice.twilio.models import Telephone
from answerable.desk.tests.chatting import says, taken
from answerable.entitlements.actions import begin_plan_draft
from answerable.entitlements.models import PlanVersion
from answerable.files.capability import link_token
from answerable.forecast.actions import make_screen
from answerable.incidents.actions import draft_bulk, follow, link
from answerable.incidents.addresses import unfollow_url
from answerable.incidents.models import Follower
from answerable.incidents.tests.scenes import asked, slow_exports
from answerable.knowledge.models import ArticleText, Category
from answerable.lib.sealing import seal
from answerable.macros.models import Macro
from answerable.notices.actions import save_receiver
from answerable.notices.models import Receiver
from answerable.office.tests.test_sources import with_days
from answerable.routing.actions import rotas
from answerable.routing.actions.abilities import save_skill
from answerable.routing.models import Skill
from answerable.rules.actions import begin_trial
from answerable.rules.core.reading import rule_of
from answerable.rules.models import Rule
from answerable.sla.tests.misses import HOUR, appealed_by, excused_by, missed_by
from answerable.surveys.tests import scenes as surveys
from answerable.tickets import actions as tickets
from answerable.tickets.actions import SideOpening, ask_to_endorse, filing
from answerable.tickets.actions.fields import save_field
from answerable.tickets.actions.standing import save_status
from answerable.tickets.models import Field, Status
from answerable.tickets.tests.openings import opened

DAY = timedelta(days=1)
Things = dict[str, Any]


def made(at: datetime) -> tuple[Cast, Things]:
    """Return everybody of the demonstration, and what fills the gaps of each address."""
    cast = load_demo(at=at)
    things: Things = {
        "one": 1,
        "language": "en",
        "view": "all",
        "act": "assign",
        "whose": "mine",
        "token": UUID(int=7),
    }
    for make in (_conversations, _promises, _incidents, _office, _mail, _links, _surveys):
        things |= make(cast, at)
    return cast, things


def _surveys(cast: Cast, at: datetime) -> Things:
    """Somebody is asked how it went."""
    surveys.asks(cast, at - DAY)
    ticket = surveys.resolved(cast, at - 2 * HOUR)
    surveys.asked(ticket, at - HOUR)
    return {"answered": ticket.pk, "survey": surveys.token_to(cast.dana)}


def _conversations(cast: Cast, at: datetime) -> Things:
    """A ticket with all that may hang on one, a chat, and a call."""
    ticket = opened(cast.dana, at - HOUR / 2, subject="Exports stop half way through")
    tickets.take(ticket, agent=cast.ana, at=at)
    tickets.add_note(ticket, agent=cast.ben, body="Looking", at=at)
    side = SideOpening(people={"p@cloud.example": "Priya Rao"}, subject="Disk", body="Full?")
    note = note_account(cast.nordwind, Noted("Prefers calls", True), agent=cast.ben, at=at)
    chat = taken(cast.dana, cast.ana, ago=600)
    says(chat, cast.ana, "I look at it", ago=500)
    callback = asked_by(cast.kim, at)
    field = Field(kind="text", names={"en": "Build", "de": "Stand"})
    save_field(field)
    return {
        "ticket": ticket.pk,
        "message": tickets.add_message(
            ticket, sender=tickets.Sender(contact=cast.dana), body="And again", at=at
        ).pk,
        "side": tickets.open_side(ticket, side, agent=cast.ana, at=at).thread_id,
        "note": note.pk,
        "chat": chat.key,
        "called": callback.ticket_id,
        "call": begin_call(callback, Call.Way.BROWSER, agent=cast.ana, at=at).key,
        "field": field.pk,
        "macro": Macro.objects.earliest("pk").pk,
    }


def _promises(cast: Cast, at: datetime) -> Things:
    """What was missed, excused and asked about; what a colleague is to confirm."""
    missed = missed_by(cast.dana, at - 5 * HOUR)
    excused = excused_by(cast.ida, missed_by(cast.dana, at - 6 * HOUR), at=at - 2 * HOUR)
    appealed_by(
        cast.kim, excused_by(cast.ida, missed_by(cast.kim, at - 6 * HOUR), at=at), at=at
    )
    wanted = opened(cast.sam, at - HOUR)
    ask_to_endorse(wanted, [cast.dana], contact=cast.sam, at=at)
    return {
        "missed": missed.pk,
        "missed_ticket": missed.ticket_id,
        "excused": excused.clock_id,
        "excused_ticket": excused.clock.ticket_id,
        "to_confirm": wanted.pk,
    }


def _incidents(cast: Cast, at: datetime) -> Things:
    incident = slow_exports(cast.ana, at)
    link(incident, asked(cast.dana, at), agent=cast.ana, at=at)
    follow(incident, cast.dana, source=Follower.Source.PORTAL, at=at)
    reply = draft_bulk(incident, {"en": "Hello {name}"}, agent=cast.ana, at=at)
    token = unfollow_url(Follower.objects.get(contact=cast.dana, incident=incident))
    return {
        "incident": incident.pk,
        "bulk_reply": reply.pk,
        "followers_mails": token.rstrip("/").rpartition("/")[2],
    }


def _office(cast: Cast, at: datetime) -> Things:
    """What administrators keep."""
    newest = PlanVersion.objects.filter(plan__key="premium").latest("number")
    text = with_days('ics = "days.ics"')
    begin_plan_draft("premium", writer=cast.ida, text=text, based_on=newest, at=at)
    hook = Receiver(name="Team", kind="plain", address=seal("https://hook.example/"))
    hook.matters = ["critical"]
    status = Status(category="open", names={"en": "With engineering", "de": "In Technik"})
    save_status(status)
    rule = Rule.objects.earliest("pk")
    trial = begin_trial([(rule.pk, rule.name, rule_of(rule.draft))], agent=cast.ida, at=at)
    save_telephone(Telephone(number="+4930901820", account_sid="AC1", token=seal("x")), at=at)
    hours = ["18:00-08:00"] * 7
    nights = rotas.Turns([cast.ana, cast.ben], at.date(), time(9), "Europe/Berlin", 7, hours)
    leg = begin_test("+4915199999999", language="en", at=at)
    return {
        "plan": "premium",
        "agent": cast.ana.pk,
        "skill": save_skill(Skill(name="Single sign-on", products=["service"])).pk,
        "label": filing.add_tag("Billing", by=cast.ida, at=at).pk,
        "status": status.pk,
        "rule": rule.pk,
        "trial": trial.pk,
        "on_call_place": "on_call_1",
        "rota": rotas.save_rota("on_call_1", nights, by=cast.ida, at=at).pk,
        "receiver": save_receiver(hook, at=at).pk,
        "card_source": described(cast, "https://billing.example/cards").pk,
        "test_call": leg.pk,
    }


def _mail(cast: Cast, at: datetime) -> Things:
    """Mail that came, mail that waits, and mail that left."""
    mail = receive(mail_of("Max <max@strange.example>", List_Id="<news>"), at=at)
    box = Mailbox(address="support@nordwind.example", host="imap.example.com", user="support")
    sought = Sought(state="review")
    return {
        "mail": mail.pk,
        "queued": OutgoingMail.objects.latest("pk").pk,
        "replay": begin_replay(sought, agent=cast.ida, total=1, at=at).pk,
        "mailbox": save_mailbox(box, at=at).pk,
        "agents_mails": ours.unsubscribe_url(cast.ana).rstrip("/").rpartition("/")[2],
    }


def _links(cast: Cast, at: datetime) -> Things:
    """What is reached by a secret, and articles by their names."""
    _screen, screen = make_screen("Hall", by=cast.lena, at=at)
    text = ArticleText.objects.get(article__key="contact", language="en")
    large = attached(opened(cast.dana, at).messages.earliest("pk"), b"core", "core.bin", at=at)
    return {
        "sent_file": link_token(large.pk, at=at),
        "screen": screen,
        "sign_in": make_sign_in_link(cast.dana, leads_to="/", at=now()),
        "start": make_start_code(at=now()),
        "contact": cast.sam.pk,
        "customer": cast.nordwind.pk,
        "article": text.article.key,
        "slug": text.slug,
        "category": Category.objects.earliest("pk").pk,
        "category_key": Category.objects.earliest("pk").key,
        "product_page": "exports",
    }
