"""Takes in the articles that come along, so that a help centre begins with something."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.knowledge.actions import How, import_articles
from answerable.knowledge.importing.places import read
from answerable.knowledge.shipped import SHIPPED


@require_POST
@agent_required
def take_in(request: AgentRequest) -> HttpResponse:
    """Publish our own articles about premium support; those that are there stay."""
    with transaction.atomic():
        outcomes = import_articles(read(SHIPPED), How(by=request.agent), at=now())
    new = sum(one.what == "new" for one in outcomes)
    said = ngettext("{count} text is published.", "{count} texts are published.", new)
    messages.success(request, said.format(count=new))
    return redirect("authoring:articles")
