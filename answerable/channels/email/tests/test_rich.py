"""What strangers may have written parts of is no markup in a mail."""

from __future__ import annotations

import re

from answerable.channels.email.core.rich import plain

STYLE = re.compile(r' style="[^"]*"')


def test_what_strangers_wrote_hides_no_address_behind_another() -> None:
    shown = STYLE.sub("", plain("“[Sign in](https://evil.example/)”\n\n**now**"))
    assert shown == (
        "<p>“[Sign in](<a "
        'href="https://evil.example/">https://evil.example/</a>)”</p><p>**now**</p>'
    )
