"""The rules by which people of an account see requests of their colleagues."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import ContactRequest
from answerable.portal.guards import TEAM, for_super_admins
from answerable.portal.team_forms import RuleForm
from answerable.portal.team_words import rule_words
from answerable.tickets import actions
from answerable.tickets.models import VisibilityRule


@require_http_methods(["GET", "HEAD", "POST"])
@for_super_admins(TEAM)
def rules(request: ContactRequest) -> HttpResponse:
    """Show who sees what, and let another rule be added."""
    me = request.contact
    form = RuleForm(request.POST if request.method == "POST" else None, of=me.customer)
    if form.is_valid() and _added(request, form):
        return redirect("portal:rules")
    in_force = VisibilityRule.objects.in_force().filter(customer=me.customer_id)
    found = in_force.select_related("customer", "made_by", "made_by_agent").order_by("pk")
    context = {
        "form": form,
        "rules": [(rule, rule_words(rule)) for rule in found],
        "me": me,
    }
    status = 422 if form.errors else 200
    return render(request, "portal/rules.html", context, status=status)


@require_POST
@for_super_admins(TEAM)
def end(request: ContactRequest, key: int) -> HttpResponse:
    """End a rule."""
    me = request.contact
    rules = VisibilityRule.objects.select_related("customer")
    rule = get_object_or_404(rules, pk=key, customer=me.customer_id)
    actions.end_rule(rule, by=me, at=now())
    messages.success(request, _("Ended: {rule}").format(rule=rule_words(rule)))
    return redirect("portal:rules")


def _added(request: ContactRequest, form: RuleForm) -> bool:
    me = request.contact
    try:
        rule = actions.add_rule(
            me.customer, who=form.pair("who"), sees=form.pair("sees"), by=me, at=now()
        )
    except actions.RuleThere:
        form.add_error(None, _("There is this rule already."))
        return False
    except actions.TooManyRules:
        form.add_error(None, _("There are 50 rules. End one before you add another."))
        return False
    messages.success(request, _("From now on: {rule}").format(rule=rule_words(rule)))
    return True
