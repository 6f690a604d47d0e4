# ruff: noqa: RUF001
"""“On … wrote:” is known in the languages and from the programs that our customers use."""

from __future__ import annotations

import pytest

from answerable.channels.email.core.quote import split_reply

ANA = "Ana Wolf <ana@nordwind.example>"
WORDS = {
    "en, Gmail": "On Wed, Oct 27, 2021 at 9:31 AM ANA wrote:",
    "en, Apple": "On 25 Oct 2021, at 11:43, ANA wrote:",
    "en, Thunderbird": "On 03/11/2021 15:51, Ana Wolf wrote:",
    "en, Exchange": "On 2021-10-27 09:31, ana@nordwind.example wrote:",
    "en, author first": "ANA wrote on 27.10.2021 09:31:",
    "en, Horde": 'Quoting "Ana Wolf" <ana@nordwind.example>:',
    "de, Gmail": "Am Mi., 27. Okt. 2021 um 09:31 Uhr schrieb ANA:",
    "de, Apple": "Am 27.10.2021 um 09:31 schrieb ANA:",
    "de, author first": "ANA schrieb am 27.10.2021 09:31:",
    "de, perfect": "Am 27.10.2021 hat ANA geschrieben:",
    "de, Horde": "Zitat von ANA:",
    "fr, Gmail": "Le mer. 27 oct. 2021 à 09:31, ANA a écrit :",
    "fr, Outlook": "Le 28/10/2021 12:46, « Ana Wolf » <ana@nordwind.example> a écrit :",
    "es, Gmail": "El mié, 27 oct 2021 a las 9:31, Ana Wolf (<ana@nordwind.example>) escribió:",
    "it, Gmail": "Il giorno mer 27 ott 2021 alle ore 09:31 ANA ha scritto:",
    "it, Apple": "Il giorno 27 ott 2021, alle ore 09:31, ANA ha scritto:",
    "pt, Gmail": "ANA escreveu no dia quarta, 27/10/2021 à(s) 09:31:",
    "pt-BR, Gmail": "Em qua., 27 de out. de 2021 às 09:31, ANA escreveu:",
    "nl, Gmail": "Op wo 27 okt. 2021 om 09:31 schreef ANA:",
    "nl, Apple": "Op 17-feb.-2015, om 13:18 heeft ANA het volgende geschreven:",
    "sv, Gmail": "Den ons 27 okt. 2021 kl 09:31 skrev ANA:",
    "sv, Apple": "27 okt. 2021 kl. 09:31 skrev ANA:",
    "da, Gmail": "Den ons. 27. okt. 2021 kl. 09.31 skrev ANA:",
    "nb, Gmail": "ons. 27. okt. 2021 kl. 09:31 skrev ANA:",
    "fi, Gmail": "ke 27. lokak. 2021 klo 9.31 Ana Wolf (ana@nordwind.example) kirjoitti:",
    "et, Gmail": "Ana Wolf (<MAIL>) kirjutas kuupäeval K, 27. oktoober 2021 kell 09:31:",
    "pl, Gmail": "śr., 27 paź 2021 o 09:31 ANA napisał(a):",
    "pl, Thunderbird": "W dniu 27.10.2021 o 09:31, Ana Wolf pisze:",
    "cs, Gmail": "st 27. 10. 2021 v 9:31 odesílatel ANA napsal:",
    "cs, Thunderbird": "Dne 27. 10. 21 v 9:31 Ana Wolf napsal(a):",
    "sk, Gmail": "st 27. 10. 2021 o 9:31 ANA napísal(a):",
    "sl, Gmail": "V V sre., 27. okt. 2021 ob 09:31 je oseba ANA napisala:",
    "hr, Gmail": "sri, 27. lis 2021. u 09:31 ANA napisao je:",
    "hr, Thunderbird": "On 27.10.2021. u 09:31, Ana Wolf je napisao/la:",
    "sr, Gmail": "сре, 27. окт 2021. у 09:31 ANA је написао/ла:",
    "bg, Gmail": "На ср, 27.10.2021 г. в 9:31 ANA написа:",
    "ru, Gmail": "ср, 27 окт. 2021 г. в 09:31, ANA:",
    "ru, Apple": "27 окт. 2021 г., в 09:31, ANA написал(а):",
    "ru, Yandex": "27.10.2021, 09:31, «Ana Wolf» <ana@nordwind.example>:",
    "uk, Gmail": "ср, 27 жовт. 2021 р. о 09:31 ANA пише:",
    "el, Gmail": "Στις Τετ 27 Οκτ 2021 στις 9:31 π.μ., ο χρήστης ANA έγραψε:",
    "tr, Gmail": "ANA, 27 Eki 2021 Çar, 09:31 tarihinde şunu yazdı:",
    "hu, Gmail": "ANA ezt írta (időpont: 2021. okt. 27., Sze, 9:31):",
    "hu, Thunderbird": "2021. 10. 27. 9:31 keltezéssel, Ana Wolf írta:",
    "ro, Gmail": "mie., 27 oct. 2021 la 09:31, ANA a scris:",
    "lv, Gmail": "trešd., 2021. g. 27. okt., plkst. 09:31 — Ana Wolf (<MAIL>) rakstīja:",
    "lt, Gmail": "2021-10-27, tr, 09:31 ANA rašė:",
    "ca, Gmail": "Missatge de ANA del dia dc., 27 d’oct. 2021 a les 9:31:",
    "he, Gmail": "\u202bבתאריך יום ד׳, 27 באוק׳ 2021 ב-9:31 מאת \u202aANA\u202c\u200f:\u202c",
    "ar, Gmail": "في الأربعاء، 27 أكتوبر 2021 في 9:31 ص تمت كتابة ما يلي بواسطة ANA:",
    "id, Gmail": "Pada tanggal Rab, 27 Okt 2021 pukul 09.31 ANA menulis:",
    "vi, Gmail": "Vào Th 4, 27 thg 10, 2021 vào lúc 09:31 ANA đã viết:",
    "th, Gmail": "เมื่อ พ. 27 ต.ค. 2021 เวลา 09:31 ANA เขียนว่า:",
    "ko, Gmail": "2021년 10월 27일 (수) 오전 9:31, ANA님이 작성:",
    "ja, Gmail": "2021年10月27日(水) 9:31 ANA:",
    "ja, Apple": "2021/10/27 9:31、ANAのメール:",
    "zh-CN, Gmail": "ANA 于2021年10月27日周三 上午9:31写道：",
    "zh-CN, 163": '在 2021-10-27 09:31:00，"Ana Wolf" <ana@nordwind.example> 写道：',
    "zh-TW, Gmail": "ANA 於 2021年10月27日 週三 上午9:31寫道：",
}  # fmt: skip
WROTE = {
    name: words.replace("ANA", ANA).replace("MAIL", "ana@nordwind.example")
    for name, words in WORDS.items()
}


@pytest.mark.parametrize("program", WROTE)
def test_it_knows_what_leads_to_a_quotation(program: str) -> None:
    text = f"Es geht, 27 mal.\n\n{WROTE[program]}\n\n> We look into it.\n> It is the disk.\n"
    split = split_reply(text)
    assert split.new == "Es geht, 27 mal."
    assert split.quoted.startswith(WROTE[program].strip())


# These have no verb, so that only the marks below them tell.
VERBLESS = {"ru, Gmail", "he, Gmail", "ar, Gmail"}


@pytest.mark.parametrize("program", [n for n in WROTE if "@" in WROTE[n] and n not in VERBLESS])
def test_it_knows_it_without_marks_below(program: str) -> None:
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
