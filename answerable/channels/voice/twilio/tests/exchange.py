"""A telephone provider of our own for tests, which behaves as Twilio documents it.

It knows who asks (basic auth), refuses what the real one refuses, signs what it calls, reads
the TwiML that it is answered, and lets people answer, press keys and hang up. Its calls of our
webhooks wait until a test delivers them: as they are, twice, backwards, or not at all.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import parse_qsl
from xml.etree import ElementTree as Xml

from answerable.channels.voice.twilio.core.signing import signature
from answerable.channels.voice.twilio.tests.exchange_sound import Recordings

ACCOUNT, TOKEN = "AC" + "a" * 32, "the account's token"
NUMBER = "+4930901820"
TWIML, NEWS, TOLD = "twiml", "news", "told"
ENDS = {"completed", "busy", "no-answer", "canceled", "failed"}
SIP = {"busy": "486", "no-answer": "487", "failed": "404", "completed": "200"}
MACHINE = "machine_start"
Post = Callable[[str, dict[str, str], str], str]


@dataclass
class Person:
    """Whoever has a telephone: how they answer it, and which keys they press, one after the
    other, whenever they are asked for some."""

    answers: str = "human"  # or machine_start, busy, no-answer, failed
    keys: list[str] = field(default_factory=list)


@dataclass
class Line:
    """A call, as the provider has it."""

    sid: str
    to: str
    caller: str
    fields: dict[str, str] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    status: str = "queued"
    answered_by: str | None = None
    sequence: int = 0
    room: str = ""
    action: str = ""
    ends: bool = True  # the conference ends when it leaves
    tones: str = ""
    heard: list[str] = field(default_factory=list)
    began: datetime = field(default_factory=lambda: datetime.now(UTC))
    inbound: bool = False

    def resource(self) -> dict[str, object]:
        """What the API answers about it."""
        over = self.status in ENDS
        return {
            "sid": self.sid,
            "account_sid": ACCOUNT,
            "to": self.to,
            "from": self.caller,
            "status": self.status,
            "direction": "inbound" if self.inbound else "outbound-api",
            "answered_by": self.answered_by,
            "duration": "7" if self.status == "completed" else None,
            "start_time": format_datetime(self.began),
            "end_time": format_datetime(datetime.now(UTC)) if over else None,
        }


@dataclass
class Hook:
    """A call of one of our webhooks that waits to be delivered."""

    kind: str
    line: Line
    url: str
    told: dict[str, str]


@dataclass
class Exchange:
    """All lines, rooms and people, and what was asked over the API."""

    people: dict[str, Person] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    waiting: list[Hook] = field(default_factory=list)
    lost: list[Hook] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    down: bool = False
    loses_news: bool = False
    stopped: set[str] = field(default_factory=set)  # who sent STOP
    post: Post | None = None
    recordings: Recordings = field(default_factory=Recordings)

    def dial(self, fields: dict[str, str], events: list[str]) -> Line:
        """Let it ring somewhere, as POST Calls.json does."""
        line = Line(self._sid(), fields["To"], fields["From"], fields, events)
        self.lines[line.sid] = line
        person = self.people.get(line.to, Person("failed"))
        self._tell(line, "initiated")
        if person.answers == "failed":
            return self.over(line, "failed")
        self._tell(line, "ringing")
        if person.answers in {"busy", "no-answer"}:
            return self.over(line, person.answers)
        self._tell(line, "in-progress", event="answered")
        self._answered(line, person)
        return line

    def tell_of_recordings(self) -> None:
        """Call the webhooks of recordings that are over."""
        for url, told in self.recordings.news():
            line = self.lines[told["CallSid"]]
            self._hook(NEWS, line, url, told)

    def ring_us(self, caller: str, url: str, status_url: str) -> Line:
        """Let somebody dial our number, whose addresses these are."""
        fields = {"StatusCallback": status_url}
        line = Line(self._sid(), NUMBER, caller, fields, ["completed"], "ringing", inbound=True)
        self.lines[line.sid] = line
        self._ask(line, url)
        line.status = "in-progress"
        return line

    def over(self, line: Line, status: str = "completed") -> Line:
        """End a call, and with it the conference that it is in."""
        if line.status in ENDS:
            return line
        room, line.room = line.room, ""
        self._tell(line, status, event="completed")
        self._left(line, room)
        self.recordings.over(line.sid)
        return line

    def _left(self, line: Line, room: str) -> None:
        """End a conference that does not go on without who left it."""
        for other in [one for one in self.lines.values() if line.ends and room == one.room]:
            if room:
                other.room = ""
                self._ask(other, other.action, {"DialCallStatus": "completed"})

    def lead(self, line: Line, url: str) -> None:
        """Lead a call elsewhere, as POST Calls/SID.json with a Url does."""
        room, line.room = line.room, ""
        self._left(line, room)
        self._ask(line, url)

    def change_participant(self, line: Line, fields: dict[str, str]) -> None:
        """Change somebody in a conference, as POST Participants/SID.json does."""
        if "EndConferenceOnExit" in fields:
            line.ends = fields["EndConferenceOnExit"] == "true"
        if "AnnounceUrl" in fields:
            self._hook(TOLD, line, fields["AnnounceUrl"], {})

    def deliver(self, *, doubled: bool = False, shuffled: random.Random | None = None) -> None:
        """Call our webhooks until nothing waits any more. News may come twice, and in any
        order; what is answered with TwiML keeps its place, since the call stands still for it.
        """
        while self.waiting:
            hooks, self.waiting = self.waiting, []
            if doubled:
                hooks = [hook for hook in hooks for _ in range(1 + (hook.kind == NEWS))]
            if shuffled:
                shuffled.shuffle(hooks)
            for hook in hooks:
                self._deliver(hook)

    def line_to(self, number: str) -> Line:
        """The last call to a number."""
        return [line for line in self.lines.values() if line.to == number][-1]

    def _answered(self, line: Line, person: Person) -> None:
        mode = line.fields.get("MachineDetection")
        waits = mode == "DetectMessageEnd" and person.answers == MACHINE
        answers = "machine_end_beep" if waits else person.answers
        found = {"AnsweredBy": answers} if mode else {}
        if mode:
            line.answered_by = answers
        if line.fields.get("AsyncAmd") == "true":
            self._ask(line, line.fields["Url"])
            self._hook(NEWS, line, line.fields["AsyncAmdStatusCallback"], found)
        else:
            self._ask(line, line.fields["Url"], found)

    def _deliver(self, hook: Hook) -> None:
        assert self.post
        if hook.kind == TWIML and hook.line.status in ENDS:
            return
        told = sorted(hook.told.items())
        body = self.post(hook.url, hook.told, signature(TOKEN, hook.url, told))
        if hook.kind == TWIML:
            self._obey(hook.line, body)
        if hook.kind == TOLD:
            self._announce(hook.line, body)

    def _announce(self, line: Line, body: str) -> None:
        """Let one alone hear something; that is a Play or a Say, and the call stays."""
        for verb in Xml.fromstring(body):
            assert verb.tag in {"Say", "Play"}, verb.tag
            line.heard += [verb.text] if verb.tag == "Say" and verb.text else []
            line.tones += verb.attrib.get("digits", "")

    def _obey(self, line: Line, body: str) -> None:
        root = Xml.fromstring(body)
        assert root.tag == "Response"
        for verb in root:
            if self._does(line, verb):
                return
        self.over(line)

    def _does(self, line: Line, verb: Xml.Element) -> bool:
        """Do one verb; say whether the document ends with it."""
        line.heard += [said.text or "" for said in verb.iter("Say")]
        match verb.tag:
            case "Gather":
                keys = self._keys_of(line)
                self._ask(line, verb.attrib["action"], {"Digits": keys})
                return True
            case "Dial":
                self._join(line, verb, verb[0])
                return True
            case "Hangup" | "Reject":
                self.over(line)
                return True
            case "Redirect":
                self._ask(line, verb.text or "")
                return True
        assert verb.tag in {"Say", "Pause", "Play"}, verb.tag
        return False

    def _keys_of(self, line: Line) -> str:
        number = line.caller if line.inbound else line.to
        keys = self.people.get(number, Person()).keys
        return keys.pop(0) if keys else ""

    def _join(self, line: Line, dial: Xml.Element, room: Xml.Element) -> None:
        assert room.tag == "Conference"
        assert room.attrib["maxParticipants"] == "3"
        line.room, line.action = room.text or "", dial.attrib["action"]
        told = {
            "ConferenceSid": "CF" + line.room,
            "FriendlyName": line.room,
            "StatusCallbackEvent": "participant-join",
        }
        self._hook(NEWS, line, room.attrib["statusCallback"], told)

    def _tell(self, line: Line, status: str, *, event: str = "") -> None:
        line.status = status
        if (event or status) not in line.events or "StatusCallback" not in line.fields:
            return
        told = {"Timestamp": format_datetime(datetime.now(UTC)), "SequenceNumber": ""}
        told |= {"SequenceNumber": str(line.sequence), "CallbackSource": "call-progress-events"}
        line.sequence += 1
        if status in ENDS:
            told |= {"SipResponseCode": SIP.get(status, "487")}
            told |= {"CallDuration": "0" if status != "completed" else "1"}
        self._hook(NEWS, line, line.fields["StatusCallback"], told)

    def _ask(self, line: Line, url: str, told: dict[str, str] | None = None) -> None:
        self._hook(TWIML, line, url, told or {})

    def _hook(self, kind: str, line: Line, url: str, told: dict[str, str]) -> None:
        facts = {
            "CallSid": line.sid,
            "AccountSid": ACCOUNT,
            "From": line.caller,
            "To": line.to,
            "CallStatus": line.status,
            "ApiVersion": "2010-04-01",
            "Direction": "inbound" if line.inbound else "outbound-api",
        }
        is_lost = self.loses_news and kind == NEWS
        (self.lost if is_lost else self.waiting).append(Hook(kind, line, url, facts | told))

    def _sid(self) -> str:
        return f"CA{len(self.lines) + 1:032x}"


def form_of(body: bytes) -> tuple[dict[str, str], Sequence[str]]:
    """Return a form's fields, and the events that it names."""
    pairs = parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body))
    events = [value for name, value in pairs if name == "StatusCallbackEvent"]
    return {name: value for name, value in pairs if name != "StatusCallbackEvent"}, events
