"""“Test: call me now”: a customer's own number is called, and they see whether it works."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import ContactRequest, contact_required
from answerable.channels.voice.twilio.actions.trying import TriedOften, begin_test_of
from answerable.intake.trying import last_try, tried, why_not
from answerable.lib.phones import shown_phone


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@contact_required
def phone_test(request: ContactRequest) -> HttpResponse:
    """Call somebody to try their number, or show how that went."""
    me = request.contact
    if request.method == "POST":
        if problem := why_not(me, now(), get_current_timezone()):
            messages.error(request, problem)
            return redirect("portal:preferences")
        try:
            begin_test_of(me, at=now())
        except TriedOften:
            messages.error(request, _("You tried it three times. Try again in an hour."))
            return redirect("portal:preferences")
        return redirect("portal:phone_test")
    leg = last_try(me)
    if leg is None:
        return redirect("portal:preferences")
    context = {"me": me, "shown": shown_phone(leg.phone), "tried": tried(leg)}
    return render(request, "portal/phone_test.html", context)
