"""The addresses of the desk. What ends in rows, pane, parts or earlier is a part of a page."""

from __future__ import annotations

from django.urls import path

from answerable.desk.views import (
    acts,
    browser_calls,
    calls,
    composer,
    copies,
    files,
    misses,
    offers,
    queue,
    rating,
    sending,
    ticket,
    triage,
)

app_name = "desk"
urlpatterns = [
    path("", queue.home, name="home"),
    path("next/", queue.next_ticket, name="next"),
    path("duty/", acts.duty, name="duty"),
    path("offers/", offers.offers, name="offers"),
    path("calls/bar/", browser_calls.bar, name="call_bar"),
    path("calls/<str:key>/talk/", browser_calls.talk, name="call_talk"),
    path(
        "calls/<str:key>/recordings/<int:number>/<int:piece>/",
        browser_calls.recorded,
        name="call_recorded",
    ),
    path("sending/", sending.sending, name="sending"),
    path("sending/<int:message>/undo/", sending.undo, name="undo"),
    path("sending/<int:message>/now/", sending.send_now, name="send_now"),
    path("q/<slug:view>/", queue.queue, name="queue"),
    path("q/<slug:view>/rows/", queue.rows, name="rows"),
    path("q/<slug:view>/<int:number>/", queue.queue_ticket, name="queue_ticket"),
    path("q/<slug:view>/<int:number>/pane/", ticket.pane, name="pane"),
    path("tickets/<int:number>/", ticket.ticket, name="ticket"),
    path("tickets/<int:number>/parts/", ticket.parts, name="parts"),
    path("tickets/<int:number>/earlier/", ticket.earlier, name="earlier"),
    path("tickets/<int:number>/why/", ticket.why, name="why"),
    path("tickets/<int:number>/files/<int:attachment>/", files.file, name="file"),
    path("tickets/<int:number>/written/<int:message>/", files.written, name="written"),
    path(
        "tickets/<int:number>/uploads/reply/",
        files.uploads,
        {"mode": "reply"},
        name="upload_reply",
    ),
    path(
        "tickets/<int:number>/uploads/note/",
        files.uploads,
        {"mode": "note"},
        name="upload_note",
    ),
    path("tickets/<int:number>/take/", acts.take, name="take"),
    path("tickets/<int:number>/claim/", offers.claim, name="claim"),
    path("tickets/<int:number>/later/", offers.later, name="later"),
    path("tickets/<int:number>/assign/", acts.assign, name="assign"),
    path("tickets/<int:number>/resolve/", acts.resolve, name="resolve"),
    path("tickets/<int:number>/reopen/", acts.reopen, name="reopen"),
    path("tickets/<int:number>/admit/", acts.admit, name="admit"),
    path("tickets/<int:number>/copies/<int:participant>/", copies.copies, name="copies"),
    path("tickets/<int:number>/severity/", rating.severity, name="severity"),
    path("tickets/<int:number>/facts/", rating.facts, name="facts"),
    path("tickets/<int:number>/another-look/", rating.another_look, name="another_look"),
    path("tickets/<int:number>/call/", calls.call, name="call"),
    path("tickets/<int:number>/call/now/", calls.call_now, name="call_now"),
    path("tickets/<int:number>/call/end/", calls.call_end, name="call_end"),
    path("tickets/<int:number>/call/note/", calls.call_note, name="call_note"),
    path("tickets/<int:number>/call/code/", calls.call_code, name="call_code"),
    path("tickets/<int:number>/call/do/<slug:what>/", calls.call_act, name="call_act"),
    path("tickets/<int:number>/triage/", triage.decide, name="triage"),
    path("tickets/<int:number>/misses/<int:clock>/", misses.miss, name="miss"),
    path("tickets/<int:number>/misses/<int:clock>/excuse/", misses.excuse, name="excuse"),
    path("tickets/<int:number>/misses/<int:clock>/comment/", misses.comment, name="comment"),
    path(
        "tickets/<int:number>/misses/<int:clock>/appeal/", misses.decide, name="decide_appeal"
    ),
    path("tickets/<int:number>/reply/", composer.reply, name="reply"),
    path("tickets/<int:number>/note/", composer.note, name="note"),
    path(
        "tickets/<int:number>/draft/reply/",
        composer.draft,
        {"mode": "reply"},
        name="draft_reply",
    ),
    path(
        "tickets/<int:number>/draft/note/", composer.draft, {"mode": "note"}, name="draft_note"
    ),
    path(
        "tickets/<int:number>/draft/call/", composer.draft, {"mode": "call"}, name="draft_call"
    ),
]
