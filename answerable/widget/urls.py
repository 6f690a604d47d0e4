"""The widget's addresses."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.gzip import gzip_page

from answerable.widget.views import (
    asking,
    calling,
    chatting,
    contacting,
    frame,
    known,
    reading,
    ringing,
    scripts,
    session,
    streaming,
    surveying,
    talking,
)

app_name = "widget"
# Parts of HTML for the panel. Django pads what it compresses, so that its length tells nothing.
VIEWS = {
    "frame": frame.frame,
    "signed-out": frame.signed_out,
    "ask": asking.ask,
    "answers": asking.answers,
    "known": known.known,
    "affected": known.affected,
    "article": reading.article,
    "helpful": reading.helpful,
    "contact": contacting.contact,
    "cards": contacting.cards,
    "email": contacting.email,
    "promise": contacting.promise,
    "send": contacting.send,
    "call": calling.call,
    "ask-for-call": calling.ask_for_call,
    "act": calling.act,
    "ringing": ringing.ringing,
    "talk": ringing.talk,
    "chat": chatting.chat,
    "begin-chat": chatting.begin,
    "chat-say": chatting.say,
    "chat-change": chatting.change,
    "chat-seen": chatting.seen,
    "chat-typing": chatting.typing,
    "chat-copy": chatting.copy,
    "chat-end": chatting.end,
    "chat-over": chatting.over,
    "chat-solved": chatting.solved,
    "requests": talking.requests,
    "mine": talking.mine,
    "request": talking.request,
    "conversation": talking.conversation,
    "stands": talking.stands,
    "say": talking.say,
    "confirm": talking.confirm,
    "solved": talking.solved,
    "survey": surveying.survey,
    "why": talking.why,
    "news": talking.news,
}
urlpatterns = [
    path("1.js", scripts.loader, name="loader"),
    path("<str:name>.js", scripts.other, name="script"),
    path("session/", session.session, name="session"),
    path("stream/", streaming.stream, name="stream"),
    path("chats/<str:key>/stream/", chatting.stream, name="chat_stream"),
    *(
        path(f"views/{name}/", gzip_page(view), name=name.replace("-", "_"))
        for name, view in VIEWS.items()
    ),
]
