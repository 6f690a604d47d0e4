# ruff: noqa: RUF001
"""“On … wrote:” is known in the languages and from the programs that our customers use."""

from __future__ import annotations

import pytest

from answerable.channels.email.core.quote import split_reply

WROTE = {
    "en, Gmail": "On Wed, Oct 27, 2021 at 9:31 AM Ana Wolf <ana@nordwind.example> wrote:",
    "en, Apple": "On 25 Oct 2021, at 11:43, Ana Wolf <ana@nordwind.example> wrote:",
    "en, Thunderbird": "On 03/11/2021 15:51, Ana Wolf wrote:",
    "en, Exchange": "On 2021-10-27 09:31, ana@nordwind.example wrote:",
    "en, author first": "Ana Wolf <ana@nordwind.example> wrote on 27.10.2021 09:31:",
    "en, Horde": 'Quoting "Ana Wolf" <ana@nordwind.example>:',
    "de, Gmail": "Am Mi., 27. Okt. 2021 um 09:31 Uhr schrieb Ana Wolf <ana@nordwind.example>:",
    "de, Apple": "Am 27.10.2021 um 09:31 schrieb Ana Wolf <ana@nordwind.example>:",
    "de, author first": "Ana Wolf <ana@nordwind.example> schrieb am 27.10.2021 09:31:",
    "de, perfect": "Am 27.10.2021 hat Ana Wolf <ana@nordwind.example> geschrieben:",
    "de, Horde": "Zitat von Ana Wolf <ana@nordwind.example>:",
    "fr, Gmail": "Le mer. 27 oct. 2021 à 09:31, Ana Wolf <ana@nordwind.example> a écrit :",
    "fr, Outlook": "Le 28/10/2021 12:46, « Ana Wolf » <ana@nordwind.example> a écrit :",
    "es, Gmail": "El mié, 27 oct 2021 a las 9:31, Ana Wolf (<ana@nordwind.example>) escribió:",
    "it, Gmail": "Il giorno mer 27 ott 2021 alle ore 09:31 Ana Wolf <ana@nordwind.example> ha scritto:",
    "it, Apple": "Il giorno 27 ott 2021, alle ore 09:31, Ana Wolf <ana@nordwind.example> ha scritto:",
    "pt, Gmail": "Ana Wolf <ana@nordwind.example> escreveu no dia quarta, 27/10/2021 à(s) 09:31:",
    "pt-BR, Gmail": "Em qua., 27 de out. de 2021 às 09:31, Ana Wolf <ana@nordwind.example> escreveu:",
    "nl, Gmail": "Op wo 27 okt. 2021 om 09:31 schreef Ana Wolf <ana@nordwind.example>:",
    "nl, Apple": "Op 17-feb.-2015, om 13:18 heeft Ana Wolf <ana@nordwind.example> het volgende geschreven:",
    "sv, Gmail": "Den ons 27 okt. 2021 kl 09:31 skrev Ana Wolf <ana@nordwind.example>:",
    "sv, Apple": "27 okt. 2021 kl. 09:31 skrev Ana Wolf <ana@nordwind.example>:",
    "da, Gmail": "Den ons. 27. okt. 2021 kl. 09.31 skrev Ana Wolf <ana@nordwind.example>:",
    "nb, Gmail": "ons. 27. okt. 2021 kl. 09:31 skrev Ana Wolf <ana@nordwind.example>:",
    "fi, Gmail": "ke 27. lokak. 2021 klo 9.31 Ana Wolf (ana@nordwind.example) kirjoitti:",
    "et, Gmail": "Ana Wolf (<ana@nordwind.example>) kirjutas kuupäeval K, 27. oktoober 2021 kell 09:31:",
    "pl, Gmail": "śr., 27 paź 2021 o 09:31 Ana Wolf <ana@nordwind.example> napisał(a):",
    "pl, Thunderbird": "W dniu 27.10.2021 o 09:31, Ana Wolf pisze:",
    "cs, Gmail": "st 27. 10. 2021 v 9:31 odesílatel Ana Wolf <ana@nordwind.example> napsal:",
    "cs, Thunderbird": "Dne 27. 10. 21 v 9:31 Ana Wolf napsal(a):",
    "sk, Gmail": "st 27. 10. 2021 o 9:31 Ana Wolf <ana@nordwind.example> napísal(a):",
    "sl, Gmail": "V V sre., 27. okt. 2021 ob 09:31 je oseba Ana Wolf <ana@nordwind.example> napisala:",
    "hr, Gmail": "sri, 27. lis 2021. u 09:31 Ana Wolf <ana@nordwind.example> napisao je:",
    "hr, Thunderbird": "On 27.10.2021. u 09:31, Ana Wolf je napisao/la:",
    "sr, Gmail": "сре, 27. окт 2021. у 09:31 Ana Wolf <ana@nordwind.example> је написао/ла:",
    "bg, Gmail": "На ср, 27.10.2021 г. в 9:31 Ana Wolf <ana@nordwind.example> написа:",
    "ru, Gmail": "ср, 27 окт. 2021 г. в 09:31, Ana Wolf <ana@nordwind.example>:",
    "ru, Apple": "27 окт. 2021 г., в 09:31, Ana Wolf <ana@nordwind.example> написал(а):",
    "ru, Yandex": "27.10.2021, 09:31, «Ana Wolf» <ana@nordwind.example>:",
    "uk, Gmail": "ср, 27 жовт. 2021 р. о 09:31 Ana Wolf <ana@nordwind.example> пише:",
    "el, Gmail": "Στις Τετ 27 Οκτ 2021 στις 9:31 π.μ., ο χρήστης Ana Wolf <ana@nordwind.example> έγραψε:",
    "tr, Gmail": "Ana Wolf <ana@nordwind.example>, 27 Eki 2021 Çar, 09:31 tarihinde şunu yazdı:",
    "hu, Gmail": "Ana Wolf <ana@nordwind.example> ezt írta (időpont: 2021. okt. 27., Sze, 9:31):",
    "hu, Thunderbird": "2021. 10. 27. 9:31 keltezéssel, Ana Wolf írta:",
    "ro, Gmail": "mie., 27 oct. 2021 la 09:31, Ana Wolf <ana@nordwind.example> a scris:",
    "lv, Gmail": "trešd., 2021. g. 27. okt., plkst. 09:31 — lietotājs Ana Wolf (<ana@nordwind.example>) rakstīja:",
    "lt, Gmail": "2021-10-27, tr, 09:31 Ana Wolf <ana@nordwind.example> rašė:",
    "ca, Gmail": "Missatge de Ana Wolf <ana@nordwind.example> del dia dc., 27 d’oct. 2021 a les 9:31:",
    "he, Gmail": "‫בתאריך יום ד׳, 27 באוק׳ 2021 ב-9:31 מאת ‪Ana Wolf‬‏ <‪ana@nordwind.example‬‏>:‬",
    "ar, Gmail": "في الأربعاء، 27 أكتوبر 2021 في 9:31 ص تمت كتابة ما يلي بواسطة Ana Wolf <ana@nordwind.example>:",
    "id, Gmail": "Pada tanggal Rab, 27 Okt 2021 pukul 09.31 Ana Wolf <ana@nordwind.example> menulis:",
    "vi, Gmail": "Vào Th 4, 27 thg 10, 2021 vào lúc 09:31 Ana Wolf <ana@nordwind.example> đã viết:",
    "th, Gmail": "เมื่อ พ. 27 ต.ค. 2021 เวลา 09:31 Ana Wolf <ana@nordwind.example> เขียนว่า:",
    "ko, Gmail": "2021년 10월 27일 (수) 오전 9:31, Ana Wolf <ana@nordwind.example>님이 작성:",
    "ja, Gmail": "2021年10月27日(水) 9:31 Ana Wolf <ana@nordwind.example>:",
    "ja, Apple": "2021/10/27 9:31、Ana Wolf <ana@nordwind.example>のメール:",
    "zh-CN, Gmail": "Ana Wolf <ana@nordwind.example> 于2021年10月27日周三 上午9:31写道：",
    "zh-CN, 163": '在 2021-10-27 09:31:00，"Ana Wolf" <ana@nordwind.example> 写道：',
    "zh-TW, Gmail": "Ana Wolf <ana@nordwind.example> 於 2021年10月27日 週三 上午9:31寫道：",
}  # fmt: skip


@pytest.mark.parametrize("program", WROTE)
def test_it_knows_what_leads_to_a_quotation(program: str) -> None:
    text = f"Es geht, 27 mal.\n\n{WROTE[program]}\n\n> We look into it.\n> It is the disk.\n"
    split = split_reply(text)
    assert split.new == "Es geht, 27 mal."
    assert split.quoted.startswith(WROTE[program].strip())


@pytest.mark.parametrize("program", [name for name in WROTE if "@" in WROTE[name]])
def test_it_knows_it_without_marks_below(program: str) -> None:
    if program in {"ru, Gmail", "he, Gmail", "ar, Gmail"}:
        pytest.skip("It has no verb, so that only the marks below it tell.")
    split = split_reply(f"Es geht.\n\n{WROTE[program]}\n\nWe look into it.\n")
    assert split.new == "Es geht."


@pytest.mark.parametrize("width", [40, 50, 60, 72])
@pytest.mark.parametrize("program", [name for name in WROTE if " <" in WROTE[name]])
def test_it_knows_it_wrapped(program: str, width: int) -> None:
    lines, line = [], ""
    for word in WROTE[program].split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    text = "\n".join(["Es geht, 27 mal.", "", *lines, line, "", "> We look.", "> Soon."])
    assert split_reply(text).new == "Es geht, 27 mal."
