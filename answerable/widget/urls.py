"""The widget's addresses."""

from __future__ import annotations

from django.urls import path

from answerable.widget.views import (
    asking,
    calling,
    contacting,
    frame,
    reading,
    scripts,
    session,
    streaming,
    talking,
)

app_name = "widget"
urlpatterns = [
    path("1.js", scripts.loader, name="loader"),
    path("<str:name>.js", scripts.panel, name="panel"),
    path("session/", session.session, name="session"),
    path("stream/", streaming.stream, name="stream"),
    path("views/frame/", frame.frame, name="frame"),
    path("views/signed-out/", frame.signed_out, name="signed_out"),
    path("views/ask/", asking.ask, name="ask"),
    path("views/answers/", asking.answers, name="answers"),
    path("views/article/", reading.article, name="article"),
    path("views/helpful/", reading.helpful, name="helpful"),
    path("views/contact/", contacting.contact, name="contact"),
    path("views/cards/", contacting.cards, name="cards"),
    path("views/email/", contacting.email, name="email"),
    path("views/promise/", contacting.promise, name="promise"),
    path("views/send/", contacting.send, name="send"),
    path("views/call/", calling.call, name="call"),
    path("views/ask-for-call/", calling.ask_for_call, name="ask_for_call"),
    path("views/act/", calling.act, name="act"),
    path("views/requests/", talking.requests, name="requests"),
    path("views/request/", talking.request, name="request"),
    path("views/conversation/", talking.conversation, name="conversation"),
    path("views/say/", talking.say, name="say"),
    path("views/confirm/", talking.confirm, name="confirm"),
    path("views/solved/", talking.solved, name="solved"),
    path("views/why/", talking.why, name="why"),
    path("views/news/", talking.news, name="news"),
]
