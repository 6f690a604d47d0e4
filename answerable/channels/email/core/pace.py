"""How many connections and mails one sender may have. Pure: the time is an argument."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from ipaddress import ip_address

MINUTE = 60.0
MOST_KNOWN = 10_000
# Whoever has an IPv6 network has all of its addresses.
NETWORK_BITS = 64


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one address: connections at once, and mails a minute. 0 is no limit.

    This machine's own programs are not limited, unless `spares_this_machine` is false.
    """

    connections: int = 50
    mails_a_minute: int = 600
    altogether: int = 1000
    spares_this_machine: bool = True


@dataclass(slots=True)
class Pace:
    """Who is connected, and what each may still send."""

    limits: Limits
    _here: Counter[str] = field(default_factory=Counter)
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def enter(self, sender: str) -> bool:
        """Count a connection, unless it is one too many. Whoever entered must `leave`."""
        limits = self.limits
        if self._here.total() >= limits.altogether:
            return False
        most = 0 if self._is_spared(sender) else limits.connections
        if most and self._here[sender] >= most:
            return False
        self._here[sender] += 1
        return True

    def leave(self, sender: str) -> None:
        """Forget a connection."""
        self._here[sender] -= 1
        if self._here[sender] <= 0:
            del self._here[sender]

    def may_send(self, sender: str, at: float) -> bool:
        """Say whether a sender may send another mail now, and count it. `at` is in seconds.

        So many as a minute allows may come at once; then they come back one by one.
        """
        most = 0 if self._is_spared(sender) else self.limits.mails_a_minute
        if not most:
            return True
        left, since = self._left.get(sender, (float(most), at))
        left = min(left + (at - since) * most / MINUTE, most)
        may = left >= 1
        self._left[sender] = (left - 1 if may else left, at)
        if len(self._left) > MOST_KNOWN:
            self._forget(at)
        return may

    def _forget(self, at: float) -> None:
        """Forget those who may send as much as anybody by now."""
        self._left = {
            sender: (left, since)
            for sender, (left, since) in self._left.items()
            if at - since < MINUTE
        }

    def _is_spared(self, sender: str) -> bool:
        return self.limits.spares_this_machine and sender in {"this machine", ""}


def sender_of(peer: str) -> str:
    """Return what counts as one sender: an address, of IPv6 its network; "this machine"."""
    try:
        address = ip_address(peer.partition("%")[0])
    except ValueError:
        return peer
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback:
        return "this machine"
    if address.version == 4:
        return str(address)
    return str(ip_address(int(address) >> NETWORK_BITS << NETWORK_BITS))
