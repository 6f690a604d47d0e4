"""The double's recordings: begun, paused, ended and deleted, as Twilio documents it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Sound:
    """One recording, as the provider has it."""

    sid: str
    call: str
    url: str
    status: str = "in-progress"
    told: bool = False
    was: list[str] = field(default_factory=list)

    def resource(self) -> dict[str, object]:
        """What the API answers about it."""
        return {"sid": self.sid, "call_sid": self.call, "status": self.status}


@dataclass
class Recordings:
    """All recordings of an account."""

    kept: dict[str, Sound] = field(default_factory=dict)
    made: int = 0
    sound: bytes = b"ID3 the sound of both"

    def begin(self, call: str, fields: dict[str, str]) -> Sound:
        """Record a call, as POST Calls/SID/Recordings.json does."""
        self.made += 1
        sound = Sound(f"RE{self.made:032x}", call, fields["RecordingStatusCallback"])
        self.kept[sound.sid] = sound
        return sound

    def change(self, sid: str, status: str) -> Sound:
        """Pause one, go on, or end it, as POST Calls/SID/Recordings/SID.json does."""
        sound = self.kept[sid]
        sound.was.append(status)
        sound.status = "completed" if status == "stopped" else status
        return sound

    def over(self, call: str) -> None:
        """End what is recorded of a call that is over."""
        for sound in self.kept.values():
            if sound.call == call and sound.status in {"in-progress", "paused"}:
                sound.status = "completed"

    def news(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Return whom to tell that which recordings are there, each once."""
        for sound in self.kept.values():
            if sound.status == "completed" and not sound.told:
                sound.told = True
                place = f"https://api.example.com/Recordings/{sound.sid}"
                told = {"RecordingSid": sound.sid, "RecordingUrl": place}
                told |= {"RecordingStatus": "completed", "CallSid": sound.call}
                yield sound.url, told
