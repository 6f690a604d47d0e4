"""An installation under fire: people send, the killer kills, all settles, and is looked at."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.timezone import now

from answerable.cast import Cast
from bench.browser import Browser
from bench.installation import Installation
from bench.listening import Event, Listener
from bench.people import agent_cookies, contact_cookies
from faults.agents import Specialist
from faults.boxes import USERS, boxes_here
from faults.checks import check_all
from faults.checks.evidence import Evidence, Heard, read_record
from faults.customers import Requester
from faults.hook import Hook
from faults.house import House, Ports
from faults.importing import Importer
from faults.journal import Journal
from faults.killer import Killer
from faults.mails import Correspondent
from faults.people import follow, have_told, make_people
from faults.run import Line, Plan, Result
from faults.settling import settle
from faults.stream import Stream
from faults.traffic import PATIENCE, Actor

Say = Callable[[str], None]
WRITERS = 4
IMPORTED = 0.05


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


@dataclass(slots=True)
class People:
    """Those who write mails until all are written, and those who go on until they are told."""

    writers: list[Actor]
    others: list[Actor]

    @property
    def failures(self) -> list[str]:
        """What our own code did not expect."""
        return [text for actor in (*self.writers, *self.others) for text in actor.failures]


def under_fire(
    installation: Installation, ports: tuple[int, int], hook: Hook, plan: Plan, say: Say
) -> Result:
    """Open a house, let everybody work while things are killed, and look at what is there."""
    boxes = boxes_here()
    if boxes is None:
        say("Dovecot is not installed (Debian: dovecot-imapd): there are no mailboxes.")
    there = Ports.beside(*ports, plan.copies)
    house = House(installation, there, plan.seed, boxes)
    try:
        return _burn(house, hook, plan, say)
    finally:
        if boxes:
            boxes.end()


def _burn(house: House, hook: Hook, plan: Plan, say: Say) -> Result:
    cast, began, journal = make_people(plan.promise), now(), Journal()
    have_told(hook, cast)
    if house.boxes:
        follow(house.boxes)
    say(f"Starting web, and of mail, work and watch {plan.copies} each …")
    house.open()
    killer = Killer(house, plan.kills, plan.seconds, plan.seed, say)
    past = int(plan.mails * IMPORTED)
    stream = Stream(plan.mails - past, plan.seconds, killer.share)
    people = People(
        _writers(house, journal, plan, stream), _others(house, cast, journal, plan.seed)
    )
    ears = _listen(house, cast)
    for thread in (*people.writers, *people.others, *ears.listeners):
        thread.start()
    say(f"{plan.kills} kills and {plan.mails} mails within {plan.seconds / 60:.1f} minutes …")
    killer.run()
    journal.count("mails written while things were killed", len(journal.mails))
    say("No more kills. Everybody ends what they began, and the rest settles …")
    stream.let_all()
    _end(people)
    broken = [*settle(house, killer), *people.failures]
    lines = _look(ears, journal, house, hook, began)
    return Result(
        dict(killer.done),
        dict(killer.ended_alone),
        dict(+journal.counts),
        lines,
        broken,
        killer.missing,
    )


def _writers(house: House, journal: Journal, plan: Plan, stream: Stream) -> list[Actor]:
    given = house.ports, house.boxes, house.record
    past = plan.mails - stream.mails
    return [
        *(
            Correspondent(f"writer-{n}", journal, plan.seed, stream).equip(*given)
            for n in range(WRITERS)
        ),
        Importer(journal, plan.seed, past, plan.seconds).equip(house.installation),
    ]


def _others(house: House, cast: Cast, journal: Journal, seed: int) -> list[Actor]:
    def of(cookies: dict[str, str]) -> Browser:
        return Browser(house.ports.web, cookies)

    return [
        Specialist("ana", journal, seed, of(agent_cookies(cast.ana))),
        Specialist("ben", journal, seed, of(agent_cookies(cast.ben))),
        Specialist("chidi", journal, seed, of(agent_cookies(cast.chidi))),
        Requester("dana", journal, seed, of(contact_cookies(cast.dana))),
        Requester("sam", journal, seed, of(contact_cookies(cast.sam))),
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


def _end(people: People) -> None:
    for actor in people.writers:
        actor.join(PATIENCE * 4)
    for actor in people.others:
        actor.stopping.set()
    for actor in people.others:
        actor.join(PATIENCE * 2)


def _look(
    ears: Ears, journal: Journal, house: House, hook: Hook, began: datetime
) -> list[Line]:
    seen = [house.boxes.seen(address) for address in USERS] if house.boxes else []
    house.close()
    for listener in ears.listeners:
        listener.stopping.set()
    evidence = Evidence(
        journal=journal,
        record=read_record(house.record),
        boxes=seen,
        heard=ears.heard,
        topics=ears.topics,
        began=began,
        ended=now(),
        taken=hook.taken,
    )
    return [Line(c.rule, c.cases, c.findings, c.notes) for c in check_all(evidence)]
