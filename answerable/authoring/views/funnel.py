"""What became of people's questions: the funnel, and the stories behind each number."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.authoring.pages import frame
from answerable.authoring.queries import funnel
from answerable.knowledge.core.outcomes import Outcome
from answerable.knowledge.models import ArticleVote
from answerable.lib.paging import page_of

STORIES_A_PAGE = 50
STEPS = {
    "asked": gettext_lazy("Asked"),
    "answered": gettext_lazy("Answered"),
    "read": gettext_lazy("Read"),
    "helpful": gettext_lazy("Helpful"),
    "unhelpful": gettext_lazy("Not helpful"),
    "contact": gettext_lazy("Contact anyway"),
    "tickets": gettext_lazy("Request sent"),
    "deflected": gettext_lazy("Deflected"),
    "open": gettext_lazy("Not known yet"),
}
WITHOUT = gettext_lazy("Without an answer")
ENDED = {
    Outcome.OPEN: gettext_lazy("not known yet"),
    Outcome.TICKET: gettext_lazy("sent a request"),
    Outcome.CONTACT: gettext_lazy("went for contact, sent nothing"),
    Outcome.UNHELPFUL: gettext_lazy("said that it did not help"),
    Outcome.HELPED: gettext_lazy("said that it helped"),
    Outcome.AGAIN: gettext_lazy("asked again within a day"),
    Outcome.UNREAD: gettext_lazy("read nothing"),
    Outcome.QUIET: gettext_lazy("read, and did not come back within a day"),
}
REASONS = {
    ArticleVote.Reason.OTHER_PROBLEM: gettext_lazy("Not my problem"),
    ArticleVote.Reason.STEPS: gettext_lazy("Steps do not work"),
    ArticleVote.Reason.OUTDATED: gettext_lazy("Out of date"),
    ArticleVote.Reason.HARD: gettext_lazy("Hard to read"),
    ArticleVote.Reason.TRANSLATION: gettext_lazy("Translation"),
    "": gettext_lazy("no reason"),
}


@require_safe
@never_cache
@agent_required
def answers(request: AgentRequest) -> HttpResponse:
    """Show the funnel of all questions, of each question and of each article."""
    asked, at = funnel.asked_in(request.GET.dict()), now()
    numbers = funnel.totals(asked, at)
    context = frame(request, _("Answers"), "answers") | {
        "asked": asked,
        "days": funnel.DAYS,
        "steps": STEPS,
        "numbers": numbers,
        "totals": [(name, words, numbers[name]) for name, words in STEPS.items()],
        "questions": _cells(funnel.by_question(asked, at)),
        "articles": _cells(funnel.by_article(asked, at)),
        "missing": funnel.without_an_answer(asked, at),
        "unhelpful": funnel.unhelpful(asked, at),
        "reasons": REASONS,
    }
    return render(request, "authoring/answers.html", context)


@require_safe
@never_cache
@agent_required
def stories(request: AgentRequest) -> HttpResponse:
    """Show the stories that a number counts, with the requests that followed."""
    asked = funnel.asked_in(request.GET.dict())
    found = funnel.stories_that(asked, now())
    what = WITHOUT if asked.what == "unanswered" else STEPS.get(asked.what, _("All"))
    page = page_of(found, request.GET.get("page", ""), size=STORIES_A_PAGE)
    context = frame(request, _("Answers one by one"), "answers") | {
        "asked": asked,
        "what": what,
        "page": page,
        "rows": [(story, ENDED[Outcome(story.outcome)]) for story in page.rows],
    }
    return render(request, "authoring/stories.html", context)


def _cells(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return rows with their numbers in the order of the steps, each with its name."""
    return [row | {"cells": [(name, row[name]) for name in STEPS]} for row in rows]
