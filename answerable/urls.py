"""Every address, by room."""

from __future__ import annotations

from django.urls import include, path, re_path

from answerable.api import mail_hooks
from answerable.help.views import maps

# Django tries one after another: those come first that are asked a hundred times a second.
urlpatterns = [
    path("widget/", include("answerable.widget.urls")),
    path("desk/", include("answerable.desk.urls")),
    path("articles/", include("answerable.authoring.urls")),
    path("api/v1/", include("answerable.api.urls")),
    path("demo/product/", include("answerable.widget.demo.urls")),
    path("desk/reports/", include("answerable.reports.urls")),
    path("files/", include("answerable.apart.urls")),
    path("help/", include("answerable.help.urls")),
    path("live/", include("answerable.live.urls")),
    # Mailgun sends mails as they are where the address says mime.
    re_path(
        r"^mail/providers/(?P<provider>[a-z_-]{1,40})/(?P<purpose>inbound|events)(?:-mime)?/$",
        mail_hooks.call,
        name="mail_hook",
    ),
    path("on-call/", include("answerable.desk.calendar_urls")),
    path("office/", include("answerable.office.urls")),
    path("robots.txt", maps.robots, name="robots"),
    path("patterns/", include("answerable.design.urls")),
    path("", include("answerable.signin.urls")),
    path("sign-in/agent/", include("allauth.urls")),
    path("status/", include("answerable.status.urls")),
    path("telephone/", include("answerable.telephone.urls")),
    path("", include("answerable.wallboard.urls")),
    path("", include("answerable.ops.urls")),
    path("", include("answerable.portal.urls")),
]

# What could not be read, or not be done, is answered in words; design has the page of 404.
handler400 = "answerable.portal.views.refused.bad_request"
handler500 = "answerable.design.failed.server_error"
