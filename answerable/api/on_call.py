"""Who is on call, for programs."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.timezone import now
from ninja import Router

from answerable.accounts.models import Agent
from answerable.api import shapes
from answerable.routing.core.rota import who
from answerable.routing.on_call import SEEN, Place, on_call_until, plans

router = Router(tags=["on call"])


@router.get("", response=list[shapes.Called])
def on_call(request: HttpRequest) -> list[dict[str, object]]:
    """Return who is on call at each place now, or that nobody is, and until when that is so."""
    at = now()
    known = plans(Place.values, at, at + SEEN)
    called = {place: who(plan, at) for place, plan in known.items()}
    numbers = [number for number in called.values() if number]
    names = dict(Agent.objects.filter(pk__in=numbers).values_list("pk", "name"))
    return [
        {
            "place": place,
            "agent": called[place],
            "name": names.get(called[place] or 0),
            "until": on_call_until(plan, at),
        }
        for place, plan in known.items()
    ]
