"""Plans can be read as pages: list, version, history, comparison; and ended."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from answerable.accounts.actions import make_agent
from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.entitlements.actions import Release
from answerable.entitlements.core.calendars import covers_until
from answerable.entitlements.files import SHIPPED, read_plan_text
from answerable.entitlements.models import Plan
from answerable.office.tests.conftest import SignIn
from answerable.sla.actions import publish_text

PREMIUM = read_plan_text(SHIPPED / "premium.toml")


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def published_again(
    cast: Cast, old: str = 'within = "1h"', new: str = 'within = "30m"'
) -> None:
    text = PREMIUM.replace(old, new).replace(
        'due = "2026-03-06 17:45 Europe/Berlin"', 'due = "2026-03-06 17:15 Europe/Berlin"'
    )
    release = Release(agent=cast.ida, note="works council", all_contracts=True)
    publish_text(text, at=timezone.now(), release=release)


def test_the_list_names_each_plan_with_its_version_and_accounts(
    here: Cast, ida: Client
) -> None:
    page = text_of(ida, "/office/plans/")
    assert '<a href="/office/plans/premium/">Premium</a>' in page
    assert "<td>v1</td>" in page
    assert '<td class="number">2</td>' in page


def test_the_list_says_so_when_there_is_no_plan(db: None, sign_in: SignIn) -> None:
    only = make_agent(
        email="ida@answerable.example",
        name="Ida Holm",
        role=Agent.Role.ADMINISTRATOR,
        title="Administrator",
        at=timezone.now(),
    )
    page = text_of(sign_in(only), "/office/plans/")
    assert "There is no plan yet." in page
    assert 'href="/office/plans/new/"' in page


def test_each_shipped_plan_is_a_page(here: Cast, ida: Client) -> None:
    for file in SHIPPED.glob("*.toml"):
        version = publish_text(read_plan_text(file), at=timezone.now())
        page = text_of(ida, f"/office/plans/{version.plan.key}/")
        assert "not as it says" not in page
        for target in version.terms.targets:
            assert f'<code class="muted">{target.key}</code>' in page


def test_a_version_shows_its_matrix_its_week_and_its_examples(here: Cast, ida: Client) -> None:
    page = text_of(ida, "/office/plans/premium/")
    assert "9 hours of support hours" in page
    assert 'role="img" aria-label="Week of Support hours: its hours stand in the table"' in page
    assert page.count('class="week-open"') == 5 + 7
    assert "08:00\N{EN DASH}17:00" in page
    assert "Somebody unknown writes a mail" in page
    assert "Most or all users cannot sign in or reach tools" in page


def test_holidays_that_run_out_are_said(here: Cast, ida: Client) -> None:
    text = PREMIUM.replace("fri = [", 'holidays = ["de"]\nfri = [')
    text += '\n[holidays.de]\ncountry = "DE"\n'
    publish_text(text, at=timezone.now() - timedelta(days=3660))
    page = text_of(ida, "/office/plans/premium/")
    assert "are missing. Due times after 31 December count them as working days." in page
    assert "days off to come" in page


def test_a_year_that_is_known_by_now_is_added(here: Cast, ida: Client) -> None:
    text = PREMIUM.replace("fri = [", 'holidays = ["de"]\nfri = [')
    text += '\n[holidays.de]\ncountry = "DE"\n'
    version = publish_text(text, at=timezone.now() - timedelta(days=3660))
    until = covers_until(version.terms.calendars["office"])
    assert until
    page = text_of(ida, "/office/plans/premium/")
    assert f">Add {until.year + 1}</button>" in page
    answer = ida.post("/office/plans/premium/feeds/follow/")
    assert answer.headers["Location"] == "/office/plans/premium/publish/"
    assert f"holidays de days {until.year + 1}-12-25" in text_of(
        ida, answer.headers["Location"]
    )
    sent = {"scope": "received", "day": "", "time": "", "note": ""}
    assert ida.post(answer.headers["Location"], sent).status_code == 302
    assert "are missing" not in text_of(ida, "/office/plans/premium/")


def test_a_year_that_nobody_knows_is_not_offered(here: Cast, ida: Client) -> None:
    feed = (
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:{timezone.now():%Y}1231\nEND:VEVENT"
    )
    text = PREMIUM.replace("fri = [", 'holidays = ["once"]\nfri = [')
    text += f"\n[holidays.once]\nical = '''{feed}\nEND:VCALENDAR'''\n"
    publish_text(text, at=timezone.now())
    page = text_of(ida, "/office/plans/premium/")
    assert "are missing" in page
    assert ">Add " not in page


def test_the_history_says_who_changed_what_and_why(here: Cast, ida: Client) -> None:
    published_again(here)
    page = text_of(ida, "/office/plans/premium/")
    assert "Ida Holm changed Premium v1 → v2: standard within 1 h → 30 min;" in page
    quote = "\N{LEFT SINGLE QUOTATION MARK}works council\N{RIGHT SINGLE QUOTATION MARK}"
    assert f"Note: {quote}." in page
    assert "The command line published Premium v1." in page


def test_two_versions_are_compared_in_words(here: Cast, ida: Client) -> None:
    published_again(here)
    page = text_of(ida, "/office/plans/premium/compare/?from=1&to=2")
    assert '<th scope="row">standard within</th><td>1 h</td><td>30 min</td>' in page
    assert "They say the same." in text_of(ida, "/office/plans/premium/compare/?from=2&to=2")
    for odd in ("from=9", "from=x", "to=draft", f"from={10**30}"):
        text_of(ida, f"/office/plans/premium/compare/?{odd}", 404)


def test_an_older_version_stays_readable_and_its_text_can_be_had(
    here: Cast, ida: Client
) -> None:
    published_again(here)
    assert "an older version: show the newest" in text_of(ida, "/office/plans/premium/v/1/")
    answer = ida.get("/office/plans/premium/v/1/text/")
    assert answer.content.decode() == PREMIUM
    assert answer.headers["Content-Disposition"] == 'attachment; filename="premium-1.toml"'
    text_of(ida, "/office/plans/premium/v/7/", 404)
    text_of(ida, "/office/plans/none/", 404)


def test_a_plan_in_use_is_not_deleted(here: Cast, ida: Client) -> None:
    answer = ida.post("/office/plans/premium/delete/")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Premium is used by 2 accounts. Move them first." in page
    assert '<a href="/office/plans/premium/#accounts">Show accounts</a>' in page
    assert Plan.objects.filter(key="premium").exists()


def test_a_plan_is_retired_and_one_never_sold_is_deleted(here: Cast, ida: Client) -> None:
    page = ida.post("/office/plans/premium/retire/", follow=True).content.decode()
    assert "Premium is retired. Whoever has it keeps it." in page
    text = read_plan_text(SHIPPED / "zitadel.toml")
    key = publish_text(text, at=timezone.now() - timedelta(minutes=1)).plan.key
    ida.post(f"/office/plans/{key}/delete/")
    assert not Plan.objects.filter(key=key).exists()


def test_it_speaks_german(here: Cast, ida: Client) -> None:
    here.ida.language = "de"
    here.ida.save()
    page = text_of(ida, "/office/plans/premium/")
    assert "Was zugesagt ist" in page
    assert "Kalender" in page
