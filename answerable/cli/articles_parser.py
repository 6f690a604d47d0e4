"""The words of `answerable articles`: its commands, options and help. Nothing is run here."""

from __future__ import annotations

import argparse
from pathlib import Path

from answerable.cli.plan_parser import Adder

SAYS = "Import, export, translate and check the help centre's articles (docs/articles-care.md)."
KINDS = ("markdown", "html", "zendesk", "helpscout", "hubspot")
TRY = "say what would be done, and do nothing"


def add_articles(to: Adder) -> None:
    """Add `answerable articles` and its commands."""
    articles = to.group("articles", SAYS)
    for add in (_import, _export, _links, _translate, _check, _index):
        add(articles)


def _import(to: Adder) -> argparse.ArgumentParser:
    taken = to.add(
        "import",
        "articles_import:run",
        "Take in articles: a tree of Markdown or HTML, an export of Zendesk Guide (JSON), "
        "Help Scout Docs (JSON) or HubSpot (CSV, XLSX). What did not change stays as it is.",
        example="answerable articles import ./docs --as ana@vendor.example --try",
    )
    taken.add_argument("place", metavar="PLACE", nargs="?", type=Path, help="a folder or file")
    taken.add_argument(
        "--shipped", action="store_true", help="our own articles about premium support"
    )
    taken.add_argument("--kind", choices=KINDS, help="how to read it; else that is found out")
    taken.add_argument("--language", default="en", help="of what does not say its language")
    taken.add_argument("--as", dest="agent", metavar="EMAIL", help="the agent who imports")
    taken.add_argument(
        "--over", action="store_true", help="write over what was changed here since"
    )
    taken.add_argument("--try", dest="tries", action="store_true", help=TRY)
    taken.add_argument("--no-pictures", action="store_true", help="fetch none from the web")
    return taken


def _export(to: Adder) -> argparse.ArgumentParser:
    given = to.add(
        "export",
        "articles_export:run",
        "Write all published articles: a tree of Markdown, to be imported again, or JSON.",
        example="answerable articles export ./help-centre",
    )
    given.add_argument(
        "place", metavar="PLACE", type=Path, help="a folder; with --json, a file"
    )
    given.add_argument("--json", action="store_true", help="one file of JSON")
    given.add_argument("--force", action="store_true", help="write where something is already")
    return given


def _links(to: Adder) -> argparse.ArgumentParser:
    links = to.add(
        "links",
        "articles_care:links",
        "Look at the links of all articles, and say which lead nowhere, and since when.",
        example="answerable articles links --outside",
    )
    links.add_argument("--outside", action="store_true", help="ask other sites, too")
    return links


def _translate(to: Adder) -> argparse.ArgumentParser:
    translate = to.add(
        "translate",
        "articles_care:translate",
        "Have articles translated by the machine that is set up, and wait for it.",
        example="answerable articles translate de --missing",
    )
    translate.add_argument("language", metavar="LANGUAGE", help="into which: de")
    translate.add_argument("keys", metavar="ARTICLE", nargs="*", help="keys of articles")
    translate.add_argument(
        "--missing", action="store_true", help="all articles that have none in this language"
    )
    translate.add_argument(
        "--outdated", action="store_true", help="all whose translation by software is outdated"
    )
    translate.add_argument(
        "--as", dest="agent", metavar="EMAIL", help="the agent who orders it"
    )
    translate.add_argument("--try", dest="tries", action="store_true", help=TRY)
    return translate


def _check(to: Adder) -> argparse.ArgumentParser:
    return to.add(
        "check",
        "articles_care:check",
        "Say which articles need somebody: review due, outdated or unchecked translations, "
        "no owner, links that lead nowhere.",
        example="answerable articles check",
    )


def _index(to: Adder) -> argparse.ArgumentParser:
    return to.add(
        "index",
        "articles_care:index",
        "Index all articles for search anew. Search goes on meanwhile.",
        example="answerable articles index",
    )
