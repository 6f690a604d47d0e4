"""An installation under fire: people send, the killer kills, all settles, and is looked at."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.timezone import now

from answerable.cast import Cast
from bench.browser import Browser
from bench.listening import Event, Listener
from bench.people import agent_cookies, contact_cookies
from faults.agents import Specialist
from faults.checks import check_all
from faults.checks.evidence import Evidence, Heard, read_record
from faults.customers import Requester
from faults.house import House
from faults.journal import Journal
from faults.killer import Killer
from faults.mails import Correspondent
from faults.people import make_people
from faults.run import Line, Plan, Result
from faults.settling import settle
from faults.traffic import PATIENCE, Actor

Say = Callable[[str], None]


@dataclass(slots=True)
class Ears:
    """Two pages that are open all the time: an agent's desk, and a customer's requests."""

    listeners: list[Listener]
    topics: list[str]
    heard: list[Heard] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def hear(self, event: Event) -> None:
        """Note what a stream said; a beat says nothing."""
        if event.name in {"change", "resync"}:
            topic = str(event.data.get("topic", ""))
            with self.lock:
                self.heard.append(Heard(event.at, topic, event.number))


def under_fire(house: House, plan: Plan, say: Say) -> Result:
    """Open the house, let everybody work while things are killed, and look at what is there."""
    cast, began, journal = make_people(plan.promise), now(), Journal()
    say(f"Starting web, and of mail, work and watch {plan.copies} each …")
    house.open()
    actors, ears = _actors(house, cast, journal, plan.seed), _listen(house, cast)
    for thread in (*actors, *ears.listeners):
        thread.start()
    say(f"{plan.kills} kills within {plan.seconds / 60:.1f} minutes …")
    killer = Killer(house, plan.kills, plan.seconds, plan.seed, say)
    killer.run()
    say("No more kills. Everybody ends what they began, and the rest settles …")
    _end(actors)
    broken = [*settle(house, killer), *(text for actor in actors for text in actor.failures)]
    lines = _look(ears, journal, house, began)
    return Result(
        dict(killer.done),
        dict(killer.ended_alone),
        dict(journal.counts),
        lines,
        broken,
        killer.missing,
    )


def _actors(house: House, cast: Cast, journal: Journal, seed: int) -> list[Actor]:
    def of(cookies: dict[str, str]) -> Browser:
        return Browser(house.ports.web, cookies)

    mail = house.ports.mail, house.record
    return [
        Specialist("ana", journal, seed, of(agent_cookies(cast.ana))),
        Specialist("ben", journal, seed, of(agent_cookies(cast.ben))),
        Requester("dana", journal, seed, of(contact_cookies(cast.dana))),
        Requester("sam", journal, seed, of(contact_cookies(cast.sam))),
        Correspondent("writer-1", journal, seed, *mail),
        Correspondent("writer-2", journal, seed, *mail),
    ]


def _listen(house: House, cast: Cast) -> Ears:
    desk = ["queue-all", f"notices-{cast.ana.pk}"]
    requests = [f"requests-{cast.dana.pk}"]
    ears = Ears([], [*desk, *requests])
    for cookies, topics in (
        (agent_cookies(cast.ana), desk),
        (contact_cookies(cast.dana), requests),
    ):
        ears.listeners.append(Listener(house.ports.web, cookies, topics, ears.hear))
    return ears


def _end(actors: Sequence[Actor]) -> None:
    for actor in actors:
        actor.stopping.set()
    for actor in actors:
        actor.join(PATIENCE * 2)


def _look(ears: Ears, journal: Journal, house: House, began: datetime) -> list[Line]:
    house.close()
    for listener in ears.listeners:
        listener.stopping.set()
    evidence = Evidence(
        journal=journal,
        accepted=read_record(house.record),
        heard=ears.heard,
        topics=ears.topics,
        began=began,
        ended=now(),
    )
    return [Line(c.rule, c.cases, c.findings, c.notes) for c in check_all(evidence)]
