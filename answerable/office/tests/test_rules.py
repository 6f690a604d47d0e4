"""Rules are written on a page of the office, with or without scripts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.rules import actions
from answerable.rules.core.reading import Act, Condition, When, rule_of
from answerable.rules.core.reading import Rule as Says
from answerable.rules.models import Halt, Rule, Run, Trial
from answerable.rules.tests.scenes import contains, follow, started, tag, tags_on
from answerable.rules.words import sentence_of
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened


@pytest.fixture
def page(client: Client, cast: Cast) -> Client:
    client.force_login(cast.ida.user)
    return client


def text(page: Client, address: str) -> str:
    answer = page.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def sent(cast: Cast, **more: object) -> dict[str, object]:
    """A page that is filled in: requests with “invoice” go to Ben."""
    return {
        "name": "Invoices",
        "owner": str(cast.ida.pk),
        "when-kind": "created",
        "every-0-fact": "subject",
        "every-0-asks": "contains",
        "every-0-values": "invoice; bill",
        "then-0-kind": "assign",
        "then-0-value": f"agent:{cast.ben.pk}",
        "do": "save",
        **more,
    }


def test_only_administrators_come_in(client: Client, cast: Cast) -> None:
    client.force_login(cast.lena.user)
    for address in ("", "new/", "runs/", "try/"):
        assert client.get(f"/office/rules/{address}").status_code in {403, 404}


def test_an_empty_list_says_what_rules_are_for_and_offers_samples(page: Client) -> None:
    shown = text(page, "/office/rules/")
    assert "There are no rules yet." in shown
    assert "Escalate what is at risk" in shown
    assert "Escalate what is at risk" in text(page, "/office/rules/new/?from=escalate")


def test_a_rule_is_written_said_in_a_sentence_and_started(page: Client, cast: Cast) -> None:
    answer = page.post("/office/rules/new/", sent(cast))
    rule = Rule.objects.get()
    assert answer.headers["Location"] == f"/office/rules/{rule.pk}/"
    said = (
        "When a request arrives and its subject contains “invoice” or “bill”, "
        "assign it to Ben Adler."
    )
    assert said in text(page, f"/office/rules/{rule.pk}/")
    assert rule.state == Rule.State.DRAFT
    answer = page.post(f"/office/rules/{rule.pk}/", sent(cast, do="start"))
    assert answer.headers["Location"] == f"/office/rules/{rule.pk}/start/"
    assert page.post(f"/office/rules/{rule.pk}/start/").status_code == 302
    ticket = opened(cast.dana, now(), body="Your bill of May")
    follow(now())
    ticket.refresh_from_db()
    assert ticket.assignee == cast.ben
    shown = text(page, "/office/rules/")
    assert "1 match in 30 days" in shown
    assert said in shown
    assert "rule “Invoices”" in text(page, f"/desk/tickets/{ticket.pk}/")


def test_the_sentence_is_german_for_who_reads_german(cast: Cast) -> None:
    rule = Says(
        when=When("untouched", minutes=3 * 24 * 60, basis="support"),
        every=(contains("Rechnung"),),
        never=(Condition("priority", "is", ("low",)),),
        then=(Act("assign", f"agent:{cast.ben.pk}"), Act("priority", "high")),
        stops=True,
    )
    with translation.override("de"):
        assert sentence_of(rule) == (
            "Wenn eine Anfrage offen ist und seit 3 Tagen Supportzeit niemand geschrieben hat "
            "und ihr Betreff „Rechnung“ enthält, dann: Ben Adler zuweisen und die Priorität "
            "auf hoch setzen, es sei denn, dass ihre Priorität niedrig ist. "
            "Keine Regel danach sieht die Anfrage an."
        )


def test_without_a_script_rows_are_added_and_removed_by_buttons(
    page: Client, cast: Cast
) -> None:
    more = page.post("/office/rules/new/", sent(cast, do="add every")).content.decode()
    assert 'name="every-1-fact"' in more
    less = page.post("/office/rules/new/", sent(cast, do="remove every 0")).content.decode()
    assert 'name="every-0-fact"' not in less
    tagged = {"when-kind": "tagged", "then-0-kind": "hold", "then-0-was": "assign"}
    shown = page.post("/office/rules/new/", sent(cast, do="refresh", **tagged)).content.decode()
    assert 'name="when-value"' in shown
    assert 'name="then-0-many"' in shown
    assert not Rule.objects.exists()


def test_a_choice_on_which_others_depend_forgets_what_was_chosen_before(
    page: Client, cast: Cast
) -> None:
    changed = sent(cast, do="refresh") | {"every-0-fact": "state", "every-0-was": "subject"}
    shown = page.post("/office/rules/new/", changed, headers={"HX-Request": "true"})
    assert "(not chosen yet)" in shown.content.decode()
    assert "waiting for the customer" in shown.content.decode()
    assert "<html" not in shown.content.decode()


def test_the_live_sentence_says_what_is_wrong_and_what_is_not_chosen_yet(
    page: Client, cast: Cast
) -> None:
    wrong = sent(cast) | {"then-0-kind": "resolve", "every-0-values": ""}
    said = page.post("/office/rules/said/", wrong).content.decode()
    assert "Enter the words." in said
    assert "(not chosen yet)" in said
    assert "Select or enter a value." not in said
    started = page.post("/office/rules/new/", wrong | {"do": "start"})
    assert "Select or enter a value." in started.content.decode()


def test_what_is_wrong_stands_at_its_place_and_the_rule_is_kept(
    page: Client, cast: Cast
) -> None:
    answer = page.post(
        "/office/rules/new/", sent(cast, do="start") | {"then-0-value": "agent:0"}
    )
    assert answer.status_code == 422
    assert "What is chosen here is not there any more." in answer.content.decode()
    assert Rule.objects.get().state == Rule.State.DRAFT
    nameless = page.post("/office/rules/new/", sent(cast, name=" "))
    assert (nameless.status_code, Rule.objects.count()) == (422, 1)


def test_a_filter_that_matches_everything_is_started_only_by_who_says_so(
    page: Client, cast: Cast
) -> None:
    page.post("/office/rules/new/", sent(cast) | {"do": "save", "every-0-fact": "subject"})
    rule = Rule.objects.get()
    actions.keep_rule(
        rule,
        name="All",
        says=Says(then=(Act("priority", "high"),)),
        owner=cast.ida,
        at=now(),
    )
    asked = text(page, f"/office/rules/{rule.pk}/start/")
    assert "it acts on every request" in asked
    assert page.post(f"/office/rules/{rule.pk}/start/").status_code == 422
    assert page.post(f"/office/rules/{rule.pk}/start/", {"meant": "on"}).status_code == 302
    assert Rule.objects.get().state == Rule.State.ACTIVE


def test_the_order_is_changed_by_buttons_and_a_rule_paused_and_thrown_away(
    page: Client, cast: Cast
) -> None:
    first = started(cast.ida, now(), Act("priority", "high"), name="First")
    second = started(cast.ida, now(), Act("priority", "low"), name="Second")
    page.post(f"/office/rules/{second.pk}/do/up/")
    assert [rule.name for rule in Rule.objects.kept()] == ["Second", "First"]
    page.post(f"/office/rules/{second.pk}/do/down/")
    assert [rule.name for rule in Rule.objects.kept()] == ["First", "Second"]
    page.post(f"/office/rules/{first.pk}/do/pause/")
    page.post(f"/office/rules/{second.pk}/do/retire/")
    assert [(rule.name, rule.state) for rule in Rule.objects.kept()] == [("First", "paused")]
    page.post(f"/office/rules/{first.pk}/do/resume/")
    assert Rule.objects.get(pk=first.pk).state == "active"
    assert page.post(f"/office/rules/{first.pk}/do/dance/").status_code == 404


def test_the_log_says_what_was_done_and_why_not_and_takes_it_back(
    page: Client, cast: Cast
) -> None:
    billing = tag(cast.ida, "Billing", now()).slug
    acts = (Act("tag", billing), Act("assign", "team:none"))
    rule = started(cast.ida, now(), *acts[:1], name="Labels")
    ticket = opened(cast.dana, now())
    follow(now())
    Halt.objects.create(rule=rule, ticket=ticket, at=now())
    shown = text(page, f"/office/rules/runs/?ticket={ticket.pk}&rule={rule.pk}&outcome=done")
    assert "label it Billing" in shown
    assert "Nothing was found." in text(page, "/office/rules/runs/?outcome=failed")
    assert "Labels" in text(page, "/office/rules/runs/?ticket=exports")
    page.post(f"/office/rules/runs/{Run.objects.get().pk}/undo/")
    assert tags_on(Ticket.objects.get(pk=ticket.pk)) == []
    assert "Taken back by Ida Holm" in text(page, "/office/rules/runs/")
    assert "stopped on 1 request" in text(page, "/office/rules/")
    page.post(f"/office/rules/{rule.pk}/do/lift/")
    assert "stopped on" not in text(page, "/office/rules/")


def test_a_draft_is_tried_from_its_page_with_progress(page: Client, cast: Cast) -> None:
    page.post("/office/rules/new/", sent(cast))
    rule = Rule.objects.get()
    opened(cast.dana, now() - timedelta(days=1), body="The invoice is wrong.")
    assert "Nothing is written." in text(page, f"/office/rules/{rule.pk}/try/")
    answer = page.post(f"/office/rules/{rule.pk}/try/")
    trial = Trial.objects.get()
    waiting = text(page, answer.headers["Location"])
    assert "0 of 1 requests are read." in waiting
    actions.go_on_with_trial(trial.pk)
    done = text(page, answer.headers["Location"])
    assert "1 request of the last 30 days was read." in done
    assert rule_of(trial.rules[0]["says"]) == rule_of(rule.draft)
