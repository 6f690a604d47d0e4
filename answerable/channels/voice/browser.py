"""Calls from browser to browser: between the desk and a page of the customer's, with our
signalling. It needs no number and no provider, only that the customer's page is open."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from answerable.channels.voice.models import Call, Listener, Transfer
from answerable.channels.voice.ways import Act, Reached, Shown, Way
from answerable.live.events import Changed, publish
from answerable.tickets.models import Callback

# A page that waits for a call says so every twenty seconds.
HEARD_WITHIN = timedelta(seconds=45)


class FromBrowser(Way):
    """Both sides have a bar of their own, which says how the call stands and steers it."""

    key = Call.Way.BROWSER.value

    def words(self) -> str:
        """Return what an agent reads who chooses from where to call."""
        return _("this browser")

    def is_ready(self, whom: Callback | Reached, *, at: datetime) -> bool:
        """Say whether the customer has a page open at which it can ring."""
        if isinstance(whom, Reached):
            return False
        since = at - HEARD_WITHIN
        there = Listener.objects.filter(contact=whom.contact_id, heard_at__gte=since)
        return there.exclude(declined=whom).exists()

    def shown(self, call: Call) -> Shown:
        """Return that the bar does it all, but for handing the call on."""
        return Shown(acts=frozenset({Act.HAND_ON}), has_bar=True)

    def begin(self, call: Call, *, at: datetime) -> None:
        """Let the agent's pages find their bar; the customer's hear of the ticket anyway."""
        if call.agent_id:
            publish(Changed(f"notices-{call.agent_id}"))

    def bring(self, call: Call, transfer: Transfer, *, at: datetime) -> None:
        """Let the pages of who comes find their bar, which takes the call by itself."""
        publish(Changed(f"notices-{transfer.taken_by_id}"))
