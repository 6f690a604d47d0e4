"""Nothing takes effect before its scope is chosen; then a version is published, once."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.entitlements.models import Adoption, PlanDraft, PlanVersion
from answerable.office.tests.test_editor import typed
from answerable.office.tests.test_pages import PREMIUM, published_again, text_of
from answerable.sla.models import Clock

PUBLISH = "/office/plans/premium/publish/"
AT_ONCE = {"scope": "received", "day": "", "time": "", "note": ""}
FASTER = PREMIUM.replace('within = "1h"', 'within = "45m"').replace(
    'due = "2026-03-06 17:45 Europe/Berlin"', 'due = "2026-03-06 17:30 Europe/Berlin"'
)


def published(client: Client, **sent: str) -> HttpResponse:
    return client.post(PUBLISH, AT_ONCE | sent)  # type: ignore[return-value]  # A client's answer.


def test_it_says_first_what_changes(here: Cast, ida: Client) -> None:
    ticket = ask(here.dana)
    typed(ida, FASTER)
    page = text_of(ida, PUBLISH)
    assert '<th scope="row">standard within</th><td>1 h</td><td>45 min</td>' in page
    assert "Open tickets: 1 uses this plan. 1 would change." in page
    assert f"#{ticket.pk} " in page
    assert "Use v2 for:" in page
    assert PlanVersion.objects.count() == 1


def test_it_is_published_with_its_writer_and_note(here: Cast, ida: Client) -> None:
    typed(ida, FASTER)
    assert published(ida, note="works council").status_code == 302
    version = PlanVersion.objects.get(number=2)
    assert (version.published_by, version.note) == (here.ida, "works council")
    assert version.written.text == FASTER
    assert not PlanDraft.objects.exists()
    assert "Premium v2 is published." in text_of(ida, "/office/plans/premium/")


def test_open_tickets_keep_what_they_were_promised(here: Cast, ida: Client) -> None:
    ticket = ask(here.dana)
    before = Clock.objects.values_list("pk", "due_at").get(ticket=ticket, kind="guarantee")
    typed(ida, FASTER)
    published(ida)
    assert Clock.objects.values_list("pk", "due_at").get(pk=before[0]) == before
    assert ask(here.dana).decisions.get(plan_version__number=2)


def test_open_tickets_are_moved_after_they_were_listed(here: Cast, ida: Client) -> None:
    ticket = ask(here.dana)
    before = Clock.objects.values_list("pk", "due_at").get(ticket=ticket, kind="guarantee")
    typed(ida, FASTER)
    asked = published(ida, scope="open")
    assert asked.status_code == 422
    assert f"#{ticket.pk} Exports fail" in asked.content.decode()
    assert "Save, and move the open tickets" in asked.content.decode()
    assert PlanVersion.objects.count() == 1
    assert published(ida, scope="open", move="1").status_code == 302
    clock = Clock.objects.get(pk=before[0])
    assert clock.due_at == before[1] - timedelta(minutes=15)
    assert clock.plan_version.number == 2
    (mark,) = clock.entries.filter(verb="move")
    assert mark.agent == here.ida


def test_it_needs_a_scope(here: Cast, ida: Client) -> None:
    typed(ida, FASTER)
    answer = published(ida, scope="")
    assert answer.status_code == 422
    assert "Select for which tickets it counts" in answer.content.decode()
    assert PlanVersion.objects.count() == 1


def test_contracts_follow_it_from_the_day_that_is_chosen(here: Cast, ida: Client) -> None:
    day = timezone.localdate() + timedelta(days=3)
    typed(ida, FASTER)
    assert published(ida, day=day.isoformat(), time="08:00").status_code == 302
    berlin = ZoneInfo("Europe/Berlin")
    chosen = datetime.combine(day, time(8), berlin)
    followed = Adoption.objects.filter(plan_version__number=2).values_list("from_at", flat=True)
    assert set(followed) == {chosen}
    assert PlanVersion.objects.get(number=2).effective_from == chosen
    assert ask(here.dana).decisions.get(plan_version__number=1)


def test_a_time_that_is_over_is_refused(here: Cast, ida: Client) -> None:
    typed(ida, FASTER)
    answer = published(ida, day="2020-01-01")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>Error: " in page
    assert 'href="#id_day"' in page
    assert "Tickets that came in keep what they were promised." in page
    assert published(ida, time="08:00").status_code == 422
    assert PlanVersion.objects.count() == 1


def test_a_failing_example_refuses_it_with_both_derivations(here: Cast, ida: Client) -> None:
    typed(ida, PREMIUM.replace('within = "1h"', 'within = "45m"'))
    answer = published(ida)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Until what the plan makes it:" in page
    assert "Until what the example says:" in page
    assert 'href="/office/plans/premium/edit/#plan-text"' in page
    assert PlanVersion.objects.count() == 1


def test_a_warning_asks_once_more(here: Cast, ida: Client) -> None:
    text = PREMIUM.replace('within = "30m"', 'within = "2h"').replace(
        'due = "2026-10-25 02:10 UTC+1"', 'due = "2026-10-25 03:40 UTC+1"'
    )
    typed(ida, text)
    answer = published(ida, note="slow")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "is slower than" in page
    assert "Keep anyway" in page
    assert published(ida, note="slow", keep="1").status_code == 302


def test_the_second_who_publishes_is_told_and_loses_nothing(here: Cast, ida: Client) -> None:
    typed(ida, FASTER)
    published_again(here)
    answer = published(ida, note="mine")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Your changes are kept as v3 draft." in page
    assert 'value="mine"' in page
    assert PlanDraft.objects.get().text == FASTER
    assert published(ida, note="mine").status_code == 302
    assert PlanVersion.objects.get(number=3).note == "mine"


def test_a_new_plan_is_published_as_its_first_version(here: Cast, ida: Client) -> None:
    sent = {"start": "file:zitadel", "name": "Care", "key": "care"}
    ida.post("/office/plans/new/", sent)
    assert "This is its first version." in text_of(ida, "/office/plans/care/publish/")
    answer = ida.post("/office/plans/care/publish/", AT_ONCE | {"keep": "1"})
    assert answer.status_code == 302
    assert PlanVersion.objects.get(plan__key="care").number == 1


def test_there_is_nothing_to_publish_without_a_draft(here: Cast, ida: Client) -> None:
    text_of(ida, PUBLISH, 404)
    assert published(ida).status_code == 404
