"""Many loops and many agents at once: one offer is won by one person, whatever happens."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

import pytest
from django.db import connection
from django.utils.timezone import now

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.channels.chat.actions import end_chat, take_chat
from answerable.channels.chat.models import Chat
from answerable.cli.address import beside
from answerable.routing import actions as routing
from answerable.routing import dispatch as loop
from answerable.routing.actions import OfferOver, accept_offer, decline_offer, miss_offers
from answerable.routing.dispatch import dispatch
from answerable.routing.models import Offer, Presence
from answerable.routing.tests.scenes import SECOND, beat, chat_of, ringing, there
from answerable.routing.waiting import RINGS
from answerable.tests import template
from answerable.tests.run_fixtures import run_folder
from answerable.tickets.tests.at_once import at_once

AT = datetime(2025, 10, 20, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def the_offer() -> Offer:
    return Offer.objects.get(ended_at=None)


def accepted(agent: Agent) -> list[Chat]:
    return list(Chat.objects.filter(agent=agent))


def test_many_loops_make_each_offer_once() -> None:
    cast = Cast(AT)
    there(cast.ana, cast.ben, cast.chidi, at=AT)
    for contact in (cast.dana, cast.kim, cast.sam, cast.olive):
        chat_of(contact, AT)
    done = at_once([partial(dispatch, at=AT)] * 6)
    assert all(isinstance(made, int) for made in done), done
    dispatch(at=AT)
    assert Counter(name for _kind, name in ringing()) == {"Ana": 1, "Ben": 1, "Chidi": 1}
    assert Offer.objects.count() == 3


def test_one_person_wins_an_offer_of_many_presses() -> None:
    cast = Cast(AT)
    for number in range(5):
        contact = (cast.dana, cast.kim, cast.sam, cast.olive, cast.mara)[number]
        chat = chat_of(contact, AT)
        there(cast.ana, at=AT)
        dispatch(at=AT)
        offer = the_offer()
        works: list[Callable[[], object]] = [
            partial(accept_offer, offer, agent=cast.ana, at=AT),
            partial(accept_offer, offer, agent=cast.ana, at=AT),
            partial(accept_offer, offer, agent=cast.ben, at=AT),
            partial(take_chat, chat, agent=cast.ben, at=AT),
            partial(dispatch, at=AT),
        ]
        done = at_once(works)
        unexpected = [one for one in done if isinstance(one, Exception)]
        assert all(isinstance(one, OfferOver) for one in unexpected), done
        chat.refresh_from_db()
        offer.refresh_from_db()
        assert chat.agent in {cast.ana, cast.ben}
        assert (offer.outcome == "taken") == (chat.agent == cast.ana)
        assert chat.entries.filter(kind="joined").count() == 1
        end_chat(chat, Chat.End.CONTACT, at=AT)
        dispatch(at=AT)


def test_an_offer_ends_in_one_way() -> None:
    cast = Cast(AT)
    there(cast.ana, at=AT)
    for contact in (cast.dana, cast.kim, cast.sam):
        chat = chat_of(contact, AT)
        dispatch(at=AT)
        offer = the_offer()
        late = AT + RINGS[Offer.Kind.CHAT]
        works: list[Callable[[], object]] = [
            partial(accept_offer, offer, agent=cast.ana, at=late),
            partial(decline_offer, offer, agent=cast.ana, at=late),
            partial(miss_offers, at=late),
            partial(routing.set_status, cast.ana, Presence.Status.AWAY, at=late),
        ]
        done = at_once(works)
        unexpected = [one for one in done if isinstance(one, Exception)]
        assert all(isinstance(one, OfferOver) for one in unexpected), done
        chat.refresh_from_db()
        offer.refresh_from_db()
        assert offer.ended_at == late
        assert (chat.agent == cast.ana) == (offer.outcome == "taken")
        end_chat(chat, Chat.End.CONTACT, at=late)
        routing.set_status(cast.ana, Presence.Status.AVAILABLE, at=AT)


def test_nobody_is_over_capacity_however_many_loops_and_presses() -> None:
    cast = Cast(AT)
    there(cast.ana, cast.ben, at=AT)
    for contact in (cast.dana, cast.kim, cast.sam, cast.olive, cast.mara, cast.tom):
        chat_of(contact, AT)
    for _ in range(5):
        at_once([partial(dispatch, at=AT)] * 3)
        offers = list(Offer.objects.filter(ended_at=None).select_related("agent"))
        works: list[Callable[[], object]] = [partial(dispatch, at=AT)] * 2
        works += [partial(accept_offer, one, agent=one.agent, at=AT) for one in offers]
        at_once(works)
    assert (len(accepted(cast.ana)), len(accepted(cast.ben))) == (3, 3)


def test_a_loop_that_is_killed_holds_nobody_up() -> None:
    cast = Cast(AT)
    there(cast.ana, at=AT)
    chat_of(cast.olive, AT)
    with killed_while_deciding(AT):
        assert dispatch(at=AT) == 0
    until(lambda: dispatch(at=AT) == 1)
    assert ringing() == [("chat", "Ana")]
    assert Offer.objects.count() == 1


def test_the_loop_hears_of_news_and_outlives_a_database_that_drops_it() -> None:
    cast = Cast(now())
    there(cast.ana, at=now())
    with looping():
        chat_of(cast.olive, now())
        until(lambda: ringing() == [("chat", "Ana")])
        accept_offer(the_offer(), agent=cast.ana, at=now())
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        beat(cast.ana, at=now() + SECOND)
        chat_of(cast.sam, now())
        until(lambda: ringing() == [("chat", "Ana")])


@contextmanager
def killed_while_deciding(at: datetime) -> Iterator[None]:
    """Let another process decide, and kill it before it commits."""
    database = connection.settings_dict["NAME"]
    url = beside(template.wait_for(run_folder() / "database"), database)
    process = subprocess.Popen(
        [sys.executable, "-m", "answerable.routing.tests.killed", at.isoformat()],
        env=os.environ
        | {
            "ANSWERABLE_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "answerable.settings",
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "decided 1\n"
        yield
    finally:
        process.kill()
        process.communicate()


@contextmanager
def looping() -> Iterator[None]:
    stop = threading.Event()
    threads = [threading.Thread(target=loop.run, args=[stop]) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=30)
            assert not thread.is_alive()


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; a test that waits in vain fails after a minute."""
    tries = iter(range(6000))
    while not is_so():
        next(tries)
        time.sleep(0.01)
