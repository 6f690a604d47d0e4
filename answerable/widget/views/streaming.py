"""What happens to a person's requests, as it happens, for an open panel."""

from __future__ import annotations

from functools import partial
from typing import cast

from django.http import HttpResponse

from answerable.accounts.models import Contact
from answerable.channels.voice.access import call_of_contact
from answerable.intake.known import TOPIC as KNOWN
from answerable.live.streaming import MOST_TOPICS, connection_given_back, streamed
from answerable.tickets.access import seen_by
from answerable.widget.guards import (
    WidgetRequest,
    contact_required,
    for_widgets,
    widget_reader,
)

OF_ONE, OF_MINE, OF_A_CALL = "request", "requests", "call-"


@for_widgets("GET")
@contact_required
def stream(request: WidgetRequest) -> HttpResponse:
    """Open the stream of the topics named in ?topics= that this person may listen to."""
    wanted = request.GET.get("topics", "").split(",")[:MOST_TOPICS]
    ask = partial(_topics, request, wanted)
    with connection_given_back():
        topics = ask()
    if not topics:
        return HttpResponse(status=404)
    # The guards give an answer its headers, whether it is whole or told bit by bit.
    return cast(HttpResponse, streamed(request, topics, ask))


def _topics(request: WidgetRequest, wanted: list[str]) -> frozenset[str]:
    """Ask anew who this is: a session or a right that has ended ends the stream."""
    person = widget_reader(request)
    if person is None:
        return frozenset()
    numbers = {int(key) for room, key in map(_parted, wanted) if room == OF_ONE and key}
    seen = seen_by(person).filter(pk__in=numbers)
    topics = {f"{OF_ONE}-{number}" for number in seen.values_list("pk", flat=True)}
    mine = f"{OF_MINE}-{person.pk}"
    calls = {topic for topic in wanted if _is_call_of(person, topic)}
    return frozenset(topics | calls | ({mine, KNOWN} & set(wanted)))


def _is_call_of(person: Contact, topic: str) -> bool:
    if not topic.startswith(OF_A_CALL):
        return False
    return call_of_contact(person, topic.removeprefix(OF_A_CALL)) is not None


def _parted(topic: str) -> tuple[str, str]:
    room, _, key = topic.partition("-")
    return room, key if key.isascii() and key.isdigit() and len(key) <= 18 else ""
