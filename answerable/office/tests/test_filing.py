"""Labels, fields and statuses are made, changed and put away in pages."""

from __future__ import annotations

from django.test import Client
from django.utils import timezone

from answerable.cast import Cast
from answerable.office.tests.conftest import SignIn
from answerable.tickets.actions.filing import add_tag, tag_ticket
from answerable.tickets.models import Field, Status, Tag
from answerable.tickets.tests.openings import opened


def entered(client: Client, path: str, **data: object) -> str:
    answer = client.post(f"/office/{path}", data, follow=True)
    return " ".join(answer.content.decode().split())


def test_a_label_is_made_renamed_and_merged(here: Cast, ida: Client) -> None:
    assert "Enter a name" in entered(ida, "labels/", name=" ")
    entered(ida, "labels/", name="Exprot")
    export = add_tag("Export", by=None, at=timezone.now())
    wrong = Tag.objects.get(name="Exprot")
    ticket = opened(here.dana, timezone.now())
    tag_ticket(ticket, [wrong], agent=here.ana, at=timezone.now())
    said = entered(ida, f"labels/{wrong.pk}/", name="export")
    assert "There is a label with this name." in said
    entered(ida, f"labels/{export.pk}/", name="CSV export")
    assert "Select a label" in entered(ida, f"labels/{wrong.pk}/merge/", into="")
    said = entered(ida, f"labels/{wrong.pk}/merge/", into=export.pk)
    assert "Exprot is CSV export from now on." in said
    assert ticket.tags.get() == export
    assert ida.get(f"/office/labels/{wrong.pk}/").status_code == 404


def test_a_field_is_made_changed_put_up_and_retired(here: Cast, ida: Client) -> None:
    facts = {"name_en": "Browser", "name_de": "Browser", "kind": "choice", "required": "never"}
    assert "Enter a choice" in entered(ida, "fields/new/", **facts)
    entered(ida, "fields/new/", **facts, choices="Chrome\nThe others | Die anderen\n")
    browser = Field.objects.get()
    keys = [(row["key"], row["names"]) for row in browser.choices]
    assert keys == [
        ("chrome", {"en": "Chrome"}),
        ("the-others", {"en": "The others", "de": "Die anderen"}),
    ]
    number = f"fields/{browser.pk}/"
    assert "The others | Die anderen" in ida.get(f"/office/{number}").content.decode()
    changed = facts | {"required": "on_resolve", "channels": ["email"], "choices": "Safari"}
    entered(ida, number, **changed)
    browser.refresh_from_db()
    assert [(row["key"], row.get("retired", False)) for row in browser.choices] == [
        ("safari", False),
        ("chrome", True),
        ("the-others", True),
    ]
    assert (browser.required, browser.channels) == ("on_resolve", ["email"])
    entered(ida, "fields/new/", **(facts | {"name_en": "Build", "kind": "text"}))
    build = Field.objects.get(kind="text")
    entered(ida, f"fields/{build.pk}/do/up/")
    assert list(Field.objects.in_use()) == [build, browser]
    entered(ida, f"{number}do/retire/")
    assert list(Field.objects.in_use()) == [build]
    assert "retired" in entered(ida, f"fields/{build.pk}/", **facts)
    entered(ida, f"{number}do/restore/")
    assert Field.objects.in_use().count() == 2


def test_a_state_has_several_words_one_of_them_the_usual(here: Cast, ida: Client) -> None:
    facts = {"name_en": "In test", "name_de": "Im Test", "category": "open"}
    assert "Enter a name" in entered(ida, "statuses/new/", category="open")
    entered(ida, "statuses/new/", **facts)
    entered(ida, "statuses/new/", **(facts | {"name_en": "Active", "is_usual": "on"}))
    shown = ida.get("/office/statuses/").content.decode()
    assert "Active</a> (usual)" in shown
    testing = Status.objects.get(names__en="In test")
    entered(ida, f"statuses/{testing.pk}/", name_en="Being tried", is_usual="on")
    testing.refresh_from_db()
    assert (testing.names, testing.is_usual) == ({"en": "Being tried"}, True)
    entered(ida, f"statuses/{testing.pk}/retire/")
    assert "Being tried" not in ida.get("/office/statuses/").content.decode()


def test_only_administrators_come_in(here: Cast, sign_in: SignIn) -> None:
    ana = sign_in(here.ana)
    for page in ("labels/", "fields/", "fields/new/", "statuses/", "statuses/new/"):
        assert ana.get(f"/office/{page}").status_code == 403
