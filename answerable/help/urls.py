"""The help centre's addresses. `robots.txt` stands at the root (`answerable.urls`)."""

from __future__ import annotations

from django.urls import path, register_converter

from answerable.help.views import article, feedback, files, home, maps


class Language:
    """A language in an address: “de”, “pt-br”."""

    regex = "[a-z]{2,3}(?:-[a-z0-9]{2,8})?"

    def to_python(self, value: str) -> str:
        """Return it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return it in small letters."""
        return value.lower()


register_converter(Language, "language")

app_name = "help"
urlpatterns = [
    path("", home.any_language, name="start"),
    path("sitemap.xml", maps.sitemap, name="sitemap"),
    path("files/<int:key>/", files.file, name="file"),
    path("<language:language>/", home.home, name="home"),
    path("<language:language>/topics/<slug:key>/", home.category, name="category"),
    path("<language:language>/<slug:slug>/", article.article, name="article"),
    path("<language:language>/<slug:slug>/helpful/", feedback.helpful, name="helpful"),
]
