"""The customer pane: what loads beside a ticket, what is folded, and notes on the account."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from answerable.accounts.actions import make_api_token
from answerable.accounts.models import AccountNote
from answerable.accounts.notes.actions import Noted, add_note, forget_removed, remove_note
from answerable.cards.models import CardAnswer
from answerable.cards.tests.billing import Billing
from answerable.cards.tests.conftest import described
from answerable.cast import Cast
from answerable.channels.email.models import OutgoingMail
from answerable.desk.tests.opening import PART, SignIn, ask, last_event, stranger_asks
from answerable.lib.tests.web import allowed_web
from answerable.portal.exporting import new_file, written_out
from answerable.tickets import actions
from answerable.tickets.models import Ticket

SECRET_WORDS = "Kestrel wants to buy them"


def beside(client: Client, ticket: Ticket, query: str = "") -> str:
    answer = client.get(f"/desk/tickets/{ticket.pk}/account/{query}", headers=PART)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def note(client: Client, ticket: Ticket, **form: object) -> int:
    given = {"body": SECRET_WORDS, "about": "account", **form}
    path = f"/desk/tickets/{ticket.pk}/account/notes/"
    return client.post(path, given, headers=PART).status_code


def test_it_says_what_was_bought_who_is_named_and_what_is_promised(
    here: Cast, ana: Client
) -> None:
    shown = beside(ana, ask(here.sam))
    assert "Ravi Patel" in shown
    assert "Mention Ravi" in shown
    assert "paid seats are used" in shown
    assert "<bdi>Dana Wolf</bdi>" in shown
    assert "First reply, business-critical, Super Admin: 30 minutes" in shown
    assert "Aims, no guarantees" in shown


def test_a_handful_of_promises_is_no_percentage(here: Cast, ana: Client) -> None:
    opened = timezone.now()
    ticket = ask(here.dana, at=opened)
    assert "No promise fell due." in beside(ana, ticket)
    reply = actions.answer(
        ticket, agent=here.ben, body="Fixed.", seen=last_event(ticket), at=opened
    )
    actions.mark_delivered(reply, at=opened + timedelta(seconds=1))
    shown = beside(ana, ticket)
    assert "1 of 1 promise kept" in shown
    assert "%" not in shown.split("Promises kept")[1].split("</details>")[0]


def test_it_lists_the_other_open_tickets_and_says_how_many_it_leaves_out(
    here: Cast, ana: Client
) -> None:
    other, done = ask(here.kim, "Webhook retries"), ask(here.dana, "Two invoices")
    actions.resolve(done, agent=here.ben, contact=None, reason="Twice", at=timezone.now())
    ticket = ask(here.dana)
    shown = beside(ana, ticket)
    assert "Other open tickets 1" in shown
    assert f"#{other.pk}</span> <bdi>Webhook retries" in shown
    assert f"#{done.pk}</span> <bdi>Two invoices" in shown
    for number in range(6):
        ask(here.kim, f"Question {number}")
    assert "and 2 more" in beside(ana, ticket)


def test_past_tickets_come_in_pages(here: Cast, ana: Client) -> None:
    at = timezone.now()
    for number in range(7):
        done = ask(here.kim, f"Question {number}")
        actions.resolve(done, agent=here.ben, contact=None, reason="Twice", at=at)
    ticket = ask(here.dana)
    first, second = beside(ana, ticket), beside(ana, ticket, "?page=2")
    assert "?page=2" in first
    assert "Question 6" in first
    assert "Question 0" in second
    assert "Question 6" not in second


def test_what_is_folded_stays_so_and_is_not_asked_for(
    here: Cast, ana: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ticket = ask(here.dana)
    assert "sam@nordwind.example" not in beside(ana, ticket)
    assert ana.post("/desk/pane/", {"part": "people", "open": "1"}).status_code == 204
    assert "sam@nordwind.example" in beside(ana, ticket)
    for part in ("people", "contract", "promises", "tickets", "notes", "cards"):
        ana.post("/desk/pane/", {"part": part, "open": "0"})
    with django_assert_max_num_queries(20):
        assert "paid seats" not in beside(ana, ticket)
    here.ana.refresh_from_db()
    assert here.ana.pane_folded is not None
    assert ana.post("/desk/pane/", {"part": "nothing", "open": "0"}).status_code == 404


def test_a_strangers_pane_says_that_nobody_is_known(here: Cast, ana: Client) -> None:
    assert "Nobody knows yet whose ticket this is" in beside(ana, stranger_asks())


def test_a_pinned_note_stands_on_every_ticket_of_the_account(
    here: Cast, ana: Client, sign_in: SignIn
) -> None:
    ticket, other = ask(here.dana), ask(here.sam)
    foreign = ask(here.olive)
    assert note(ana, ticket, is_pinned="on") == 200
    for one in (ticket, other):
        page = sign_in(here.ben).get(f"/desk/tickets/{one.pk}/").content.decode()
        assert "Read before replying" in page
        assert SECRET_WORDS in page
    page = ana.get(f"/desk/tickets/{foreign.pk}/").content.decode()
    assert SECRET_WORDS not in page


def test_a_note_on_a_person_stands_on_theirs_alone(here: Cast, ana: Client) -> None:
    ticket, other = ask(here.dana), ask(here.sam)
    note(ana, ticket, is_pinned="on", about="person")
    assert SECRET_WORDS in ana.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert SECRET_WORDS not in ana.get(f"/desk/tickets/{other.pk}/").content.decode()
    assert SECRET_WORDS not in beside(ana, other)


def test_a_note_keeps_its_versions_and_is_not_overwritten_unseen(
    here: Cast, ana: Client, sign_in: SignIn
) -> None:
    ticket = ask(here.dana)
    note(ana, ticket)
    kept = AccountNote.objects.get()
    path = f"/desk/tickets/{ticket.pk}/account/notes/{kept.pk}/"
    assert (
        ana.post(path, {"body": "Call **first**.", "seen": 1}, headers=PART).status_code == 200
    )
    refused = sign_in(here.ben).post(path, {"body": "Mine.", "seen": 1}, headers=PART)
    assert refused.status_code == 422
    assert "Somebody changed it meanwhile" in refused.content.decode()
    kept.refresh_from_db()
    assert (kept.body, kept.number, kept.author) == ("Call **first**.", 2, here.ana)
    versions = ana.get(f"{path}versions/", headers=PART).content.decode()
    assert SECRET_WORDS in versions
    assert "<strong>first</strong>" in versions


def test_a_removed_note_is_put_back(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana)
    note(ana, ticket)
    kept = AccountNote.objects.get()
    path = f"/desk/tickets/{ticket.pk}/account/notes/{kept.pk}"
    said = ana.post(f"{path}/remove/", headers=PART).content.decode()
    assert f"{path}/back/" in said
    assert SECRET_WORDS not in beside(ana, ticket)
    assert "The note is back." in ana.post(f"{path}/back/", headers=PART).content.decode()
    assert SECRET_WORDS in beside(ana, ticket)
    at = timezone.now()
    remove_note(kept, agent=here.ana, at=at)
    assert forget_removed(at=at + timedelta(days=31)) == 1


def test_a_note_of_another_account_is_not_there(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana)
    foreign = add_note(here.brightwater, Noted("x", True), agent=here.ana, at=timezone.now())
    path = f"/desk/tickets/{ticket.pk}/account/notes/{foreign.pk}/"
    assert ana.get(path, headers=PART).status_code == 404
    assert ana.post(f"{path}remove/", headers=PART).status_code == 404
    assert ana.get(f"{path[:-1]}{2**64}/", headers=PART).status_code == 404


def test_no_customer_reads_a_note(
    here: Cast, ana: Client, sign_in: SignIn, settings: Settings
) -> None:
    """Neither on their pages, nor in the report, nor in a copy of their data, nor by mail."""
    ticket = ask(here.dana)
    note(ana, ticket, is_pinned="on")
    note(ana, ticket, is_pinned="on", about="person")
    actions.answer(
        ticket, agent=here.ana, body="Done.", seen=last_event(ticket), at=timezone.now()
    )
    dana = sign_in(here.dana)
    paths = ["requests/", f"requests/{ticket.pk}/", "team/", "report/", "preferences/"]
    for path in [*paths, "report/sheet/", "report/list/sheet/"]:
        assert SECRET_WORDS not in dana.get(f"/{path}").content.decode(errors="replace")
    with new_file() as bundle:
        written_out(here.dana, bundle, at=timezone.now(), progress=lambda *_done: None)
        with zipfile.ZipFile(bundle) as copies:
            said = [copies.read(name) for name in copies.namelist()]
    assert said
    assert not any(SECRET_WORDS.encode() in one for one in said)
    assert dana.get(f"/desk/tickets/{ticket.pk}/account/").status_code in {302, 404}
    token = make_api_token(
        here.ana, name="Board", works_for=timedelta(days=1), at=timezone.now()
    )
    bearer = {"Authorization": f"Bearer {token}"}
    for path in ("why", "files"):
        told = dana.get(f"/api/v1/tickets/{ticket.pk}/{path}", headers=bearer)
        assert SECRET_WORDS not in told.content.decode()
    for mail in OutgoingMail.objects.order_by("pk"):
        assert SECRET_WORDS not in f"{mail.__dict__}"


def test_a_card_is_shown_with_its_age_and_a_failure_in_words(
    here: Cast,
    ana: Client,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticket, billing = ask(here.dana), Billing()
    with allowed_web(tmp_path, settings, monkeypatch) as web:
        source = described(here, billing.put(web), fresh_for=30)
        waits = beside(ana, ticket)
        assert "Asking Billing…" in waits
        assert "data-asked" in waits
        path = f"/desk/tickets/{ticket.pk}/account/cards/{source.pk}/"
        shown = ana.post(path, headers=PART).content.decode()
        assert 'href="https://billing.example/a/7"' in shown
        assert 'rel="noopener noreferrer nofollow external"' in shown
        assert "data-asked" not in shown
        CardAnswer.objects.update(answered_at=timezone.now() - timedelta(minutes=5))
        stale = beside(ana, ticket)
        assert "past due" in stale
        assert "From Billing, as of" in stale
        billing.says = b"<html>"
        failed = " ".join(ana.post(path, headers=PART).content.decode().split())
        assert "past due" in failed
        assert "Billing did not answer." in failed
        assert "The answer is no JSON in UTF-8." in failed
        assert "Try again" in failed
    assert ana.post(f"{path[:-1]}9/", headers=PART).status_code == 404


def test_what_other_systems_say_is_never_html(
    here: Cast,
    ana: Client,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad = "<img src=x onerror=alert(1)><script>alert(1)</script>"
    rows = [{"name": bad, "text": bad}, {"name": bad, "badge": "<b>x</b>"}]
    parts = [{"type": "text", "text": bad}, {"type": "facts", "rows": rows}]
    parts.append({"type": "list", "items": [bad, {"text": bad, "url": "https://a.example/"}]})
    billing = Billing(says={"cards": [{"title": bad, "parts": parts}]})
    with allowed_web(tmp_path, settings, monkeypatch) as web:
        source = described(here, billing.put(web), name="<i>B</i>")
        path = f"/desk/tickets/{ask(here.dana).pk}/account/cards/{source.pk}/"
        shown = ana.post(path, headers=PART).content.decode()
    assert shown.count("&lt;img src=x") == 7
    for element in ("<img", "<script", "<b>", "<i>"):
        assert element not in shown
