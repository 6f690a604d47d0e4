"""What other help centres give out, as small as it can be and as their documents say."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

ZENDESK_BODY = (
    "<h1>Before you start</h1><p>Open <strong>Exports</strong>.</p><script>alert(1)</script>"
    '<div class="callout-warning"><p>It takes long.</p></div>'
    '<pre><code class="language-sql">SELECT 1;</code></pre>'
    '<p><img src="https://nordwind.zendesk.com/hc/article_attachments/1/a.png" alt="Menu"></p>'
    '<table><tr><td colspan="2">Both</td></tr><tr><td>a</td><td>b</td></tr></table>'
    '<iframe src="//www.youtube.com/embed/x1"></iframe>'
    '<a onclick="steal()" href="javascript:x">x</a>'
)


def zendesk(folder: Path) -> Path:
    """An export of Zendesk Guide: pages of articles by locale, and their sections."""
    base = "https://nordwind.zendesk.com/hc"
    article = {
        "id": 360011,
        "html_url": f"{base}/en-us/articles/360011-Exports-fail",
        "draft": False,
        "section_id": 20,
        "source_locale": "en-us",
        "locale": "en-us",
        "title": "Exports fail",
        "label_names": ["exports"],
        "body": ZENDESK_BODY,
        "outdated": False,
        "user_segment_id": None,
        "edited_at": "2025-03-01T10:00:00Z",
        "updated_at": "2025-08-01T10:00:00Z",
    }
    german = article | {
        "locale": "de",
        "title": "Exporte schlagen fehl",
        "html_url": f"{base}/de/articles/360011-Exporte-schlagen-fehl",
        "body": "<p>Öffnen Sie <strong>Exporte</strong>.</p>",
        "outdated": True,
    }
    secret = article | {"id": 360012, "title": "For partners", "user_segment_id": 7}
    secret["html_url"] = f"{base}/en-us/articles/360012-For-partners"
    empty = article | {"id": 360013, "title": "Empty", "body": " "}
    _write(folder / "articles-1.json", {"articles": [article, secret], "next_page": "…page=2"})
    _write(folder / "articles-2.json", {"articles": [empty]})
    _write(folder / "articles-de.json", {"articles": [german]})
    sections = [
        {"id": 20, "category_id": 1, "locale": "en-us", "name": "Exports", "position": 2},
        {"id": 20, "category_id": 1, "locale": "de", "name": "Exporte", "position": 2},
    ]
    _write(folder / "sections.json", {"sections": sections})
    category = {"id": 1, "locale": "en-us", "name": "Data", "position": 1}
    _write(folder / "categories.json", {"categories": [category]})
    return folder


def helpscout(folder: Path) -> Path:
    """An export of Help Scout Docs: a list, which has no texts, and each article."""
    listed = {
        "id": "5215",
        "collectionId": "c1",
        "name": "Reset a password",
        "status": "published",
    }
    whole = listed | {
        "slug": "reset-a-password",
        "text": "<p>Press <em>Forgot</em>.</p>",
        "categories": ["k1", "k2"],
        "publicUrl": "https://docs.nordwind.example/article/14-reset-a-password",
        "lastPublishedAt": "2024-05-05T08:00:00Z",
    }
    private = whole | {"id": "5216", "name": "Inner", "collectionId": "c2", "slug": "inner"}
    hidden = whole | {
        "id": "5217",
        "name": "Not yet",
        "status": "notpublished",
        "slug": "not-yet",
    }
    only_listed = listed | {"id": "5218", "name": "Only listed"}
    _write(folder / "list.json", {"articles": {"page": 1, "items": [listed, only_listed]}})
    for one in (whole, private, hidden):
        _write(folder / f"{one['id']}.json", {"article": one})
    collections = [
        {"id": "c1", "name": "Help", "visibility": "public"},
        {"id": "c2", "name": "Team", "visibility": "private"},
    ]
    _write(folder / "collections.json", {"collections": {"items": collections}})
    categories = [
        {"id": "k1", "slug": "sign-in", "name": "Sign-in", "order": 3},
        {"id": "k2", "slug": "other", "name": "Other", "order": 4},
    ]
    _write(folder / "categories.json", {"categories": {"items": categories}})
    return folder


BASE = "https://help.nordwind.example/en"
HEADS = (
    "Article URL;Article title;Article subtitle;Category;Article language;Status;Article body"
)
HUBSPOT_ROWS = [
    HEADS.split(";"),
    [f"{BASE}/import-orders", "Import orders", "From a file.", "Orders", "en", "Published",
     "<p>Choose a <b>file</b>.</p>"],
    [f"{BASE}/later", "Later", "", "Orders", "en", "Draft", "<p>x</p>"],
    [f"{BASE}/none", "", "", "Orders", "en", "Published", "<p>x</p>"],
]  # fmt: skip


def workbook(file: Path, rows: list[list[str]], *, inline: bool = False) -> Path:
    """A workbook with one sheet; its strings are shared, as spreadsheets write them, or not."""
    shared = [] if inline else sorted({cell for row in rows for cell in row})
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = "".join(
            _cell(f"{chr(65 + at)}{number}", cell, shared)
            for at, cell in enumerate(row)
            if cell
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    with zipfile.ZipFile(file, "w") as archive:
        sheet = f"<worksheet {space}><sheetData>{''.join(lines)}</sheetData></worksheet>"
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        items = "".join(f"<si><t>{escape(words)}</t></si>" for words in shared)
        archive.writestr("xl/sharedStrings.xml", f"<sst {space}>{items}</sst>")
    return file


def _cell(place: str, words: str, shared: list[str]) -> str:
    if not shared:
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(words)}</t></is></c>'
    return f'<c r="{place}" t="s"><v>{shared.index(words)}</v></c>'


def _write(file: Path, document: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document))
