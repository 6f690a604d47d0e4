"""A contact asks for their data, and has it while it is there."""

from __future__ import annotations

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.exports.actions import ask_for_data
from answerable.accounts.guards import ContactRequest, contact_required
from answerable.accounts.models import DataExport
from answerable.files.reading import pieces
from answerable.portal.jobs import make_export
from answerable.portal.queries.preferences import export_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@contact_required
def ask(request: ContactRequest) -> HttpResponse:
    """Ask for a copy of one's data; show how far it is."""
    if request.method == "POST":
        export, is_new = ask_for_data(request.contact, at=now())
        if is_new:
            make_export.defer(number=export.pk)
        return redirect("portal:preferences")
    context = {"export": export_of(request.contact), "now": now(), "me": request.contact}
    return render(request, "portal/_data.html", context)


@require_safe
@never_cache
@contact_required
def data(request: ContactRequest, key: int) -> HttpResponseBase:
    """Give a copy of one's own data, until it ends."""
    exports = DataExport.objects.filter(contact=request.contact).select_related("file")
    export = get_object_or_404(exports, pk=key)
    if export.file is None or not export.is_there(now()):
        raise Http404
    answer = StreamingHttpResponse(pieces(export.file), content_type="application/zip")
    answer.headers["Content-Length"] = str(export.file.size)
    answer.headers["Content-Disposition"] = 'attachment; filename="my-data.zip"'
    return answer
