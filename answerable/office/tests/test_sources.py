"""Days off from elsewhere: files are uploaded, feeds fetched, and what they change is asked."""

from __future__ import annotations

import re
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.entitlements import actions
from answerable.entitlements.models import Feed, FeedChange, PlanDraft, PlanVersion
from answerable.entitlements.tests.ics import ics
from answerable.lib.tests.web import Web
from answerable.office.tests.conftest import SignIn
from answerable.office.tests.test_editor import EDIT, typed
from answerable.office.tests.test_pages import PREMIUM, text_of
from answerable.office.tests.test_publishing import PUBLISH, published
from answerable.sla.models import Clock

PLAN = "/office/plans/premium/"
NEXT_YEAR = timezone.now().year + 1
CHRISTMAS, EPIPHANY = f"{NEXT_YEAR}-12-25", f"{NEXT_YEAR + 1}-01-06"
DAY = timedelta(days=1)


def with_days(source: str) -> str:
    text = PREMIUM.replace("fri = [", 'holidays = ["canton"]\nfri = [')
    return f"{text}\n[holidays.canton]\n{source}\n"


def sent(client: Client, do: str, text: str) -> str:
    """Send the draft by one of its buttons, and return the page."""
    answer = client.post(EDIT, {"text": text, "do": do}, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def fed(client: Client, web: Web, *days: str) -> PlanVersion:
    """Publish a version with the days of a feed through the office."""
    url = web.put("/days.ics", ics(*days))
    sent(client, "publish", with_days(f'feed = "{url}"'))
    assert published(client).status_code == 302
    return PlanVersion.objects.get(plan__key="premium", number=2)


def days_off(version: PlanVersion) -> list[str]:
    return [str(day) for day in version.terms.calendars["office"].special_days()]


def test_a_feed_is_fetched_on_the_way_to_publishing(here: Cast, ida: Client, web: Web) -> None:
    assert days_off(fed(ida, web, CHRISTMAS)) == [CHRISTMAS]
    assert f"{web.origin}/days.ics" in text_of(ida, PLAN)


def test_a_feed_is_not_fetched_while_one_types(here: Cast, ida: Client, web: Web) -> None:
    url = web.put("/days.ics", ics(CHRISTMAS))
    preview = typed(ida, with_days(f'feed = "{url}"'))
    assert "has not been fetched yet. Fetch it under" in preview
    assert "not fetched yet" in preview
    assert 'value="fetch"' in preview
    assert web.asked == []
    page = sent(ida, "fetch", with_days(f'feed = "{url}"'))
    assert "has not been fetched yet" not in page
    assert len(web.asked) == 1
    assert "has not been fetched yet" not in typed(ida, with_days(f'feed = "{url}"'))


def test_a_feed_that_cannot_be_fetched_refuses_the_plan_and_loses_nothing(
    here: Cast, ida: Client, web: Web
) -> None:
    text = with_days(f'feed = "{web.origin}/gone.ics" # mine')
    page = sent(ida, "publish", text)
    assert "cannot be fetched. localhost answered with status 404. Write what it" in page
    assert published(ida).status_code == 422
    assert PlanDraft.objects.get().text == text
    assert "# mine" in text_of(ida, EDIT)
    assert PlanVersion.objects.count() == 1


def test_an_address_inside_is_refused_in_words(here: Cast, ida: Client) -> None:
    page = sent(ida, "fetch", with_days('feed = "https://169.254.169.254/latest/"'))
    assert "which is not on the public internet" in page


def test_a_feed_that_fails_now_leaves_the_days_it_had(
    here: Cast, ida: Client, web: Web
) -> None:
    version = fed(ida, web, CHRISTMAS)
    web.put("/days.ics", b"", status=500)
    page = sent(ida, "publish", with_days(f'feed = "{web.origin}/days.ics"') + "# more")
    assert "localhost answered with status 500. Its days off are those of then." in page
    assert published(ida).status_code == 302
    assert days_off(version) == [CHRISTMAS]


def test_a_file_is_uploaded_for_a_place_that_the_draft_names(here: Cast, ida: Client) -> None:
    text = with_days('ics = "days & more.ics"')
    assert "There is no file days &amp; more.ics here. Upload it" in typed(ida, text)
    page = sent(ida, "file days & more.ics", text)
    assert "Your draft names days &amp; more.ics." in page
    file = f"{EDIT}file/?place=days+%26+more.ics"
    for data, words in (
        (b"", "The selected file is empty"),
        (b"hello", "This is not an iCalendar"),
        (ics(), "It has no days from"),
        (b"x" * 2_000_001, "The selected file must be smaller than 2 MB"),
    ):
        answer = ida.post(file, {"file": SimpleUploadedFile("a.ics", data)})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    answer = ida.post(file, {"file": SimpleUploadedFile("a.ics", ics(CHRISTMAS))})
    assert answer.headers["Location"] == EDIT
    assert "uploaded" in text_of(ida, EDIT)
    assert "There is a problem" not in text_of(ida, EDIT)
    assert published(ida).status_code == 302
    version = PlanVersion.objects.get(number=2)
    assert days_off(version) == [CHRISTMAS]
    assert version.files.get().place == "days & more.ics"


def test_the_next_draft_has_the_file_of_the_version(here: Cast, ida: Client) -> None:
    text = with_days('ics = "days.ics"')
    typed(ida, text)
    actions.keep_draft_file(PlanDraft.objects.get(), "days.ics", ics(CHRISTMAS), at=now())
    published(ida)
    page = sent(ida, "preview", text + "# more")
    assert "There is a problem" not in page
    assert "kept with v2" in page


def test_a_file_is_taken_for_what_is_named_alone(here: Cast, ida: Client) -> None:
    text_of(ida, f"{EDIT}file/?place=days.ics", 404)
    typed(ida, with_days('ics = "days.ics"'))
    text_of(ida, f"{EDIT}file/?place=other.ics", 404)
    text_of(ida, f"{EDIT}file/?place=days.ics")


def test_a_time_that_is_none_is_said_before_a_file_is_asked_for(
    here: Cast, ida: Client
) -> None:
    text = with_days('ics = "days.ics"')
    cell = {"cell-standard": "soon", "was-standard": "1h"}
    answer = ida.post(EDIT, {"text": text, "do": "file days.ics", **cell})
    assert answer.status_code == 422
    assert 'value="soon"' in answer.content.decode()


def test_a_changed_feed_is_told_and_changes_nothing(here: Cast, ida: Client, web: Web) -> None:
    version = fed(ida, web, CHRISTMAS)
    assert "days off changed" not in text_of(ida, "/office/plans/")
    web.put("/days.ics", ics(EPIPHANY))
    actions.refresh_feeds(at=now() + DAY)
    assert "days off changed" in text_of(ida, "/office/plans/")
    page = text_of(ida, PLAN)
    assert "The feeds of v2 have other days off by now. Due times stay as they were" in page
    assert page.count("becomes a day off") == page.count("is no day off any more") == 1
    assert days_off(PlanVersion.objects.get(pk=version.pk)) == [CHRISTMAS]


def test_a_changed_feed_is_published_after_its_effects_were_listed(
    here: Cast, ida: Client, web: Web
) -> None:
    fed(ida, web, CHRISTMAS)
    web.put("/days.ics", ics(CHRISTMAS, EPIPHANY))
    actions.refresh_feeds(at=now() + DAY)
    answer = ida.post(f"{PLAN}feeds/follow/")
    assert answer.headers["Location"] == PUBLISH
    page = text_of(ida, PUBLISH)
    assert f"office holidays canton days {EPIPHANY}" in page
    assert 'value="Feeds: + ' in page
    assert published(ida, note="Feeds").status_code == 302
    newer = PlanVersion.objects.get(number=3)
    assert days_off(newer) == [CHRISTMAS, EPIPHANY]
    assert "days off changed" not in text_of(ida, "/office/plans/")
    assert "by now" not in text_of(ida, PLAN)


def test_what_is_read_is_what_is_published(here: Cast, ida: Client, web: Web) -> None:
    fed(ida, web, CHRISTMAS)
    sent(ida, "publish", with_days(f'feed = "{web.origin}/days.ics"') + "# more")
    seen = re.search(r'name="seen" value="(\w+)"', text_of(ida, PUBLISH))
    assert seen
    web.put("/days.ics", ics(CHRISTMAS, EPIPHANY))
    actions.refresh_feeds(at=now() + DAY)
    answer = published(ida, seen=seen[1])
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "A feed has other days off since you opened this page." in page
    assert f"office holidays canton days {EPIPHANY}" in page
    assert PlanVersion.objects.count() == 2
    looked = re.search(r'name="seen" value="(\w+)"', page)
    assert looked
    assert published(ida, seen=looked[1]).status_code == 302


def test_open_tickets_move_with_a_row_in_the_ledger_of_each(
    here: Cast, ida: Client, web: Web
) -> None:
    fed(ida, web, CHRISTMAS)
    ticket = ask(here.sam)
    clock = Clock.objects.get(ticket=ticket, kind="aim", metric="first_response")
    local = timezone.localtime(clock.due_at)
    web.put("/days.ics", ics(CHRISTMAS, local.date().isoformat()))
    actions.refresh_feeds(at=now() + DAY)
    ida.post(f"{PLAN}feeds/follow/")
    assert f"#{ticket.pk} Exports fail" in text_of(ida, PUBLISH)
    assert published(ida, scope="open", move="1").status_code == 302
    moved = Clock.objects.get(pk=clock.pk)
    assert moved.due_at > clock.due_at
    assert moved.entries.get(verb="move").agent == here.ida


def test_whoever_has_a_draft_goes_on_with_it(here: Cast, ida: Client, web: Web) -> None:
    fed(ida, web, CHRISTMAS)
    typed(ida, PREMIUM + "# mine\n")
    assert ida.post(f"{PLAN}feeds/follow/").headers["Location"] == EDIT
    assert PlanDraft.objects.get().text == PREMIUM + "# mine\n"


def test_a_change_is_dismissed_by_name(here: Cast, ida: Client, web: Web) -> None:
    fed(ida, web, CHRISTMAS)
    web.put("/days.ics", ics(CHRISTMAS, EPIPHANY))
    actions.refresh_feeds(at=now() + DAY)
    page = ida.post(f"{PLAN}feeds/keep/", follow=True).content.decode()
    assert "Premium v2 stays as it is." in page
    assert "Ida Holm keeps it as it is." in page
    assert "days off changed" not in text_of(ida, "/office/plans/")
    assert FeedChange.objects.get().dismissed_by == here.ida
    assert 'value="Feeds' not in text_of(ida, PUBLISH, 404)


def test_a_feed_that_fails_for_days_is_told(here: Cast, ida: Client, web: Web) -> None:
    fed(ida, web, CHRISTMAS)
    web.put("/days.ics", b"", status=503)
    actions.refresh_feeds(at=now() + DAY)
    assert "cannot be fetched" not in text_of(ida, PLAN)
    Feed.objects.update(failing_since=now() - 3 * DAY)
    page = text_of(ida, PLAN)
    assert "A feed of days off cannot be fetched. localhost answered with status 503." in page
    assert "failing since" in page
    assert "last fetched" in page
    assert "feed fails" in text_of(ida, "/office/plans/")


def test_nobody_else_decides(here: Cast, sign_in: SignIn) -> None:
    ana = sign_in(here.ana)
    for path in ("feeds/follow/", "feeds/keep/", "edit/file/?place=a"):
        assert ana.post(f"{PLAN}{path}").status_code == 403
