"""The addresses of chats at the desk, below `chats/`."""

from __future__ import annotations

from django.urls import path

from answerable.desk.views import chats, chatting, handing

urlpatterns = [
    path("", chats.chats, name="chats"),
    path("rows/", chats.rows, name="chats_rows"),
    path("count/", chats.count, name="chats_count"),
    path("next/", chats.next_one, name="chats_next"),
    path("<str:key>/", chats.chat, name="chat"),
    path("<str:key>/pane/", chats.pane, name="chat_pane"),
    path("<str:key>/parts/", chats.parts, name="chat_parts"),
    path("<str:key>/stream/", chatting.stream, name="chat_stream"),
    path("<str:key>/say/", chatting.say, name="chat_say"),
    path("<str:key>/change/", chatting.change, name="chat_change"),
    path("<str:key>/typing/", chatting.typing, name="chat_typing"),
    path("<str:key>/seen/", chatting.seen, name="chat_seen"),
    path("<str:key>/take/", handing.take, name="chat_take"),
    path("<str:key>/join/", handing.join, name="chat_join"),
    path("<str:key>/leave/", handing.leave, name="chat_leave"),
    path("<str:key>/transfer/", handing.transfer, name="chat_transfer"),
    path("<str:key>/invite/", handing.invite, name="chat_invite"),
    path("<str:key>/end/", handing.end, name="chat_end"),
]
