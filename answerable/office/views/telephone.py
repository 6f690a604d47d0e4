"""The telephone as an administrator sets it up, and its tests."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.channels.voice.twilio.account import address
from answerable.channels.voice.twilio.actions import setting
from answerable.channels.voice.twilio.client import Failed
from answerable.channels.voice.twilio.models import Leg, Telephone
from answerable.channels.voice.twilio.words import why_words
from answerable.lib.phones import shown_phone
from answerable.office.pages import administrator_required, frame
from answerable.office.queries import telephone as queries
from answerable.office.telephone_forms import TelephoneForm, TestCallForm


def _frame(request: AgentRequest) -> dict[str, object]:
    return frame(request, _("Telephone")) | {"section": "telephone"}


@sensitive_post_parameters("new_token")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def telephone(request: AgentRequest) -> HttpResponse:
    """Show how the telephone is set up, and change it."""
    kept = Telephone.objects.first()
    form = TelephoneForm(request.POST if request.method == "POST" else None, instance=kept)
    if form.is_bound and form.is_valid():
        setting.save_telephone(form.telephone(), at=now())
        messages.success(request, _("Saved."))
        return redirect("office:telephone")
    return _page(request, form, status=422 if form.is_bound else 200)


@require_POST
@administrator_required
def check(request: AgentRequest) -> HttpResponse:
    """Ask the provider for the account and the number, and show what it said."""
    ours = _ours()
    return _page(request, TelephoneForm(instance=ours), tested=queries.account_tested(ours))


@require_POST
@administrator_required
def point(request: AgentRequest) -> HttpResponse:
    """Let calls to our number come here."""
    try:
        setting.point_number_here(_ours())
    except Failed as failed:
        messages.error(request, why_words(failed.why or failed.problem))
    else:
        messages.success(request, _("Calls and text messages to the number come here now."))
    return redirect("office:telephone")


@require_POST
@administrator_required
def test(request: AgentRequest) -> HttpResponse:
    """Call an administrator."""
    ours, form = _ours(), TestCallForm(request.POST)
    if not form.is_valid():
        return _page(request, TelephoneForm(instance=ours), test_form=form, status=422)
    phone = form.cleaned_data["phone"]
    leg = setting.begin_test(phone, language=request.agent.language, at=now())
    return redirect("office:telephone_test", leg.pk)


@require_safe
@never_cache
@administrator_required
def test_call(request: AgentRequest, number: int) -> HttpResponse:
    """Show how a test call goes; the page looks again until it is over."""
    tests = Leg.objects.filter(side=Leg.Side.TEST)
    leg = tests.filter(pk=number).first() if number < 2**63 else None
    if leg is None:
        raise Http404
    context = _frame(request) | {
        "shown": shown_phone(leg.phone),
        "tested": queries.call_tested(leg),
    }
    return render(request, "office/telephone_test.html", context)


def _ours() -> Telephone:
    ours = Telephone.objects.first()
    if ours is None:
        raise Http404
    return ours


def _page(
    request: AgentRequest,
    form: TelephoneForm,
    *,
    tested: queries.Tested | None = None,
    test_form: TestCallForm | None = None,
    status: int = 200,
) -> HttpResponse:
    kept = Telephone.objects.first()
    context = _frame(request) | {
        "form": form,
        "kept": kept,
        "problem": why_words(kept.problem) if kept else "",
        "tested": tested,
        "test_form": test_form or TestCallForm(),
        "addresses": [
            address(queries.ARRIVED),
            address(queries.HUNG_UP),
            address(queries.TEXTED),
        ],
    }
    return render(request, "office/telephone.html", context, status=status)
