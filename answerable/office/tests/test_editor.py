"""A draft is kept as it is typed; cells and text are the same; a preview says what for."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.desk.tests.opening import PART, ask
from answerable.entitlements.models import PlanDraft
from answerable.office.cells import CELL, WAS, cells_of, written
from answerable.office.tests.conftest import SignIn
from answerable.office.tests.test_pages import PREMIUM, published_again, text_of

EDIT = "/office/plans/premium/edit/"
MONDAY = {"ask-day": "2025-10-24", "ask-time": "16:45", "ask-zone": "Europe/Berlin"}


def typed(client: Client, text: str, **more: str) -> str:
    """Send what a page sends while its reader types; return the preview."""
    answer = client.post(f"{EDIT}preview/", {"text": text, **MONDAY, **more}, headers=PART)
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == "office:read"
    return answer.content.decode()


def read(preview: str) -> dict[str, Any]:
    found = re.search(r'<script id="plan-read" type="application/json">(.*?)</script>', preview)
    assert found
    values: dict[str, Any] = json.loads(found[1])
    return values


def test_a_draft_is_kept_by_its_writer(here: Cast, ida: Client) -> None:
    assert not PlanDraft.objects.exists()
    typed(ida, PREMIUM + "# more\n")
    draft = PlanDraft.objects.get()
    assert (draft.writer, draft.text, draft.based_on) == (
        here.ida,
        PREMIUM + "# more\n",
        here.premium,
    )
    assert "# more" in text_of(ida, EDIT)


def test_opening_the_editor_keeps_nothing(here: Cast, ida: Client) -> None:
    assert 'name="text"' in text_of(ida, EDIT)
    assert not PlanDraft.objects.exists()


def test_a_form_sends_lines_that_end_as_they_began(here: Cast, ida: Client) -> None:
    typed(ida, PREMIUM.replace("\n", "\r\n"))
    assert PlanDraft.objects.get().text == PREMIUM


def test_a_cell_changes_its_value_and_nothing_else(here: Cast, ida: Client) -> None:
    preview = typed(ida, PREMIUM, **{"cell-standard": "30 min", "was-standard": "1h"})
    text = read(preview)["text"]
    assert text == PREMIUM.replace('within = "1h"', 'within = "30 min"')
    assert PlanDraft.objects.get().text == text
    assert read(preview)["cells"]["standard"] == "30 min"


def test_the_text_changes_its_cell(here: Cast, ida: Client) -> None:
    text = PREMIUM.replace('within = "1h"', 'within = "2h"')
    preview = typed(ida, text, **{"cell-standard": "1h", "was-standard": "1h"})
    assert read(preview)["text"] is None
    assert read(preview)["cells"]["standard"] == "2h"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("", "Enter a time for standard form, like 1 h"),
        ("soon", "Enter a time like 30 min, 4 h or 1 working day"),
        ("30", "Enter a time like 30 min, 4 h or 1 working day"),
    ],
)
def test_what_is_no_time_is_said_and_changes_nothing(
    here: Cast, ida: Client, words: str, problem: str
) -> None:
    cell = {"cell-standard": words, "was-standard": "1h"}
    preview = typed(ida, PREMIUM, **cell)
    assert read(preview)["problems"] == {"standard": problem}
    assert f'<a href="#cell-standard">{problem}</a>' in preview
    assert PlanDraft.objects.get().text == PREMIUM
    answer = ida.post(EDIT, {"text": PREMIUM, **cell})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>Error: " in page
    assert f'value="{words}" data-cell="standard"' in page


def test_the_preview_has_both_due_times_and_why(here: Cast, ida: Client) -> None:
    text = PREMIUM.replace('within = "1h"', 'within = "30m"')
    preview = typed(ida, text)
    assert '>v1: due</span> <strong class="figures">Fri 24 Oct 2025 17:45<' in preview
    assert '>Draft: due</span> <strong class="figures">Fri 24 Oct 2025 17:15<' in preview
    assert "Counted in all: 30 min" in preview
    assert "▼" in preview
    assert "▲" not in preview


def test_the_cases_say_what_is_later_and_what_stays(here: Cast, ida: Client) -> None:
    preview = typed(ida, PREMIUM.replace('within = "9h"', 'within = "10h"'))
    assert "At closing time, " in preview
    assert "▲" in preview
    assert "▼" not in preview
    assert '<span class="muted">same</span>' in preview


def test_a_time_that_is_none_is_said(here: Cast, ida: Client) -> None:
    assert "Enter a day and a time like" in typed(ida, PREMIUM, **{"ask-day": "tomorrow"})


def test_who_a_version_does_not_know_is_promised_nothing_by_it(here: Cast, ida: Client) -> None:
    text = PREMIUM.replace("requesters.user]", "requesters.seat]")
    text = text.replace('requester = "user"', 'requester = "seat"')
    preview = typed(ida, text, **{"ask-requester": "seat"})
    assert "This version has no such people." in preview
    assert "<strong>new</strong>" in preview


def test_findings_stand_at_their_lines(here: Cast, ida: Client) -> None:
    text = PREMIUM.replace('fri = ["08:00-17:00"]', 'fri = ["08:00-13:00", "12:00-17:00"]')
    line = text[: text.index("fri = ")].count("\n") + 1
    preview = typed(ida, text)
    assert f'href="#plan-text" data-line="{line}"' in preview
    assert "Fri 08:00\N{EN DASH}13:00 and 12:00\N{EN DASH}17:00 overlap" in preview
    assert read(preview)["marks"] == {str(line): "error"}
    assert "The preview comes back when the text can be read as a plan." in preview


def test_a_text_that_is_no_toml_is_kept_and_said(here: Cast, ida: Client) -> None:
    assert "This is no TOML" in typed(ida, "key = ")
    assert PlanDraft.objects.get().text == "key = "
    assert "There is a problem" in text_of(ida, EDIT)


def test_an_example_that_fails_is_marked_with_both_derivations(here: Cast, ida: Client) -> None:
    preview = typed(ida, PREMIUM.replace('within = "1h"', 'within = "30m"'))
    assert "✗" in preview
    assert "Until what the plan makes it:" in preview
    assert "Until what the example says:" in preview


def test_a_plan_keeps_its_key(here: Cast, ida: Client) -> None:
    preview = typed(ida, PREMIUM.replace('key = "premium"', 'key = "other"', 1))
    assert "A plan keeps its key: write" in preview


def test_it_works_without_script(here: Cast, ida: Client) -> None:
    sent = {"text": PREMIUM, "cell-standard": "2 h", "was-standard": "1h", "do": "preview"}
    page = ida.post(EDIT, sent).content.decode()
    assert "Update preview" in page
    assert "within = &quot;2 h&quot;" in page
    assert ida.post(EDIT, {**sent, "do": "publish"}).headers["Location"].endswith("/publish/")


def test_it_says_what_would_change_for_tickets(here: Cast, ida: Client) -> None:
    ticket = ask(here.dana)
    ask(here.sam)
    typed(ida, PREMIUM.replace('within = "1h"', 'within = "2h"'))
    page = text_of(ida, f"{EDIT}tickets/")
    assert "Open tickets: 2 use this plan. 1 would change. 0 would become late." in page
    assert f"#{ticket.pk} Exports fail" in page
    assert "Last month replayed: 2 tickets → 1 get a later time, 0 earlier" in page


def test_whoever_has_the_older_base_is_told_and_loses_nothing(here: Cast, ida: Client) -> None:
    typed(ida, PREMIUM + "# mine\n", based_on="1")
    published_again(here)
    page = text_of(ida, EDIT)
    assert "Ida Holm saved v2 at " in page
    assert "Your changes are kept as v3 draft." in page
    assert 'href="/office/plans/premium/compare/?to=draft">Compare</a>' in page
    assert "# mine" in page
    assert "30 min" in text_of(ida, "/office/plans/premium/compare/?to=draft")


def test_a_page_opened_before_a_version_begins_its_draft_there(here: Cast, ida: Client) -> None:
    published_again(here)
    typed(ida, PREMIUM, based_on="1")
    assert PlanDraft.objects.get().based_on == here.premium


def test_writers_do_not_see_each_others_drafts(
    here: Cast, ida: Client, sign_in: SignIn
) -> None:
    typed(ida, PREMIUM + "# mine\n")
    here.ana.role = "administrator"
    here.ana.save()
    assert "# mine" not in text_of(sign_in(here.ana), EDIT)
    assert "Ida Holm" in text_of(sign_in(here.ana), "/office/plans/")


def test_a_file_takes_the_place_of_the_text(here: Cast, ida: Client) -> None:
    upload = f"{EDIT}upload/"
    file = SimpleUploadedFile("plan.toml", (PREMIUM + "# file\n").encode())
    assert ida.post(upload, {"file": file}).status_code == 302
    assert PlanDraft.objects.get().text.endswith("# file\n")
    assert ida.get(f"{EDIT}text/").content.decode().endswith("# file\n")
    for content, words in (
        (b"", "The selected file is empty"),
        (b"\xff\xfe", "The selected file must be a TOML file"),
        (b"#" * (1024 * 1024 + 1), "The selected file must be smaller than 1 MB"),
    ):
        answer = ida.post(upload, {"file": SimpleUploadedFile("plan.toml", content)})
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_a_draft_is_discarded(here: Cast, ida: Client) -> None:
    typed(ida, PREMIUM)
    page = ida.post(f"{EDIT}discard/", follow=True).content.decode()
    assert "Your draft is discarded." in page
    assert not PlanDraft.objects.exists()
    assert ida.post(f"{EDIT}discard/").status_code == 404


def test_a_new_plan_begins_as_a_draft_of_another(here: Cast, ida: Client) -> None:
    sent = {"start": "file:zitadel", "name": "Care", "key": "care"}
    assert ida.post("/office/plans/new/", sent).headers["Location"].endswith("/care/edit/")
    page = text_of(ida, "/office/plans/care/edit/")
    assert "key = &quot;care&quot;" in page
    assert "not published" in page
    assert "care" in text_of(ida, "/office/plans/")
    assert "There is a problem" not in page


@pytest.mark.parametrize("key", ["premium", "new", "Big Plan", ""])
def test_a_key_that_cannot_be_is_refused(here: Cast, ida: Client, key: str) -> None:
    sent = {"start": "plan:premium", "name": "Care", "key": key}
    answer = ida.post("/office/plans/new/", sent)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()


def test_cells_are_those_of_the_text() -> None:
    assert [(cell.key, cell.words) for cell in cells_of(PREMIUM)] == [
        ("critical", "30m"),
        ("standard", "1h"),
        ("aim", "9h"),
        ("callback", "5m"),
    ]
    assert cells_of("key = ") == cells_of("targets = 3") == cells_of("targets = [3]") == []


def test_a_cell_that_the_text_has_no_more_is_left_out() -> None:
    assert written(PREMIUM, {f"{CELL}gone": "1 h", f"{WAS}gone": ""}).text == PREMIUM


def test_the_text_around_a_cell_stays_to_the_letter() -> None:
    text = PREMIUM.replace('within = "1h"', "within  =  '1h'   # an hour")
    changed = written(text, {f"{CELL}standard": "2 h", f"{WAS}standard": "1h"}).text
    assert changed == PREMIUM.replace('within = "1h"', 'within  =  "2 h"   # an hour')


def test_the_time_is_said_at_which_it_was_saved(here: Cast, ida: Client) -> None:
    saved = read(typed(ida, PREMIUM))["saved"]
    assert saved.startswith("Draft saved ")
    assert PlanDraft.objects.get().saved_at <= timezone.now()
