# ruff: noqa: RUF001
"""Signatures are folded where a delimiter, a telephone or a lawyer says that they begin."""

from __future__ import annotations

import pytest

from answerable.channels.email.core.quote import split_reply

TELEPHONES = [
    "Sent from my iPhone", "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Sent from Mail for Windows", "Sent from Yahoo Mail on Android <https://go.example/107>",
    "Sent via the Samsung Galaxy S8, an AT&T 5G smartphone",
    "Sent with Proton Mail secure email.",
    "Von meinem iPhone gesendet", "Gesendet mit der GMX Mail App",
    "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    "Envoyé de mon iPhone", "Téléchargez Outlook pour iOS",
    "Provenance : Courrier pour Windows",
    "Enviado desde mi iPhone", "Obtener Outlook para Android", "Inviato da iPhone",
    "Scarica Outlook per iOS", "Enviado do meu iPhone", "Verstuurd vanaf mijn iPhone",
    "Skickat från min iPhone", "Sendt fra min iPhone", "Hent Outlook til iOS",
    "Lähetetty iPhonesta", "Saadetud minu iPhone'ist", "Wysłane z iPhone’a",
    "Odesláno z iPhonu", "Odoslané z iPhonu", "Poslano s mog iPhonea",
    "Elküldve az iPhone-omról", "Trimis de pe iPhone-ul meu", "Отправлено с iPhone",
    "Отправлено из мобильной Яндекс.Почты", "Надіслано з iPhone", "Изпратено от моя iPhone",
    "Στάλθηκε από το iPhone μου", "iPhone'umdan gönderildi", "נשלח מה-iPhone שלי",
    "أُرسلت من الـ iPhone", "Dikirim dari iPhone saya", "Được gửi từ iPhone của tôi",
    "ส่งจาก iPhone ของฉัน", "나의 iPhone에서 보냄", "iPhoneから送信", "发自我的iPhone",
    "發自我的 iPhone", "来自我的华为手机",
]  # fmt: skip
NOTICES = [
    "CONFIDENTIALITY NOTICE: This e-mail is for the sole use of the intended recipient(s) and\n"
    "may contain privileged information.",
    "This email and any files transmitted with it are confidential and intended solely for\n"
    "the use of the individual or entity to whom they are addressed.",
    "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat\n"
    "sind, löschen Sie sie.",
    "Ce message et toutes les pièces jointes sont confidentiels et établis à l'intention\n"
    "exclusive de ses destinataires.",
    "Este mensaje y sus archivos adjuntos son confidenciales y van dirigidos a su\n"
    "destinatario.",
    "Dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde.",
    "Consider the environment before printing this email.",
    "Virus-free. www.avast.com",
]
SIGNATURES = [
    "-- \nDana Wolf\nNordwind", "--\nDana Wolf", "\u2014\nDana Wolf", "__\nDana Wolf",
    "-Dana Wolf", "_______________________________\nexports mailing list\nhttps://lists.example",
]  # fmt: skip
TEXTS = [
    "Best regards\nDana Wolf", "Viele Grüße\n\nDana", "Thanks,\nDana",
    "Is the app sent from the iPhone to the server?", "I sent it from my phone yesterday.",
    "Wir haben das von unserem iPhone aus gesendet und es kam nicht an.",
    "Get a refund for the Samsung phone", "Sent from a magnificent torch of pixels",
    "- Restart the router", "-v is the flag", "This message is confidential, is it not?",
]  # fmt: skip


@pytest.mark.parametrize("line", [*TELEPHONES, *NOTICES, *SIGNATURES])
def test_it_folds_a_signature(line: str) -> None:
    split = split_reply(f"It works.\n\n{line}\n")
    assert (split.new, split.signature, split.quoted) == ("It works.", line, "")


@pytest.mark.parametrize("line", TEXTS)
def test_it_leaves_to_the_text_what_is_no_signature_for_sure(line: str) -> None:
    assert split_reply(f"It works.\n\n{line}\n").new == f"It works.\n\n{line}"


def test_it_folds_a_signature_above_a_quotation() -> None:
    text = "It works.\n\n-- \nDana\n\nOn 1 May 2023, Ana wrote:\n> We look.\n> Soon."
    split = split_reply(text)
    assert (split.new, split.signature) == ("It works.", "-- \nDana")
    assert split.quoted == "On 1 May 2023, Ana wrote:\n> We look.\n> Soon."
    assert split.folded == "-- \nDana\n\nOn 1 May 2023, Ana wrote:\n> We look.\n> Soon."


def test_it_folds_what_stands_below_a_signature_with_it() -> None:
    notice = NOTICES[0]
    assert split_reply(f"It works.\n\n-- \nDana\n\n{notice}").new == "It works."
    assert split_reply(f"It works.\n\nSent from my iPhone\n\n{notice}").new == "It works."


def test_it_keeps_a_line_of_a_telephone_in_the_middle_of_a_text() -> None:
    text = "It says\nSent from my iPhone\nwhich is wrong."
    assert split_reply(text).new == text


def test_it_keeps_a_long_text_below_two_dashes() -> None:
    text = "It fails.\n--\n" + "\n".join(f"{n}. step" for n in range(30))
    assert split_reply(text).new == text


def test_it_shows_a_signature_that_stands_alone() -> None:
    assert split_reply("-- \nDana").new == "-- \nDana"
