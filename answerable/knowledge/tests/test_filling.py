"""Places in an article are filled for whoever reads it."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.signing import TimestampSigner
from django.test import Client

from answerable.cast import Cast
from answerable.entitlements.models import PlanText
from answerable.files.actions import Content
from answerable.files.models import StoredFile
from answerable.knowledge.access import Person
from answerable.knowledge.actions import (
    About,
    Written,
    add_article,
    add_file,
    drop_file,
    publish_article,
)
from answerable.knowledge.filling import Reading, filled
from answerable.knowledge.models import Article, ArticleFile
from answerable.knowledge.rendering import rendered_text
from answerable.sla.actions import publish_text

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x00\x00\x00\x01\x00\x08\x02\x00\x00\x00"
    b"\x00\x00\x00\x00"
)
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2"


def read(body: str, person: Person, at: datetime) -> str:
    html = filled(rendered_text(body), Reading(person, at))
    return " ".join(html.split())


@pytest.fixture
def picture(article: Article, cast: Cast, at: datetime) -> ArticleFile:
    return add_file(article, Content.of(PNG), "form.png", by=cast.ana, at=at)


def test_a_picture_has_its_words_and_its_size(picture: ArticleFile, at: datetime) -> None:
    html = read(f'![A "form"](file:{picture.pk})', None, at)
    assert html == (
        f'<p><img src="/help/files/{picture.pk}/" alt="A &quot;form&quot;" width="512" '
        'height="256" loading="lazy"></p>'
    )


def test_a_video_is_played_and_anything_else_is_linked(
    article: Article, cast: Cast, at: datetime
) -> None:
    film = add_file(article, Content.of(MP4), "tour.mp4", by=cast.ana, at=at)
    html = read(f"![The tour](file:{film.pk})", None, at)
    assert f'<video controls preload="none" src="/help/files/{film.pk}/"' in html
    assert 'aria-label="The tour"' in html
    sheet = add_file(article, Content.of(b"a,b\n1,2"), "list.csv", by=cast.ana, at=at)
    html = read(f"![](file:{sheet.pk})", None, at)
    assert html == f'<p><a href="/help/files/{sheet.pk}/">list.csv</a></p>'


def test_words_stand_for_a_picture_that_is_not_there(
    picture: ArticleFile, at: datetime
) -> None:
    body = f"![A <form>](file:{picture.pk})"
    drop_file(picture)
    assert read(body, None, at) == "<p>A &lt;form&gt;</p>"


def test_a_picture_that_is_held_back_is_not_shown(picture: ArticleFile, at: datetime) -> None:
    StoredFile.objects.update(verdict=StoredFile.Verdict.INFECTED)
    assert "<img" not in read(f"![A form](file:{picture.pk})", None, at)


def test_a_picture_is_for_those_who_may_read_its_article(
    cast: Cast, at: datetime, client: Client
) -> None:
    article = add_article("Premium only", about=About(plans=("premium",)), at=at)
    picture = add_file(article, Content.of(PNG), "form.png", by=cast.ana, at=at)
    body = f"![A form](file:{picture.pk})"
    assert "<img" in read(body, cast.dana, at)
    assert "<img" in read(body, cast.ben, at)
    assert read(body, cast.tom, at) == read(body, None, at) == "<p>A form</p>"
    assert client.get(f"/help/files/{picture.pk}/").status_code == 404


def test_a_picture_is_served_apart_for_some_minutes(
    picture: ArticleFile, cast: Cast, at: datetime, client: Client
) -> None:
    leads = client.get(f"/help/files/{picture.pk}/")
    assert leads.status_code == 302
    assert leads.headers["Cache-Control"] == "private, no-store"
    answer = client.get(leads.headers["Location"])
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/png"
    assert "inline" in answer.headers["Content-Disposition"]
    forged = TimestampSigner(sep=".", salt="other").sign(f"article-{picture.pk}")
    assert client.get(f"/files/{forged}/form.png").status_code == 404


def test_a_file_of_a_draft_belongs_to_the_article_it_is_published_with(
    article: Article, cast: Cast, at: datetime
) -> None:
    loose = add_file(None, Content.of(PNG), "form.png", by=cast.ana, at=at)
    assert add_file(None, Content.of(PNG), "form.png", by=cast.ana, at=at) == loose
    body = f"![A form](file:{loose.pk})"
    assert "<img" not in read(body, None, at)
    publish_article(article, "en", Written("Title", body), by=cast.ana, at=at)
    assert "<img" in read(body, None, at)
    other = add_article("Other", at=at)
    publish_article(other, "en", Written("Other", body), by=cast.ana, at=at)
    loose.refresh_from_db()
    assert loose.article == article


def test_files_may_have_other_addresses_elsewhere(picture: ArticleFile, at: datetime) -> None:
    reading = Reading(None, at, address=lambda file: f"https://help.example/{file.pk}")
    html = filled(rendered_text(f"![A form](file:{picture.pk})"), reading)
    assert f'src="https://help.example/{picture.pk}"' in html


def test_a_part_says_with_what_it_comes(cast: Cast, at: datetime) -> None:
    body = "{available service enterprise, smart crm professional, sales}"
    html = read(body, cast.dana, at)
    named = ("Service Enterprise", "Smart crm Professional", "Sales")
    assert all(f"<li>{name}</li>" in html for name in named)
    assert "Your plan includes this." in html
    assert "Your plan (Professional) does not include this." in read(body, cast.tom, at)
    assert "Your plan" not in read(body, None, at)


def test_promises_are_of_the_plan_that_is_named_or_sold(cast: Cast, at: datetime) -> None:
    html = read("{promise table premium}", None, at)
    assert "What Premium promises now" in html
    assert "<td>Super Admin</td><td>The request form</td>" in html
    assert "<td>Guaranteed within 30 minutes, " in html
    assert "We aim for 9 hours of support hours. This is not a guarantee." in html
    assert "What your plan, Premium, promises now" in read("{promise table}", cast.dana, at)
    assert read("{promise table gold}", None, at) == "<div> </div>"


def test_a_contract_that_ended_promises_what_is_sold(cast: Cast, at: datetime) -> None:
    assert "What Premium promises now" in read("{promise table premium}", cast.mara, at)


def test_the_next_plan_that_is_sold_changes_no_article(cast: Cast, at: datetime) -> None:
    text = PlanText.objects.get(version=cast.premium).text
    publish_text(
        text.replace('"premium"', '"platinum"').replace('"Premium"', '"Platinum"'), at=at
    )
    assert "What Premium promises now" in read("{promise table}", None, at)
    assert "What Platinum promises now" in read("{promise table platinum}", None, at)
