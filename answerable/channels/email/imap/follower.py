"""Follows one mailbox: stores what comes, notes how far it is, and comes back after every end.

Whoever follows holds an advisory lock of PostgreSQL, so that one process does. Should two do it
after all, as when a session of PostgreSQL is lost, the one that is behind writes nothing: mails
are stored in the transaction that moves the mark on, and only where the mark is as it was read.
It then looks for its lock, and leaves the mailbox when that is gone.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils.timezone import now

from answerable.channels.email.actions import Arrival, following
from answerable.channels.email.core.envelope import envelope_of
from answerable.channels.email.core.following import Mark, mark_for, pause_after
from answerable.channels.email.imap.line import Line, Listed, line_to
from answerable.channels.email.imap.trouble import Trouble
from answerable.channels.email.mailboxes import Mailbox
from answerable.channels.email.models import InboundMail
from answerable.channels.email.queries import known_among
from answerable.channels.email.spool import Spool
from answerable.lib.insist import AWAY

log = logging.getLogger(__name__)

AT_ONCE = 50
TOGETHER_BYTES = 4 * 1024 * 1024
MEGABYTE = 1024 * 1024
# How often a line may break at one mail before it is put on record without its text.
MOST_TRIES = 3
AGAIN_SECONDS = 0.5

TOO_LARGE = "It is longer than {limit} MB. Its text stayed on the mail server."
NOT_GIVEN = "The mail server has it and does not give it out: {says}."


class Follower:
    """One mailbox, until told to stop, or until it is somebody else's: `is_ours` says so."""

    def __init__(
        self, number: int, stop: threading.Event, *, is_ours: Callable[[], bool] = lambda: True
    ) -> None:
        self.number = number
        self.stop = stop
        self.is_ours = is_ours
        self._failures = 0
        self._tries: Counter[int] = Counter()
        self._said = ""

    def run(self) -> None:
        """Follow it, whatever ends: the line, the server, the database, a rule of ours."""
        while not self.stop.is_set():
            try:
                self.follow()
            except Mailbox.DoesNotExist:
                return
            except Trouble as trouble:
                self._rest(trouble)
            except following.Overtaken:
                if not self.is_ours():
                    return
                self.stop.wait(AGAIN_SECONDS)
            except AWAY:
                self.stop.wait(AGAIN_SECONDS)
            except Exception:
                log.exception("A mailbox could not be read.", extra={"mailbox": self.number})
                self._rest(None)
            finally:
                connection.close()

    def follow(self) -> None:
        """Sign in, read all there is, and then what comes. Raises what ends it."""
        mailbox = Mailbox.objects.get(pk=self.number)
        connection.close()
        with line_to(mailbox) as line:
            while not self.stop.is_set():
                self.look(line, mailbox)
                self._failures = 0
                line.wait(self.stop)

    def look(self, line: Line, mailbox: Mailbox) -> None:
        """Take in all that came since, and mark or move what is stored."""
        try:
            self._begin(line, mailbox)
            for arrivals, last in self._batches(line, mailbox):
                try:
                    following.take_in(mailbox, arrivals, last_uid=last, at=now())
                finally:
                    for arrival in arrivals:
                        arrival.close()
            _care(line, mailbox)
            following.looked(mailbox, at=now())
        finally:
            connection.close()

    def _begin(self, line: Line, mailbox: Mailbox) -> None:
        if mailbox.validity == line.validity:
            return
        kept = None
        if mailbox.validity is not None:
            log.warning("A mailbox has numbered its mails anew; they are compared.")
            kept = Mark(mailbox.validity, mailbox.last_uid)
        takes_all = mailbox.takes == Mailbox.Takes.ALL
        mark = mark_for(kept, line.validity, line.next_uid, takes_all=takes_all)
        following.begin(mailbox, mark, at=now())

    def _batches(self, line: Line, mailbox: Mailbox) -> Iterator[tuple[list[Arrival], int]]:
        """Return what came, as much as is stored together, and the UID that it goes up to."""
        uids = line.uids_after(mailbox.last_uid)
        for chunk in _chunks(uids):
            arrivals: list[Arrival] = []
            for mail in line.listed(chunk):
                if self.stop.is_set():
                    return
                arrivals += self._taken(line, mailbox, mail)
                if sum(arrival.size for arrival in arrivals) >= TOGETHER_BYTES:
                    yield arrivals, mail.uid
                    arrivals = []
            yield arrivals, chunk[-1]

    def _taken(self, line: Line, mailbox: Mailbox, mail: Listed) -> list[Arrival]:
        """Return a mail as it arrived; nothing when it is gone, or was read before."""
        is_reread = mail.uid < mailbox.reread_below
        if is_reread and _is_from_before(mailbox, mail):
            return []
        limit = settings.ANSWERABLE_MAIL_MAX_MB
        if mail.size > limit * MEGABYTE:
            head = Spool.of(line.headers(mail))
            return [_arrival(mailbox, mail, head, TOO_LARGE.format(limit=limit))]
        if self._tries[mail.uid] >= MOST_TRIES:
            return [self._recorded(line, mailbox, mail)]
        spool = self._fetched(line, mail)
        if spool is None:
            return []
        if is_reread and known_among(mailbox.address.lower(), [spool.digest]):
            spool.close()
            return []
        return [_arrival(mailbox, mail, spool)]

    def _fetched(self, line: Line, mail: Listed) -> Spool | None:
        """Return a mail's bytes, and count how often the line breaks at it."""
        self._tries[mail.uid] += 1
        try:
            spool = line.fetched(mail)
        except Trouble as trouble:
            self._said = trouble.says
            raise
        del self._tries[mail.uid]
        return spool

    def _recorded(self, line: Line, mailbox: Mailbox, mail: Listed) -> Arrival:
        """Put on record what the server has and does not give out, with its headers if it can.

        So a mail that its server cannot read does not keep all those behind it.
        """
        self._tries[mail.uid] += 1
        head = line.headers(mail) if self._tries[mail.uid] == MOST_TRIES + 1 else b""
        reason = NOT_GIVEN.format(says=self._said)
        return _arrival(mailbox, mail, Spool.of(head), reason)

    def _rest(self, trouble: Trouble | None) -> None:
        self._failures += 1
        if trouble:
            log.warning("A mailbox cannot be read: %s", trouble.why)
            try:
                mailbox = Mailbox(pk=self.number)
                following.troubled(mailbox, why=trouble.why, says=trouble.says)
            except AWAY:
                log.warning("The database is away.")
            finally:
                connection.close()
        self.stop.wait(pause_after(self._failures))


def _arrival(mailbox: Mailbox, mail: Listed, spool: Spool, refused: str = "") -> Arrival:
    """Return a mail as it came: when the first server of ours had it, not when we looked."""
    envelope, at = envelope_of(spool.head()), now()
    return Arrival(
        raw=spool,
        door=InboundMail.Door.IMAP,
        mailbox=mailbox.address.lower(),
        envelope_from=envelope.sender,
        envelope_to=envelope.recipients or (mailbox.address,),
        peer=mailbox.host,
        at=min(mail.came_at or at, at),
        refused=refused,
    )


def _is_from_before(mailbox: Mailbox, mail: Listed) -> bool:
    """Say whether a mail was there before we began, and was not to be taken."""
    began: datetime | None = mailbox.began_at
    takes_new = mailbox.takes == Mailbox.Takes.NEW
    return bool(takes_new and began and mail.came_at and mail.came_at < began)


def _care(line: Line, mailbox: Mailbox) -> None:
    if mailbox.after == Mailbox.After.LEAVE or mailbox.cared_uid >= mailbox.last_uid:
        return
    uids = [uid for uid in line.uids_after(mailbox.cared_uid) if uid <= mailbox.last_uid]
    for chunk in _chunks(uids):
        line.care_for(chunk)
        following.cared(mailbox, uid=chunk[-1])
    following.cared(mailbox, uid=mailbox.last_uid)


def _chunks(uids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (uids[begin : begin + AT_ONCE] for begin in range(0, len(uids), AT_ONCE))
