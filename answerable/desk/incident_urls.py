"""The addresses of incidents and side conversations on the desk."""

from __future__ import annotations

from django.urls import path

from answerable.desk.views import files, incident_links, incident_replies, incidents, sides

urlpatterns = [
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/new/", incidents.new, name="incident_new"),
    path("incidents/<int:number>/", incidents.incident, name="incident"),
    path("incidents/<int:number>/parts/", incidents.parts, name="incident_parts"),
    path("incidents/<int:number>/facts/", incidents.facts, name="incident_facts"),
    path("incidents/<int:number>/updates/", incidents.update, name="incident_update"),
    path("incidents/<int:number>/tickets/", incidents.tickets, name="incident_tickets"),
    path("incidents/<int:number>/replies/", incident_replies.new, name="bulk_new"),
    path("incidents/replies/<int:number>/", incident_replies.reply, name="bulk"),
    path("incidents/replies/<int:number>/words/", incident_replies.words, name="bulk_words"),
    path("incidents/replies/<int:number>/parts/", incident_replies.parts, name="bulk_parts"),
    path("incidents/replies/<int:number>/choice/", incident_replies.choose, name="bulk_choose"),
    path("incidents/replies/<int:number>/sending/", incident_replies.send, name="bulk_send"),
    path("incidents/replies/<int:number>/stop/", incident_replies.stop, name="bulk_stop"),
    path("tickets/<int:number>/sides/", sides.new, name="side_new"),
    path("tickets/<int:number>/sides/<int:thread>/", sides.side, name="side"),
    path(
        "tickets/<int:number>/sides/<int:thread>/files/<int:attachment>/",
        sides.file,
        name="side_file",
    ),
    path(
        "tickets/<int:number>/uploads/side/",
        files.uploads,
        {"mode": "side"},
        name="upload_side",
    ),
    path("tickets/<int:number>/incident/", incident_links.link, name="incident_link"),
    path("tickets/<int:number>/incident/none/", incident_links.unlink, name="incident_unlink"),
]
