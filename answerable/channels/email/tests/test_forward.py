# ruff: noqa: RUF001
"""What was passed on is read as its own mail, whatever program and language passed it on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.forward import Forwarded, forwarded_in, is_passed_on
from answerable.channels.email.core.named_people import Named, named_in

ANA = Named("Ana Wolf", "ana@nordwind.example")
BEN, IDA = Named("", "ben@kestrel.example"), Named("Ida Berg", "ida@kestrel.example")
BODY = "The export fails.\nSince nine.\n\nWhat now?"

# What Apple Mail, Outlook and Thunderbird write: from, subject, date, to, cc; then what they
# put above it.
LANGUAGES = {
    "en": ("From|Subject|Date|To|Cc", "Begin forwarded message", "Forwarded Message"),
    "de": ("Von|Betreff|Datum|An|Kopie", "Anfang der weitergeleiteten Nachricht",
           "Weitergeleitete Nachricht"),
    "fr": ("De|Objet|Date|À|Cc", "Début du message réexpédié", "Message transféré"),
    "es": ("De|Asunto|Fecha|Para|Cc", "Inicio del mensaje reenviado", "Mensaje reenviado"),
    "it": ("Da|Oggetto|Data|A|Cc", "Inizio messaggio inoltrato", "Messaggio Inoltrato"),
    "pt": ("De|Assunto|Data|Para|Cc", "Início da mensagem reencaminhada",
           "Mensagem reencaminhada"),
    "nl": ("Van|Onderwerp|Datum|Aan|Kopie", "Begin doorgestuurd bericht",
           "Doorgestuurd bericht"),
    "sv": ("Från|Ämne|Datum|Till|Kopia", "Vidarebefordrat brev", "Vidarebefordrat meddelande"),
    "da": ("Fra|Emne|Dato|Til|Cc", "Start på videresendt besked", "Videresendt meddelelse"),
    "nb": ("Fra|Emne|Dato|Til|Kopi", "Videresendt melding", "Videresendt melding"),
    "fi": ("Lähettäjä|Aihe|Päiväys|Vastaanottaja|Kopio", "Välitetty viesti alkaa",
           "Välitetty viesti"),
    "et": ("Saatja|Teema|Kuupäev|Saaja|Koopia", "Edastatud kiri", "Edastatud kiri"),
    "pl": ("Od|Temat|Data|Do|Dw", "Początek przekazywanej wiadomości",
           "Treść przekazanej wiadomości"),
    "cs": ("Od|Předmět|Datum|Komu|Kopie", "Začátek přeposílané zprávy", "Přeposlaná zpráva"),
    "sk": ("Od|Predmet|Dátum|Komu|Kópia", "Začiatok preposlanej správy", "Preposlaná správa"),
    "sl": ("Od|Zadeva|Datum|Za|Kopija", "Začetek posredovanega sporočila",
           "Posredovano sporočilo"),
    "hr": ("Šalje|Naslov|Datum|Prima|Kopija", "Početak proslijeđene poruke",
           "Proslijeđena poruka"),
    "hu": ("Feladó|Tárgy|Dátum|Címzett|Másolatot kap", "Továbbított levél kezdete",
           "Továbbított üzenet"),
    "ro": ("De la|Subiect|Dată|Către|Cc", "Început mesaj redirecționat", "Mesaj redirecționat"),
    "tr": ("Kimden|Konu|Tarih|Kime|Bilgi", "İletilen mesajın başlangıcı", "İletilmiş İleti"),
    "ru": ("От|Тема|Дата|Кому|Копия", "Начало переадресованного сообщения",
           "Перенаправленное сообщение"),
    "uk": ("Від|Тема|Дата|Кому|Копія", "Початок переспрямованого повідомлення",
           "Переслане повідомлення"),
    "bg": ("От|Тема|Дата|До|Копие", "Начало на препратеното съобщение",
           "Препратено съобщение"),
    "el": ("Από|Θέμα|Ημερομηνία|Προς|Κοιν.", "Έναρξη προωθημένου μηνύματος",
           "Προωθημένο μήνυμα"),
    "he": ("מאת|נושא|תאריך|אל|עותק", "תחילת ההודעה שהועברה", "הודעה שהועברה"),
    "ja": ("差出人|件名|日付|宛先|Cc", "転送されたメッセージ", "転送メッセージ"),
    "ko": ("보낸 사람|제목|날짜|받는 사람|참조", "전달된 메시지", "전달된 메시지"),
    "zh-CN": ("发件人|主题|日期|收件人|抄送", "开始转发的邮件", "转发的消息"),
    "zh-TW": ("寄件者|主旨|日期|收件者|副本", "開始轉寄郵件", "轉寄郵件"),
    "vi": ("Từ|Chủ đề|Ngày|Đến|Cc", "Bắt đầu thư được chuyển tiếp", "Thư chuyển tiếp"),
}  # fmt: skip


def headers(language: str, colon: str = ": ") -> str:
    names = LANGUAGES[language][0].split("|")
    values = (
        "Ana Wolf <ana@nordwind.example>",
        "Export: Re: nine",
        "25. 10. 2021, 11:17:21 MEZ",
        "ben@kestrel.example",
        "Ida Berg <ida@kestrel.example>, chidi@kestrel.example",
    )
    return "\n".join(f"{n}{colon}{v}" for n, v in zip(names, values, strict=True))


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def is_all_there(found: Forwarded | None, note: str = "FYI") -> None:
    assert found == Forwarded(
        sender=ANA,
        to=(BEN,),
        cc=(IDA, Named("", "chidi@kestrel.example")),
        subject="Export: Re: nine",
        date="25. 10. 2021, 11:17:21 MEZ",
        body=BODY,
        note=note,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_what_apple_mail_passes_on(language: str) -> None:
    begin = LANGUAGES[language][1]
    inner = quoted(f"{begin}:\n\n{headers(language)}\n\n{BODY}\n")
    is_all_there(forwarded_in("Fwd: Export", f"FYI\n\n{inner}"))
    outer = f"FYI\n\n{begin}:\n\n" + quoted(f"{headers(language)}\n\n{BODY}\n")
    is_all_there(forwarded_in(None, outer))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_what_thunderbird_passes_on(language: str) -> None:
    head = f"-------- {LANGUAGES[language][2]} --------\n" + headers(language, ": \t")
    is_all_there(forwarded_in("Fwd: Export", f"FYI\n\n\n{head}\n\n\n\n{BODY}\n"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_what_outlook_passes_on(language: str) -> None:
    rule = "_" * 32
    text = f"FYI\n\n{rule}\n{headers(language, ' : ')}\n\n{BODY}\n"
    is_all_there(forwarded_in("WG: Export", text))
    is_all_there(forwarded_in("", text))
    assert forwarded_in("AW: Export", text) is None
    bold = "\n".join(f"*{h.replace(': ', ':* ', 1)}" for h in headers(language).split("\n"))
    is_all_there(forwarded_in("FW: Export", f"FYI\n\n{bold}\n\n{BODY}\n"))


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "nl", "sv", "cs", "hu", "uk"])
def test_it_reads_what_yahoo_passes_on(language: str) -> None:
    sender, subject, date, to, cc = LANGUAGES[language][0].split("|")
    head = (
        f"  ----- {LANGUAGES[language][2]} ----- {sender}: Ana Wolf <ana@nordwind.example>"
        f'{to}: "ben@kestrel.example" <ben@kestrel.example>{cc}: Ida Berg <ida@kestrel.example>'
    )
    head += f"; <chidi@kestrel.example>{date}: 25. 10. 2021, 11:17:21 MEZ{subject}: "
    head += "Export: Re: nine"
    is_all_there(forwarded_in(None, f"FYI\n\n{head}\n{BODY}\n"))


@pytest.mark.parametrize(
    ("intro", "date"),
    [
        ('On 28/10/2021 12:46, "Ana Wolf" <ana@nordwind.example> wrote:', "28/10/2021 12:46"),
        ("Am 28.10.2021 um 12:46 schrieb Ana Wolf <ana@nordwind.example>:",
         "28.10.2021 um 12:46"),
        ("Den 28/10/2021 12.46 skrev Ana Wolf <ana@nordwind.example>:", "28/10/2021 12.46"),
        ("Dňa 28/10/2021 12:46 používateľ Ana Wolf <ana@nordwind.example> napísal:",
         "28/10/2021 12:46"),
        ("28/10/2021, 12:46, Ana Wolf <ana@nordwind.example> kirjoitti:", "28/10/2021, 12:46"),
        ("Ana Wolf <ana@nordwind.example> schrieb am 28.10.2021 12:46:", "28.10.2021 12:46"),
    ],
)  # fmt: skip
def test_it_reads_what_is_passed_on_as_if_it_were_answered(intro: str, date: str) -> None:
    indented = "\n".join(f"    {line}".rstrip() for line in BODY.split("\n"))
    found = forwarded_in("FW: Export", f"FYI\n\n\ufeff{intro}\n\n{indented}\n")
    assert found is not None
    assert (found.sender, found.date, found.subject) == (ANA, date, "Export")
    assert (found.body, found.note) == (BODY, "FYI")
    assert forwarded_in("Re: Export", f"FYI\n\n{intro}\n\n{indented}\n") is None


def test_it_leaves_what_stands_below_to_its_forwarder() -> None:
    inner = quoted(f"Begin forwarded message:\n\n{headers('en')}\n\n{BODY}")
    is_all_there(forwarded_in(None, f"FYI\n\n{inner}\n\nBest, Sam\n"))


def test_it_takes_an_answer_that_quotes_a_forward_for_an_answer() -> None:
    inner = quoted("---------- Forwarded message ---------\nFrom: a@b.example\n\nHello")
    assert forwarded_in("Re: Fwd: x", f"Yes.\n\nOn Mon, 1 May 2023 Ana wrote:\n{inner}") is None


@pytest.mark.parametrize(
    ("subject", "passed"),
    [
        ("Fwd: Export", True),
        ("FW: Export", True),
        ("WG: Export", True),
        ("[desk] TR : Export", True),
        ("İLT: Export", True),
        ("转发：Export", True),
        ("Export (fwd)", True),
        ("AW: WG: Export", False),
        ("Re: Export", False),
        ("I: Export", True),
        ("In: Export", False),
        ("Export", False),
        ("", False),
    ],
)
def test_it_knows_the_subjects_of_what_is_passed_on(subject: str, passed: bool) -> None:
    assert is_passed_on(subject) is passed


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ana Wolf <ana@nordwind.example>", [ANA]),
        ('"Wolf, Ana" <ana@nordwind.example>', [Named("Wolf, Ana", ANA.address)]),
        ("Wolf, Ana <ana@nordwind.example>, Ida Berg<ida@kestrel.example>",
         [Named("Wolf, Ana", ANA.address), IDA]),
        ("ben@kestrel.example; <ida@kestrel.example>", [BEN, Named("", IDA.address)]),
        ("ben@kestrel.example <ben@kestrel.example>", [BEN]),
        ("Ana Wolf [mailto:ana@nordwind.example]", [ANA]),
        ("Ana Wolf<mailto:x@y.example> <ana@nordwind.example<mailto:ana@nordwind.example>>",
         [ANA]),
        ("'ana@nordwind.example' <ana@nordwind.example>", [Named("", ANA.address)]),
        ("Ana Wolf", [Named("Ana Wolf", "")]),
        ("", []),
    ],
)  # fmt: skip
def test_it_reads_names_and_addresses(text: str, people: list[Named]) -> None:
    assert list(named_in(text)) == people


@given(st.text(max_size=300), st.text(max_size=40))
def test_it_takes_any_text(text: str, subject: str) -> None:
    forwarded_in(subject, text)
    forwarded_in(subject, f"---- Forwarded message ----\nFrom: {text}")
    found = forwarded_in("Fwd: x", f"On 1.1.2020 {subject} wrote:\n> {text}")
    assert found is None or isinstance(found.body, str)
