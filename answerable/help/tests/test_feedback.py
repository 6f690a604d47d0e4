"""Whether an article helped: one vote for each reader and version."""

from __future__ import annotations

from datetime import datetime

from django.test import Client

from answerable.cast import Cast
from answerable.cast.articles import Articles
from answerable.help.tests.conftest import ENGLISH, reader
from answerable.help.voters import VOTER
from answerable.knowledge.models import ArticleVote

HERE = {"origin": "http://testserver"}
VOTE = f"{ENGLISH}helpful/"


def say(client: Client, **facts: str) -> str:
    """Send a vote as a form does, and return the page that follows."""
    answer = client.post(VOTE, facts, headers=HERE, follow=True)
    assert answer.redirect_chain[-1][0].endswith("#helpful")
    return " ".join(answer.content.decode().split())


def test_a_yes_is_noted(articles: Articles, cast: Cast, at: datetime) -> None:
    html = say(reader(cast.dana, at), helpful="yes", q="call me")
    assert "Thank you. Noted." in html
    assert 'value="yes" aria-pressed="true"' in html
    assert "What was missing?" not in html
    vote = ArticleVote.objects.get()
    assert (vote.contact, vote.helpful, vote.searched) == (cast.dana, True, "call me")


def test_after_a_no_it_asks_what_was_missing(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    client = reader(cast.dana, at)
    html = say(client, helpful="no", q="call me")
    reasons = (
        "Not my problem",
        "Steps do not work",
        "Out of date",
        "Hard to read",
        "Translation",
    )
    assert all(reason in html for reason in ("What was missing?", *reasons))
    assert "&amp;q=call+me" in html
    html = say(client, reason_asked="1", reason="outdated", words="The button is gone.")
    assert "Thank you. Noted." in html
    assert "What was missing?" not in html
    vote = ArticleVote.objects.get()
    assert (vote.reason, vote.words) == ("outdated", "The button is gone.")


def test_a_reason_is_asked_for_until_one_is_selected(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    client = reader(cast.dana, at)
    say(client, helpful="no")
    answer = client.post(VOTE, {"reason_asked": "1", "words": "Hm"}, headers=HERE)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "There is a problem" in html
    assert "Select what was missing" in html
    assert ">\nHm</textarea>" in html


def test_it_may_be_changed_and_counts_once(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    client = reader(cast.dana, at)
    say(client, helpful="no")
    say(client, reason_asked="1", reason="hard")
    assert "Thank you. Noted." in say(client, helpful="yes")
    vote = ArticleVote.objects.get()
    assert (vote.helpful, vote.reason) == (True, "")


def test_who_is_not_signed_in_gets_a_random_word_with_their_vote(
    articles: Articles, at: datetime
) -> None:
    client = reader(None, at)
    assert not client.get(ENGLISH).cookies
    say(client, helpful="yes")
    token = client.cookies[VOTER]
    assert token["httponly"]
    assert token["path"] == "/help/"
    say(client, helpful="no")
    vote = ArticleVote.objects.get()
    assert (vote.contact, vote.token, vote.helpful) == (None, token.value, False)
    say(reader(None, at), helpful="yes")
    assert ArticleVote.objects.count() == 2


def test_a_page_of_somebody_who_voted_is_never_kept(articles: Articles, at: datetime) -> None:
    client = reader(None, at)
    say(client, helpful="yes")
    assert client.get(ENGLISH).headers["Cache-Control"] == "private, no-store"


def test_a_vote_from_another_site_is_not_saved(articles: Articles, at: datetime) -> None:
    for headers in (
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {},
    ):
        answer = reader(None, at).post(VOTE, {"helpful": "yes"}, headers=headers)
        assert answer.status_code == 403
        assert b"Your feedback was not saved. Try again." in answer.content
    assert not ArticleVote.objects.exists()


def test_a_script_gets_the_part_alone(articles: Articles, at: datetime) -> None:
    headers = HERE | {"hx-request": "true"}
    answer = reader(None, at).post(VOTE, {"helpful": "yes"}, headers=headers)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert html.lstrip().startswith('<section class="helpful" id="helpful"')
    assert "Thank you. Noted." in html
    assert VOTER in answer.cookies


def test_nobody_votes_on_what_they_may_not_read(
    articles: Articles, cast: Cast, at: datetime
) -> None:
    path = "/help/en/reach-the-lead-on-duty/helpful/"
    assert reader(cast.tom, at).post(path, {"helpful": "no"}, headers=HERE).status_code == 404
    assert reader(cast.sam, at).post(path, {"helpful": "no"}, headers=HERE).status_code == 302
