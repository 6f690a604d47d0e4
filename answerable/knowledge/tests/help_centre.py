"""A small help centre for the tests of search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from answerable.knowledge.actions import About, Written, add_article, publish_article
from answerable.knowledge.models import Article

EXPORTS = """
An export takes all of your contacts with it.

## Before you begin

You need the right to *export*. A Super Admin gives it to you under Settings.

## When an export fails

Code E-4012 says that the file was too large. Choose fewer columns, then export again.
"""
SIGN_IN = """
Open the sign-in page and enter your address. We send you a link.

## You forgot your password

Choose *Forgot password* and follow the link in the mail. It is good for one hour.
"""
INVOICES = """
Invoices are made on the first day of each month. Download them under Billing.

## Another address

Change the address of the invoice before the month ends. Code E-4013 means that it is too late.
"""
GERMAN_EXPORTS = """
Ein Export nimmt alle Kontakte mit.

## Bevor Sie anfangen

Sie brauchen das Recht auf Exporte.

## Wenn ein Export fehlschlägt

Der Fehler E-4012 sagt, dass die Datei zu groß war. Wählen Sie weniger Spalten.
"""


def write(
    title: str,
    body: str,
    *,
    at: datetime,
    official: str = "en",
    about: About | None = None,
) -> Article:
    article = add_article(title, official=official, about=about or About(), at=at)
    publish_article(article, official, Written(title, body), by=None, at=at)
    return article


def open_help_centre(at: datetime) -> Sequence[Article]:
    """Open one with three articles, of which the first is in German too."""
    exports = write("Exports", EXPORTS, at=at, about=About(products=("service",)))
    german = Written("Kontakte exportieren", GERMAN_EXPORTS)
    publish_article(exports, "de", german, by=None, at=at)
    sign_in = write("Sign in", SIGN_IN, at=at)
    invoices = write("Invoices", INVOICES, at=at, about=About(products=("billing",)))
    return exports, sign_in, invoices
