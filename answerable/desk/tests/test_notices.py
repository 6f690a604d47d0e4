"""What one was told: the list, the number, cards, how one wants to be told."""

from __future__ import annotations

import json
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.desk.tests.opening import PART, SignIn, ask
from answerable.notices.models import Follow, Notice, PushSubscription, Wish
from answerable.notices.tests.pushed import Browser
from answerable.notices.tests.scene import due_of, tick
from answerable.tickets import actions
from answerable.tickets.actions import Sender
from answerable.tickets.models import Ticket


def mine(here: Cast, agent: Agent) -> Ticket:
    ticket = ask(here.dana, at=timezone.now() - timedelta(minutes=1))
    actions.take(ticket, agent=agent, at=timezone.now())
    return ticket


def wrote(ticket: Ticket, here: Cast) -> None:
    now = timezone.now()
    actions.add_message(ticket, sender=Sender(contact=here.dana), body="any news?", at=now)
    tick(now)


def told(client: Client, **asked: object) -> dict[str, object]:
    answer = client.post("/desk/notices/news/", asked, headers=PART)
    known: dict[str, object] = answer.json()
    return known


def page(client: Client, path: str = "") -> str:
    return " ".join(client.get(f"/desk/notices/{path}").content.decode().split())


def test_the_list_shows_what_is_unread_until_all_is_marked(here: Cast, ana: Client) -> None:
    ticket = mine(here, here.ana)
    wrote(ticket, here)
    assert f"New message from Dana Wolf on #{ticket.pk}" in page(ana)
    ana.post("/desk/notices/read/", {"as": "all"})
    assert "You have read everything." in page(ana)
    assert "Mark as unread" in page(ana, "?show=all")
    ana.post("/desk/notices/read/", {"as": "unread", "number": Notice.objects.get().pk})
    assert "You have read everything." not in page(ana)


def test_the_number_and_the_line_come_without_what_was_said_before(
    here: Cast, ana: Client
) -> None:
    ticket = mine(here, here.ana)
    wrote(ticket, here)
    first = told(ana)
    assert (first["count"], first["lines"], first["tickets"]) == (1, [], [ticket.pk])
    wrote(ticket, here)
    actions.add_message(
        ticket, sender=Sender(contact=here.dana), body="hello?", at=timezone.now()
    )
    tick(timezone.now())
    said = told(ana, after=first["newest"])
    assert [one["text"] for one in said["lines"]][-1:] == [  # type: ignore[attr-defined]
        f"New message from Dana Wolf on #{ticket.pk}"
    ]


def test_what_is_about_the_open_ticket_is_read(here: Cast, ana: Client) -> None:
    ticket = mine(here, here.ana)
    wrote(ticket, here)
    assert told(ana, looks=ticket.pk)["count"] == 0


def test_a_ticket_at_risk_has_a_card_that_opens_hands_over_and_goes(
    here: Cast, ana: Client
) -> None:
    ticket = mine(here, here.ana)
    due = due_of(ticket)
    tick(due - timedelta(minutes=6))
    cards = ana.get("/desk/offers/").content.decode()
    assert f"#{ticket.pk} is at risk: " in cards
    assert "replies like this take about" in cards
    assert "Hand over" in cards
    number = Notice.objects.get(kind="risk").pk
    ana.post(f"/desk/notices/{number}/away/", headers=PART)
    assert "is at risk" not in ana.get("/desk/offers/").content.decode()


def test_who_is_next_takes_over(here: Cast, sign_in: SignIn) -> None:
    ticket = mine(here, here.ana)
    tick(due_of(ticket) - timedelta(minutes=4))
    lena = sign_in(here.lena)
    cards = lena.get("/desk/offers/").content.decode()
    assert f"Ana has not answered #{ticket.pk}." in cards
    assert "You are next." in cards
    number = Notice.objects.get(kind="next").pk
    lena.post(f"/desk/notices/{number}/take-over/", headers=PART)
    ticket.refresh_from_db()
    assert ticket.assignee == here.lena
    assert not Notice.objects.standing().filter(kind__in=["hurry", "next"]).exists()


def test_nobody_puts_away_what_was_said_to_others(here: Cast, ana: Client) -> None:
    ticket = mine(here, here.ben)
    wrote(ticket, here)
    number = Notice.objects.get(agent=here.ben).pk
    assert ana.post(f"/desk/notices/{number}/away/", headers=PART).status_code == 404


def test_a_ticket_is_followed_and_no_more(here: Cast, ana: Client) -> None:
    ticket = mine(here, here.ben)
    path = f"/desk/tickets/{ticket.pk}/"
    assert "Follow no more" not in ana.get(path).content.decode()
    ana.post(f"{path}follow/", headers=PART)
    assert Follow.objects.get().agent == here.ana
    assert "Follow no more" in ana.get(path).content.decode()
    ana.post(f"{path}follow/", headers=PART)
    assert not Follow.objects.exists()


def test_what_one_wants_is_kept_as_far_as_it_may_be_chosen(here: Cast, ana: Client) -> None:
    form = ana.get("/desk/notices/how/").context["form"]
    fields = {bound.html_name: bound.value() for bound in form}
    fields |= {"level_risk": 2, "ways_3": ["push"], "quiet_for": "standard"}
    answer = ana.post("/desk/notices/how/", fields)
    assert answer.status_code == 302, answer.context["form"].errors
    wish = Wish.objects.get(agent=here.ana)
    assert wish.levels == {"risk": 2}
    assert wish.ways == {"3": ["push"]}
    wrong = ana.post("/desk/notices/how/", fields | {"level_critical": 1, "quiet_begins": "x"})
    assert wrong.status_code == 422
    assert "Enter a time like 19:00" in wrong.content.decode()


def test_a_browser_subscribes_and_is_removed(here: Cast, ana: Client) -> None:
    browser = Browser()
    said = {"endpoint": "https://push.example/1", "p256dh": browser.p256dh, "name": "Firefox"}
    path = "/desk/notices/how/browsers/"
    wrong = ana.post(path, json.dumps({**said, "auth": "x"}), content_type="application/json")
    assert wrong.status_code == 422
    inside = {**said, "auth": browser.auth, "endpoint": "http://127.0.0.1/"}
    refused = ana.post(path, json.dumps(inside), content_type="application/json")
    assert refused.status_code == 422
    right = json.dumps({**said, "auth": browser.auth})
    assert ana.post(path, right, content_type="application/json").status_code == 204
    row = PushSubscription.objects.get()
    assert "Firefox" in page(ana, "how/")
    ana.post(f"{path}{row.pk}/remove/")
    assert not PushSubscription.objects.exists()
    assert ana.post(path, right, content_type="application/json").status_code == 204
    ana.post("/sign-out/")
    assert not PushSubscription.objects.exists()


def test_the_worker_is_for_the_whole_desk(ana: Client) -> None:
    answer = ana.get("/desk/push-worker.js")
    assert answer.headers["Service-Worker-Allowed"] == "/desk/"
    assert "showNotification" in answer.content.decode()


def test_what_needed_no_action_can_be_made_quieter(here: Cast, ana: Client) -> None:
    then = timezone.now() - timedelta(days=2)
    for number in range(9):
        Notice.objects.create(
            agent=here.ana,
            kind="risk",
            key=str(number),
            level=3,
            ticket=ask(here.sam, f"{number}"),
            at=then,
            sounded=True,
        )
    asked = "9 notices needed no action from you. Make them quieter?"
    assert asked in page(ana)
    assert "My ticket is at risk" in page(ana, "?show=useless")
    ana.post("/desk/notices/how/quieter/", {"kind": "risk"})
    assert Wish.objects.get().levels == {"risk": 2}
    assert asked not in page(ana)


def test_the_timeline_says_whom_a_step_reached(here: Cast, ana: Client) -> None:
    ticket = ask(here.dana, critical=True)
    tick(timezone.now())
    tick(timezone.now() + timedelta(minutes=2))
    shown = " ".join(ana.get(f"/desk/tickets/{ticket.pk}/").content.decode().split())
    assert "The step at 0 % reached nobody: Ana Silva by a card (No page was open)" in shown


def test_who_wants_it_as_loud_is_asked_in_a_week(here: Cast, ana: Client) -> None:
    ana.post("/desk/notices/how/as-loud/")
    assert Wish.objects.get(agent=here.ana).asked_at
