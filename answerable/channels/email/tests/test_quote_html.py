# ruff: noqa: E501, RUF001
"""What is new in an HTML reply is kept apart from what its program quotes below."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.html import text_of
from answerable.channels.email.core.quote_html import split_html

# Each is a reply “It works.” as a program writes it, above “We look.” by Ana.
PROGRAMS = {
    "Gmail": '<div dir="ltr">It works.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Wed, 27 Oct 2021 at 09:31, Ana &lt;<a href="mailto:ana@nordwind.example">ana@nordwind.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204)">We look.</blockquote></div>',
    "Gmail in a language we do not know": '<div dir="ltr">It works.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">Qapla\' 27 qaStaHvIS Ana ghItlh:<br></div><blockquote class="gmail_quote" style="margin:0">We look.</blockquote></div>',
    "Outlook": '<div class="WordSection1"><p class="MsoNormal">It works.<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>Von:</b> Ana &lt;ana@nordwind.example&gt; <br><b>Gesendet:</b> Mittwoch, 27. Oktober 2021 09:31<br><b>An:</b> Ben<br><b>Betreff:</b> Export</p></div></div><p class="MsoNormal">We look.</p></div>',
    "Outlook in a language we do not know": '<p>It works.</p><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in"><p><b>Xx:</b> Ana<br><b>Yy:</b> 27<br><b>Zz:</b> Ben</p></div><p>We look.</p>',
    "Outlook on the web": '<div>It works.</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri"><b>From:</b> Ana<br><b>Sent:</b> Wednesday<br><b>To:</b> Ben<br><b>Subject:</b> Export</font><div>&nbsp;</div></div><div>We look.</div>',
    "Outlook on the web, answered twice": '<div>It works.</div><hr tabindex="-1"><div id="x_divRplyFwdMsg">Ana</div><div>We look.</div>',
    "Outlook for Mac": '<div>It works.</div><div><br></div><span id="OLK_SRC_BODY_SECTION"><div style="border-top: #b5c4df 1pt solid"><span style="font-weight:bold">From: </span> Ana<br></div><div>We look.</div></span>',
    "new Outlook": '<div>It works.</div><div id="mail-editor-reference-message-container"><div><div>Ana</div><div>We look.</div></div></div>',
    "Apple Mail": '<html><body>It works.<br><div><br><blockquote type="cite"><div>On 27 Oct 2021, at 09:31, Ana &lt;ana@nordwind.example&gt; wrote:</div><br class="Apple-interchange-newline"><div>We look.</div></blockquote></div><br></body></html>',
    "iPhone": '<html><body dir="auto">It works.<br><br><div dir="ltr">Sent from my iPhone</div><div dir="ltr"><br><blockquote type="cite">On 27 Oct 2021, at 09:31, Ana &lt;ana@nordwind.example&gt; wrote:<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">We look.</div></blockquote></body></html>',
    "Thunderbird": '<p>It works.<br></p><div class="moz-cite-prefix">Am 27.10.2021 um 09:31 schrieb Ana:<br></div><blockquote type="cite" cite="mid:1@nordwind.example"><p>We look.</p></blockquote><br>',
    "Yahoo": '<div class="yahoo-style-wrap"><div dir="ltr">It works.</div><div id="yahoo_quoted_4711" class="yahoo_quoted"><div style="font-family:Helvetica"><div>On Wednesday, October 27, 2021, 09:31:00 AM GMT+2, Ana &lt;ana@nordwind.example&gt; wrote: </div><div><br></div><div>We look.</div></div></div></div>',
    "Zimbra": '<html><body><div>It works.<br></div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>From: </b>"Ana" &lt;ana@nordwind.example&gt;<br><b>To: </b>"Ben"<br></div><div data-marker="__QUOTED_TEXT__"><p>We look.</p></div></body></html>',
    "Proton Mail": '<div>It works.</div><div class="protonmail_signature_block"><div>Sent with Proton Mail secure email.</div></div><div class="protonmail_quote">On Wednesday, October 27th, 2021 at 9:31 AM, Ana &lt;ana@nordwind.example&gt; wrote:<br><blockquote class="protonmail_quote" type="cite"><div>We look.</div></blockquote></div>',
    "GMX": '<div>It works.</div><div>&nbsp;<div style="margin: 10px 5px 5px 10px; border-left: 2px solid #C3D9E5" name="quote"><div style="margin:0 0 10px 0;"><b>Gesendet:</b>&nbsp;Mittwoch, 27. Oktober 2021 um 09:31 Uhr<br/><b>Von:</b>&nbsp;Ana &lt;ana@nordwind.example&gt;<br/><b>An:</b>&nbsp;ben@kestrel.example<br/><b>Betreff:</b>&nbsp;Export</div><div name="quoted-content">We look.</div></div></div>',
    "QQ": '<div>It works.</div><div><includetail><div style="font-size: 12px;">------------------&nbsp;原始邮件&nbsp;------------------</div><div><b>发件人:</b>&nbsp;"Ana"&lt;ana@nordwind.example&gt;;</div><div><b>发送时间:</b>&nbsp;2021年10月27日</div><div><b>收件人:</b>&nbsp;"Ben";</div><div>We look.</div></includetail></div>',
    "163": '<div>It works.</div><br><div id="divNeteaseMailCard"></div><br><p>在 2021-10-27 09:31:00，"Ana" &lt;ana@nordwind.example&gt; 写道：</p><blockquote id="isReplyContent" style="PADDING-LEFT: 1ex; BORDER-LEFT: #ccc 1px solid">We look.</blockquote>',
    "Windows Mail": '<div>It works.</div><p>Gesendet von <a href="https://go.microsoft.com/fwlink/?LinkId=550986">Mail</a> für Windows</p><div style="mso-element:para-border-div;border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p style="border:none"><b>Von: </b>Ana<br><b>Gesendet: </b>Mittwoch<br><b>An: </b>Ben<br></p></div><p>We look.</p>',
    "Samsung": '<div dir="auto">It works.</div><div id="composer_signature" dir="auto"><div style="font-size:12px;color:#575757" dir="auto">Von meinem Galaxy gesendet</div></div><div dir="auto"><br></div><div><!-- originalMessage --><div>-------- Ursprüngliche Nachricht --------</div><div>Von: Ana &lt;ana@nordwind.example&gt; </div><div>Datum: 27.10.21  09:31  (GMT+01:00) </div><div>An: ben@kestrel.example </div><div>Betreff: Export </div><div><br></div></div>We look.',
    "Zoho": '<div>It works.</div><div class="zmail_extra"><div id="Zm-_Id_-Sgn1">---- On Wed, 27 Oct 2021 09:31:00 +0200 <b>Ana &lt;ana@nordwind.example&gt;</b> wrote ----<br></div><blockquote><div>We look.</div></blockquote></div>',
    "a help desk": '<p>It works.</p><div>##- Bitte geben Sie Ihre Antwort über dieser Zeile ein -##</div><div>We look.</div>',
}  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS)
def test_it_knows_how_programs_quote(program: str) -> None:
    split = split_html(PROGRAMS[program])
    assert split.new == "It works."
    assert text_of(split.html).strip() == "It works."
    assert "We look." in split.quoted


@pytest.mark.parametrize(
    ("it", "html", "new"),
    [
        ("keeps what is answered one by one",
         '<div class="gmail_quote"><div class="gmail_attr">On 1 May 2023, Ana wrote:</div><blockquote class="gmail_quote" style="border-left:1px solid">Since when?</blockquote><div>Since nine.</div><blockquote class="gmail_quote">Everywhere?</blockquote><div>Only here.</div><blockquote class="gmail_quote">Bye</blockquote></div>',
         "> Since when?\n\nSince nine.\n\n> Everywhere?\n\nOnly here."),
        ("keeps text below a quotation",
         '<p>On 1 May 2023, Ana wrote:</p><blockquote type="cite">We look.</blockquote><p>It works.</p>',
         "It works."),
        ("keeps all of what is only a quotation",
         '<blockquote type="cite">We look.</blockquote>', "> We look."),
        ("keeps what its author indents",
         '<p>Note:</p><blockquote style="margin:0 0 0 40px;border:none;padding:0px">Nine</blockquote><p>Thanks</p>',
         "Note:\n\nNine\n\nThanks"),
        ("keeps a picture", '<p>See <img src="cid:1"></p><blockquote type="cite">x</blockquote>',
         "See"),
        ("folds a marked signature",
         '<p>It works.</p><div class="gmail_signature">Ana<br>Nordwind</div>', "It works."),
        ("folds a signature of Thunderbird",
         '<p>It works.</p><pre class="moz-signature" cols="72">-- \nAna</pre>', "It works."),
        ("keeps a signature above new text",
         '<div class="gmail_signature">Ana</div><p>One more thing.</p>',
         "Ana\n\nOne more thing."),
        ("keeps what passes a mail on",
         '<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: Ana<br>Date: May<br>Subject: x<br>To: Ben<br></div>Text</div>',
         "---------- Forwarded message ---------\nFrom: Ana\nDate: May\nSubject: x\nTo: Ben\nText"),
    ],
)  # fmt: skip
def test_it(it: str, html: str, new: str) -> None:
    assert split_html(html).new == new, it


def test_it_keeps_the_picture_in_the_html() -> None:
    html = '<p>See <img src="cid:1"></p><blockquote type="cite">x</blockquote>'
    assert split_html(html).html == '<p>See <img src="cid:1"></p>'


def test_it_leaves_no_empty_element() -> None:
    html = split_html(PROGRAMS["Outlook"]).html
    assert html == (
        '<div class="WordSection1"><p class="MsoNormal">It works.<o:p></o:p></p></div>'
    )


PIECES = st.sampled_from(
    ["Hello", "<p>", "</p>", "<div class=gmail_quote>", "</div>", "<blockquote>", "<br>",
     "<blockquote type=cite>", "</blockquote>", "On 1 May 2023 Ana wrote:", "<hr>", "-- ",
     "<pre>", "</pre>", "a\nb", "<div id=appendonsend>", "<td>", "<div class=signature>",
     "Sent from my iPhone", "From: a@b.example<br>Sent: 1 May 2023<br>To: c<br>Subject: d"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_it_loses_no_words(html: str) -> None:
    split = split_html(html)
    wanted = sorted(text_of(html).replace(">", "").split())
    parts = " ".join((split.new, split.quoted, split.signature)).replace(">", "").split()
    assert sorted(parts) == wanted
    kept = text_of(split.html).replace(">", "").split()
    assert sorted(kept) == sorted(split.new.replace(">", "").split())


@given(st.text(alphabet="<>[]/a pdivblockquote\"'=&;!-\n", max_size=300))
def test_it_takes_any_html(html: str) -> None:
    split_html(html)
