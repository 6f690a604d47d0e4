"""The addresses of new tickets: each page goes by a token of its own."""

from __future__ import annotations

from django.urls import path

from answerable.desk.views import new_person, new_ticket, new_writing

urlpatterns = [
    path("new/", new_ticket.new, name="new"),
    path("new/<uuid:token>/", new_ticket.ticket, name="new_ticket"),
    path("new/<uuid:token>/people/", new_ticket.people, name="new_people"),
    path("new/<uuid:token>/person/", new_person.person, name="new_person"),
    path("new/<uuid:token>/promise/", new_ticket.promise, name="new_promise"),
    path("new/<uuid:token>/macros/", new_writing.macros, name="new_macros"),
    path("new/<uuid:token>/recipients/", new_writing.recipients, name="new_recipients"),
    path("new/<uuid:token>/articles/", new_writing.articles, name="new_articles"),
    path("new/<uuid:token>/in-theirs/", new_writing.translation, name="new_in_theirs"),
    path("new/<uuid:token>/draft/", new_ticket.draft, name="new_draft"),
    path("new/<uuid:token>/files/", new_ticket.uploads, name="new_uploads"),
]
