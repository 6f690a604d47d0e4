"""A customer's support code: made, replaced, and shown once."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.accounts.actions.codes import make_support_code
from answerable.accounts.guards import ContactRequest, contact_required
from answerable.accounts.models import SupportCode


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@contact_required
def support_code(request: ContactRequest) -> HttpResponse:
    """Say whether somebody has a support code; make one, in place of the one before."""
    me, code = request.contact, ""
    if request.method == "POST":
        code = make_support_code(me, at=now())
    kept = SupportCode.objects.filter(contact=me).first()
    context = {"code": code, "kept": kept, "me": me}
    return render(request, "portal/support_code.html", context)
