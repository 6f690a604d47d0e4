"""Where the command palette leads, beside tickets: pages of the desk, by what people call them.

Office, reports and articles are other faces: they are named by their addresses.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from answerable.accounts.guards import RANKS
from answerable.accounts.models import Agent
from answerable.desk.keys import Words


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its address, its name, other words for what is there, and who may open it."""

    address: str
    name: Words
    also: Words = ""
    role: str = Agent.Role.AGENT


LEAD, ADMINISTRATOR = Agent.Role.LEAD, Agent.Role.ADMINISTRATOR
PLACES = (
    Place("/desk/macros/", _("Macros"), _("canned replies templates")),
    Place("/desk/macros/new/", _("New macro"), _("canned reply template")),
    Place("/desk/drafts/", _("Post-mortems"), _("missed learnt critical")),
    Place("/desk/incidents/new/", _("Start an incident"), _("outage")),
    Place("/desk/on-call/", _("On call: my shifts"), _("rota pager cover standby calendar")),
    Place("/articles/", _("Articles"), _("knowledge help centre")),
    Place("/articles/new/", _("New article"), _("knowledge write")),
    Place("/desk/reports/promises/", _("Reports: promises"), _("kept missed attainment"), LEAD),
    Place("/desk/reports/remedies/", _("Reports: remedies"), _("credits owed"), LEAD),
    Place(
        "/office/plans/",
        _("Plans and support hours"),
        _("calendars opening hours holidays promises contracts"),
        ADMINISTRATOR,
    ),
    Place("/office/people/", _("Agents"), _("people absences skills duty"), ADMINISTRATOR),
    Place("/office/people/skills/", _("Skills"), _("teams products"), ADMINISTRATOR),
    Place("/office/labels/", _("Labels of this desk"), _("tags"), ADMINISTRATOR),
    Place("/office/fields/", _("Fields of tickets"), _("custom fields"), ADMINISTRATOR),
    Place("/office/statuses/", _("Statuses"), _("states names"), ADMINISTRATOR),
    Place("/office/mail/", _("Mail that came in"), _("inbox parked ledger"), ADMINISTRATOR),
    Place("/office/mail/queue/", _("Mail that goes out"), _("outbox sending"), ADMINISTRATOR),
    Place("/office/mail/mailboxes/", _("Mailboxes"), _("imap addresses"), ADMINISTRATOR),
    Place("/office/mail/texts/", _("Texts of mails"), _("templates wording"), ADMINISTRATOR),
    Place("/office/on-call/", _("On call: rotas"), _("pager escalation ladder"), ADMINISTRATOR),
    Place("/office/widget/", _("Help widget"), _("embed keys identity"), ADMINISTRATOR),
    Place("/office/telephone/", _("Telephone"), _("calls numbers twilio"), ADMINISTRATOR),
)


def places_for(agent: Agent) -> list[Place]:
    """Return the pages that an agent may open."""
    rank = RANKS.index(Agent.Role(agent.role))
    return [place for place in PLACES if RANKS.index(Agent.Role(place.role)) <= rank]
