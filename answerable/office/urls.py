"""The addresses of the office. What ends in preview, tickets or rows is a part of a page."""

from __future__ import annotations

from django.urls import path

from answerable.office.views import editor, mail, plans, publishing, sources, texts, versions

app_name = "office"
urlpatterns = [
    path("", plans.home, name="home"),
    path("mail/texts/", texts.texts, name="mail_texts"),
    path("mail/texts/preview/", texts.preview, name="mail_preview"),
    path("mail/texts/test/", texts.send_test, name="mail_test"),
    path("mail/queue/", mail.queue, name="mail_queue"),
    path("mail/queue/<int:number>/now/", mail.try_now, name="mail_try"),
    path("mail/queue/<int:number>/cancel/", mail.cancel, name="mail_cancel"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.new, name="new"),
    path("plans/<slug:key>/", versions.version, name="plan"),
    path("plans/<slug:key>/v/<int:number>/", versions.version, name="version"),
    path("plans/<slug:key>/v/<int:number>/text/", versions.text, name="text"),
    path("plans/<slug:key>/compare/", versions.compare, name="compare"),
    path("plans/<slug:key>/retire/", versions.retire, name="retire"),
    path("plans/<slug:key>/delete/", versions.delete, name="delete"),
    path("plans/<slug:key>/edit/", editor.edit, name="edit"),
    path("plans/<slug:key>/edit/preview/", editor.preview, name="preview"),
    path("plans/<slug:key>/edit/tickets/", editor.tickets, name="tickets"),
    path("plans/<slug:key>/edit/text/", editor.text, name="draft_text"),
    path("plans/<slug:key>/edit/upload/", editor.upload, name="upload"),
    path("plans/<slug:key>/edit/file/", sources.file, name="file"),
    path("plans/<slug:key>/edit/discard/", editor.discard, name="discard"),
    path("plans/<slug:key>/feeds/follow/", sources.follow, name="follow"),
    path("plans/<slug:key>/feeds/keep/", sources.keep, name="keep"),
    path("plans/<slug:key>/publish/", publishing.publish, name="publish"),
]
