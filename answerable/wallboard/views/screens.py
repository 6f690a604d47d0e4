"""Screens on walls: their pages, which nobody signs in for, and the links to them."""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.forecast.access import Watcher, screen_of
from answerable.forecast.actions import end_screen, make_screen
from answerable.forecast.models import Screen
from answerable.live.streaming import Ask, connection_given_back, streamed
from answerable.wallboard.board import vendors_zone
from answerable.wallboard.forms import ScreenForm
from answerable.wallboard.guards import lead_required, watcher_required
from answerable.wallboard.views.wall import frame, shown

TOPICS = frozenset({"queue-all", "wall-all", "crew-all"})


@require_safe
@never_cache
@watcher_required
def screen(request: HttpRequest, watcher: Watcher) -> HttpResponse:
    """The board on a screen that nobody is signed in on."""
    with timezone.override(vendors_zone()):
        context = shown(watcher, is_tv=True) | {
            "tiles_url": f"{request.path}tiles/",
            "stream": f"{request.path}stream/",
        }
        answer = render(request, "wallboard/tv.html", context)
    # The address is the key: it is told to nobody, and no engine may list it.
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
@never_cache
@watcher_required
def screen_tiles(request: HttpRequest, watcher: Watcher) -> HttpResponse:
    """The tiles alone, for a screen."""
    with timezone.override(vendors_zone()):
        return render(request, "wallboard/_tiles.html", shown(watcher, is_tv=True))


async def screen_stream(request: HttpRequest, token: str) -> HttpResponseBase:
    """The stream of a screen: that something changed, never what. It ends with its link."""

    def ask() -> frozenset[str]:
        return TOPICS if screen_of(token, timezone.now()) else frozenset()

    topics = await sync_to_async(_first)(ask)
    return streamed(request, topics, ask) if topics else HttpResponse(status=404)


def _first(ask: Ask) -> frozenset[str]:
    with connection_given_back():
        return ask()


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@lead_required
def screens(request: AgentRequest) -> HttpResponse:
    """The links that there are, and a form for another one."""
    form = ScreenForm(request.POST if request.method == "POST" else None)
    made = ""
    if request.method == "POST" and form.is_valid():
        _screen, token = make_screen(
            form.cleaned_data["name"],
            by=request.agent,
            at=timezone.now(),
            with_names=form.cleaned_data["with_names"],
        )
        made = request.build_absolute_uri(f"/wall/{token}/")
        form = ScreenForm()
    living = Screen.objects.filter(ended_at=None, expires_at__gt=timezone.now())
    context = frame(request) | {
        "form": form,
        "made": made,
        "screens": living.select_related("made_by").order_by("-pk"),
    }
    return render(
        request, "wallboard/screens.html", context, status=422 if form.errors else 200
    )


@require_POST
@lead_required
def end(request: AgentRequest, number: int) -> HttpResponse:
    """End a link."""
    found = get_object_or_404(Screen, pk=number, ended_at=None)
    end_screen(found, at=timezone.now())
    messages.success(request, _("The link of {name} has ended.").format(name=found.name))
    return redirect("wallboard:screens")
