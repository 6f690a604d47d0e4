"""Where customers write, and read what they were promised."""

from __future__ import annotations

from django.urls import path, re_path

from answerable.portal.views import (
    calls,
    confirming,
    contact,
    files,
    misses,
    outbox,
    rating,
    report,
    requests,
)

app_name = "portal"
urlpatterns = [
    path("contact/", contact.contact, name="new"),
    path("contact/promise/", contact.promise, name="offer"),
    path("contact/call/", calls.call, name="call"),
    path("contact/call/number/", calls.number, name="call_number"),
    re_path(r"^contact/call/(?P<what>cancel|now)/$", calls.act, name="call_act"),
    path("contact/uploads/", files.upload_new, name="upload_new"),
    path("requests/", requests.requests, name="requests"),
    path("requests/<int:number>/", requests.one, name="request"),
    path("requests/<int:number>/conversation/", requests.conversation, name="conversation"),
    path("requests/<int:number>/promise/", requests.promise, name="promise"),
    path("requests/<int:number>/why/", requests.why, name="why"),
    path("requests/<int:number>/files/<int:attachment>/", files.file, name="file"),
    path("requests/<int:number>/written/<int:message>/", files.written, name="written"),
    path("requests/<int:number>/uploads/", files.upload, name="upload"),
    path("requests/<int:number>/messages/", requests.answer, name="answer"),
    path("requests/<int:number>/severity/", rating.severity, name="severity"),
    path("requests/<int:number>/another-look/", rating.another_look, name="another_look"),
    path("requests/<int:number>/confirmation/", confirming.confirm, name="confirm"),
    path("requests/<int:number>/closure/", requests.solved, name="solved"),
    path("requests/<int:number>/reopening/", requests.not_solved, name="not_solved"),
    path("requests/<int:number>/misses/<int:clock>/appeal/", misses.appeal, name="appeal"),
    path("report/", report.report, name="report"),
    path("report/sheet/", report.sheet_of_lines, name="report_sheet"),
    path("report/list/", report.listed, name="report_list"),
    path("report/list/sheet/", report.sheet_of_list, name="report_list_sheet"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:key>/", outbox.mail, name="mail"),
]
