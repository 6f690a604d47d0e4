"""What is wrong, how it goes on, a feed of it, and who is told of it by mail."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.access import contact_of
from answerable.incidents import actions
from answerable.incidents.addresses import unfollowing
from answerable.incidents.models import Follower
from answerable.incidents.queries import followed_by, open_to
from answerable.status import queries


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    context = {"going_on": queries.going_on(), "over": queries.ended_lately(now())}
    return render(request, "status/home.html", context)


@require_safe
@never_cache
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One incident; an internal one is not there."""
    shown = queries.shown(number)
    if shown is None:
        raise Http404
    contact = contact_of(request.user)
    may_follow = contact is not None and open_to(contact, now()).filter(pk=number).exists()
    follows = contact is not None and number in followed_by(contact)
    context = {"shown": shown, "may_follow": may_follow, "follows": follows}
    return render(request, "status/one.html", context)


@require_POST
def follow(request: HttpRequest, number: int) -> HttpResponse:
    """Let a contact who is signed in follow an incident that touches them, or no more."""
    contact = contact_of(request.user)
    if contact is None:
        raise Http404
    if request.POST.get("wanted") == "no":
        shown = queries.shown(number)
        if shown:
            actions.unfollow(shown.incident, contact, at=now())
        return redirect("status:one", number)
    incident = open_to(contact, now()).filter(pk=number).first()
    if incident is None:
        raise Http404
    actions.follow(incident, contact, source=Follower.Source.STATUS, at=now())
    return redirect("status:one", number)


@require_safe
@never_cache
def feed(request: HttpRequest) -> HttpResponse:
    """All that was said lately, for programs that read feeds."""
    home_url = settings.ANSWERABLE_URL + reverse("status:home")
    atom = Atom1Feed(
        title=_("{vendor}: status").format(vendor=settings.ANSWERABLE_VENDOR),
        link=home_url,
        description="",
        language=get_language(),
        feed_url=settings.ANSWERABLE_URL + reverse("status:feed"),
    )
    for update in queries.newest_updates():
        url = settings.ANSWERABLE_URL + reverse("status:one", args=[update.incident_id])
        atom.add_item(
            title=f"{update.get_state_display()}: {update.incident.words}",
            link=f"{url}#update-{update.number}",
            unique_id=f"{url}#update-{update.number}",
            description=update.words,
            pubdate=update.at,
            updateddate=update.at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


@csrf_exempt  # A mail program presses it for its reader (RFC 8058); the address is the proof.
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mails(request: HttpRequest, token: str) -> HttpResponse:
    """Show whether somebody is told of an incident, and change it: looking changes nothing."""
    follower = queries.follower(unfollowing(token))
    if follower is None:
        raise Http404
    if request.method == "POST":
        incident, contact = follower.incident, follower.contact
        if request.POST.get("wanted") == "yes":
            actions.follow(incident, contact, source=follower.source, at=now())
        else:
            actions.unfollow(incident, contact, at=now())
        return redirect("status:mails", token)
    return render(request, "status/mails.html", {"follower": follower})
