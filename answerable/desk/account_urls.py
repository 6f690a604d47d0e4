"""The addresses of the customer pane, of whose a ticket is, and of signatures."""

from __future__ import annotations

from django.urls import path

from answerable.desk.views import account, belonging, cards, signatures

urlpatterns = [
    path("pane/", account.fold, name="fold_pane"),
    path("signatures/", signatures.signatures, name="signatures"),
    path("signatures/preview/", signatures.preview, name="signature_preview"),
    path("signatures/<str:whose>/", signatures.one, name="signature"),
    path("tickets/<int:number>/whose/", belonging.whose, name="whose"),
    path("tickets/<int:number>/account/", account.account, name="account"),
    path("tickets/<int:number>/account/cards/<int:source>/", cards.fetched, name="card"),
    path("tickets/<int:number>/account/notes/", account.note_new, name="account_note_new"),
    path("tickets/<int:number>/account/notes/<int:note>/", account.note, name="account_note"),
    path(
        "tickets/<int:number>/account/notes/<int:note>/versions/",
        account.note_versions,
        name="account_note_versions",
    ),
    path(
        "tickets/<int:number>/account/notes/<int:note>/remove/",
        account.note_remove,
        name="account_note_remove",
    ),
    path(
        "tickets/<int:number>/account/notes/<int:note>/back/",
        account.note_back,
        name="account_note_back",
    ),
]
