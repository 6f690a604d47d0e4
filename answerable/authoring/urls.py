"""The addresses under which articles are written."""

from __future__ import annotations

from django.urls import path

from answerable.authoring.views import (
    addresses,
    articles,
    categories,
    editor,
    files,
    funnel,
    links,
    listing,
    shipped,
    synonyms,
    tickets,
    translations,
    versions,
)

app_name = "authoring"
TEXT = "<slug:key>/<slug:language>/"
urlpatterns = [
    path("", listing.articles, name="articles"),
    path("new/", articles.new, name="new"),
    path("shipped/", shipped.take_in, name="shipped"),
    path("categories/", categories.categories, name="categories"),
    path("categories/new/", categories.new, name="category_new"),
    path("categories/<int:number>/", categories.one, name="category"),
    path("categories/<int:number>/place/", categories.place, name="category_place"),
    path("categories/<int:number>/delete/", categories.delete, name="category_delete"),
    path("answers/", funnel.answers, name="answers"),
    path("answers/stories/", funnel.stories, name="stories"),
    path("links/", links.links, name="links"),
    path("synonyms/", synonyms.synonyms, name="synonyms"),
    path("links/look/", links.look, name="links_look"),
    path("from-ticket/<int:number>/", tickets.from_ticket, name="from_ticket"),
    path("one/<slug:key>/", articles.article, name="article"),
    path("one/<slug:key>/facts/", articles.facts, name="facts"),
    path("one/<slug:key>/official/", articles.official, name="official"),
    path("one/<slug:key>/remove/", articles.remove, name="remove"),
    path("one/<slug:key>/restore/", articles.restore, name="restore"),
    path("one/<slug:key>/language/", translations.language, name="language"),
    path(f"text/{TEXT}", editor.edit, name="edit"),
    path(f"text/{TEXT}preview/", editor.preview, name="preview"),
    path(f"text/{TEXT}discard/", editor.discard, name="discard"),
    path(f"text/{TEXT}rebase/", editor.rebase, name="rebase"),
    path(f"text/{TEXT}files/", files.add, name="files"),
    path(f"text/{TEXT}address/", addresses.address, name="address"),
    path(f"text/{TEXT}versions/", versions.versions, name="versions"),
    path(f"text/{TEXT}versions/<int:number>/", versions.version, name="version"),
    path(
        f"text/{TEXT}versions/<int:number>/restore/", versions.restore, name="version_restore"
    ),
    path(f"text/{TEXT}translate/", translations.translate, name="translate"),
    path(f"text/{TEXT}translate/cancel/", translations.cancel, name="translate_cancel"),
    path(f"text/{TEXT}checked/", translations.checked, name="checked"),
]
