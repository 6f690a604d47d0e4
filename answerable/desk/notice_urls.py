"""The addresses of what one is told, of how, of what cards of notices do, and of who is on
call."""

from __future__ import annotations

from django.urls import path

from answerable.desk.views import notice_wishes, notices, on_call

urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/news/", notices.news, name="notices_news"),
    path("notices/read/", notices.read, name="notices_read"),
    path("notices/<int:number>/away/", notices.away, name="notice_away"),
    path("notices/<int:number>/take-over/", notices.take_over, name="notice_take_over"),
    path("notices/how/", notice_wishes.wishes, name="notice_wishes"),
    path("notices/how/quieter/", notice_wishes.quieter, name="notices_quieter"),
    path("notices/how/as-loud/", notice_wishes.as_loud, name="notices_as_loud"),
    path("notices/how/browsers/", notice_wishes.subscribe, name="notices_subscribe"),
    path(
        "notices/how/browsers/<int:number>/remove/",
        notice_wishes.unsubscribe,
        name="notices_unsubscribe",
    ),
    path("on-call/", on_call.on_call, name="on_call"),
    path("on-call/covers/<int:number>/remove/", on_call.uncover, name="on_call_uncover"),
    path("on-call/calendar/", on_call.make_calendar, name="shift_calendar"),
    path("on-call/calendar/end/", on_call.end_calendar, name="shift_calendar_end"),
    path("push-worker.js", notice_wishes.worker, name="push_worker"),
    path("tickets/<int:number>/follow/", notices.follow, name="follow"),
]
