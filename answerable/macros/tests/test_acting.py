"""What a macro does happens when the reply has left, and not before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.macros.actions import NameTaken, Wording, retire_macro, save_macro
from answerable.macros.core.staged import Act, as_data
from answerable.macros.models import Macro, MacroUse
from answerable.macros.queries import macros_for
from answerable.tickets.actions import Answer, leave, send, take_back
from answerable.tickets.models import Draft, Ticket
from answerable.tickets.tests.openings import opened

SECOND = timedelta(seconds=1)
ACTS = [Act("add_tag", "Certificate"), Act("assign", "me"), Act("resolve")]


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


@pytest.fixture
def macro(cast: Cast, at: datetime) -> Macro:
    made = Macro(name="Cert expired", acts=as_data(ACTS))
    texts = {"en": "Hello {person}, renew it.", "de": "Guten Tag {person}"}
    return save_macro(made, Wording(texts), agent=cast.lena, at=at)


def reply(cast: Cast, macro: Macro, seconds: int = 10) -> Answer:
    data = {"acts": macro.acts, "macros": [macro.pk]}
    return Answer(
        cast.ana, "Renew it.", 10**9, grace=lambda t, a: timedelta(seconds=seconds), data=data
    )


def stands(ticket: Ticket) -> tuple[str, str | None, list[str]]:
    fresh = Ticket.objects.get(pk=ticket.pk)
    tags = list(fresh.tags.values_list("name", flat=True))
    return fresh.state, fresh.assignee.name if fresh.assignee else None, tags


def test_nothing_is_done_until_it_has_left(
    cast: Cast, ticket: Ticket, macro: Macro, at: datetime
) -> None:
    sent = send(ticket, reply(cast, macro), at=at)
    assert stands(ticket) == ("open", None, [])
    leave(sent, at=at + 10 * SECOND)
    assert stands(ticket) == ("resolved", "Ana Silva", ["Certificate"])
    assert Macro.objects.get().used == 1
    assert MacroUse.objects.get().ticket == ticket


def test_of_a_reply_that_is_taken_back_nothing_is_done_and_its_draft_has_it_again(
    cast: Cast, ticket: Ticket, macro: Macro, at: datetime
) -> None:
    sent = send(ticket, reply(cast, macro), at=at)
    take_back(sent, agent=cast.ana, at=at + SECOND)
    assert stands(ticket) == ("open", None, [])
    draft = Draft.objects.get()
    assert draft.data == {"acts": macro.acts, "macros": [macro.pk]}
    assert Macro.objects.get().used == 0


def test_a_reply_that_leaves_at_once_does_it_at_once(
    cast: Cast, ticket: Ticket, macro: Macro, at: datetime
) -> None:
    send(ticket, reply(cast, macro, 0), at=at)
    assert stands(ticket)[0] == "resolved"


def test_a_macro_that_a_colleague_deletes_breaks_nothing(
    cast: Cast, ticket: Ticket, macro: Macro, at: datetime
) -> None:
    sent = send(ticket, reply(cast, macro), at=at)
    macro.delete()
    leave(sent, at=at + 10 * SECOND)
    assert stands(ticket) == ("resolved", "Ana Silva", ["Certificate"])
    assert not MacroUse.objects.exists()


def test_an_act_that_has_lost_its_sense_is_left_out(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    acts = [
        Act("assign", "999999"),
        Act("status", "999999"),
        Act("hold", "x"),
        Act("hold", "2 "),
    ]
    data = {"acts": as_data([*acts, Act("remove_tag", "None such")])}
    send(ticket, Answer(cast.ana, "Hello.", 10**9, data=data), at=at)
    assert stands(ticket) == ("waiting", None, [])


def test_it_is_offered_in_the_customers_language_and_to_whom_it_is_for(
    cast: Cast, ticket: Ticket, macro: Macro, at: datetime
) -> None:
    own = Macro(name="Mine", owner=cast.ben)
    save_macro(own, Wording({"en": "Only mine"}), agent=cast.ben, at=at)
    team = Macro(name="Sign-in", team="sso")
    save_macro(team, Wording({"en": "For those who know it"}), agent=cast.lena, at=at)
    known = {"person": "Dana"}

    def names(agent: object, *teams: str) -> list[str]:
        return [one.name for one in macros_for(ticket, agent, teams, known)]  # type: ignore[arg-type]

    assert names(cast.ana) == ["Cert expired"]
    assert names(cast.ana, "sso") == ["Cert expired", "Sign-in"]
    assert names(cast.ben) == ["Cert expired", "Mine"]
    assert macros_for(ticket, cast.ana, (), known)[0].body == "Hello Dana, renew it."
    ticket.language = "de"
    assert macros_for(ticket, cast.ana, (), known)[0].body == "Guten Tag Dana"


def test_a_name_is_once_until_its_macro_is_retired(
    cast: Cast, macro: Macro, at: datetime
) -> None:
    def again() -> Macro:
        return save_macro(Macro(name=macro.name), Wording({"en": "x"}), agent=cast.lena, at=at)

    with pytest.raises(NameTaken):
        again()
    retire_macro(macro, agent=cast.lena, at=at)
    assert again().pk != macro.pk
