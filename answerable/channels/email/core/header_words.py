# ruff: noqa: RUF001
"""What mail programs call the headers of a mail that they quote, in their languages. Pure."""

from __future__ import annotations

from answerable.channels.email.core.mail_lines import plain

FROM = (
    "from|sender|von|absender|de|expéditeur|envoyé par|remitente|emisor|da|mittente|"
    "da parte di|remetente|van|afzender|från|avsändare|fra|afsender|avsender|lähettäjä|"
    "keneltä|saatja|kellelt|frá|od|nadawca|odesílatel|odosielateľ|pošiljatelj|pošiljalac|"
    "šalje|пошиљалац|од|от|подател|изпращач|испраќач|отправитель|від|від кого|відправник|από|"
    "αποστολέας|kimden|gönderen|feladó|küldő|de la|expeditor|no|sūtītājs|nuo|siuntėjas|"
    "remitent|nork|igorlea|oddi wrth|ó|מאת|من|المرسل|از|فرستنده|प्रेषक|dari|daripada|pengirim|"
    "từ|người gửi|จาก|보낸 사람|보낸사람|보낸이|발신|발신자|差出人|送信者|送信元|发件人|"
    "发送人|寄件人|寄件者|發件人|来自|由|von (absender)|wot|wót|fan|od koga|expediteur|"
    "sent by|frà"
)
TO = (
    "to|an|empfänger|à|a|pour|destinataire|para|destinatario|destinatário|destinatari|aan|"
    "ontvanger|till|mottagare|til|modtager|mottaker|vastaanottaja|kenelle|kellele|saaja|"
    "adressaat|do|adresat|komu|příjemce|príjemca|pro|za|prejemnik|prima|primatelj|primalac|"
    "прималац|за|до|получател|кому|получатель|одержувач|προς|παραλήπτης|kime|alıcı|címzett|"
    "către|destinatar|kam|adresāts|kam (to)|gavėjas|per a|nori|hartzailea|at|chuig|אל|ל|עבור|"
    "إلى|الى|المستلم|به|گیرنده|प्रति|kepada|untuk|penerima|đến|tới|gửi đến|người nhận|ถึง|"
    "받는 사람|받는사람|받는이|수신|수신자|宛先|送信先|收件人|收件者|发送至|至|到|oan|"
    "primatelji|saajad|vastaanottajat|recipients|příjemci|para (to)"
)
CC = (
    "cc|c.c.|kopie|kopie (cc)|in kopie|copie|copie à|copia|cópia|en copia|con copia|kopia|"
    "kopia till|kopi|kopi til|kopio|jäljennös|koopia|afrit|dw|do wiadomości|skrytá kopie|kp|"
    "kópia|kopija|копија|копие|копия|копiя|копія|κοιν|κοιν.|κοινοποίηση|bilgi|karbon kopya|"
    "másolat|másolatot kap|copie la|kopija (cc)|kopijuoti|còpia|עותק|העתק|نسخة|نسخة إلى|"
    "رونوشت|प्रतिलिपि|tembusan|salinan|đồng kính gửi|đồng gửi|สำเนา|สำเนาถึง|참조|抄送|副本|"
    "抄送人|カーボンコピー"
)
SUBJECT = (
    "subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|ämne|rubrik|emne|aihe|teema|"
    "pealkiri|efni|temat|předmět|věc|predmet|zadeva|naslov|наслов|предмет|тема|относно|"
    "заглавие|θέμα|konu|tárgy|subiect|subiectul|temats|tēma|tema|assumpte|gaia|pwnc|ábhar|"
    "נושא|הנדון|الموضوع|موضوع|विषय|perihal|subjek|subyek|hal|chủ đề|tiêu đề|เรื่อง|หัวเรื่อง|"
    "제목|件名|题目|主题|主題|主旨|标题|標題|underwerp|object|predmet poruke|"
    "subiectul mesajului|sujeto"
)
DATE = (
    "date|sent|date sent|sent at|sent on|sent date|time|datum|gesendet|gesendet am|verschickt|"
    "verschickt am|envoyé|envoyé le|date d'envoi|fecha|enviado|enviado el|enviada|enviado em|"
    "enviada em|data|inviato|inviato il|inviata|data invio|verzonden|verzonden op|verstuurd|"
    "skickat|skickat den|skickades|dato|sendt|sendt den|päivämäärä|päiväys|pvm|lähetetty|"
    "lähetysaika|kuupäev|saadetud|saatmisaeg|saatmiskuupäev|dagsetning|sent þann|wysłano|"
    "wysłane|data wysłania|odesláno|posláno|dátum|odoslané|poslano|poslato|датум|послато|дата|"
    "изпратено|изпратено на|испратено|отправлено|отправлен|дата отправки|дата и время|"
    "надіслано|відправлено|ημερομηνία|στάλθηκε|εστάλη|απεστάλη|tarih|gönderildi|"
    "gönderilme tarihi|gönderme tarihi|küldve|elküldve|küldés dátuma|dată|trimis|trimis la|"
    "nosūtīts|datums|išsiųsta|išsiųstas|enviat|enviat el|bidalia|bidaltze-data|dyddiad|dáta|"
    "תאריך|נשלח|التاريخ|تاريخ|تاريخ الإرسال|أرسلت|تم الإرسال|تاریخ|ارسال شده|दिनांक|tanggal|"
    "dikirim|terkirim|tarikh|dihantar|ngày|ngày gửi|đã gửi|thời gian|gửi lúc|วันที่|ส่ง|날짜|"
    "보낸 날짜|보낸날짜|보낸 시간|발송일|日付|日時|送信日時|送信日|发送时间|发送日期|日期|"
    "时间|時間|寄件日期|發送日期|傳送時間|傳送日期|發送時間|已传送|已傳送|data i godzina|"
    "送信メール|المرسلة|datum slanja|datum i vrijeme|poslané|odoslaná|dátum a čas|"
    "data trimiterii|trimisă|dată trimitere|gönderme zamanı|küldés ideje|érkezett|"
    "elküldés dátuma|lähetetty pvm|sendt dato|dato sendt|skickat datum|datum skickat|päivä|"
    "aika"
)
REPLY_TO = (
    "reply-to|reply to|antwort an|antwortadresse|répondre à|responder a|responder para|"
    "rispondi a|antwoorden aan|beantwoorden|antwoord aan|svar till|svara till|svar til|"
    "vastausosoite|vastaus|odpowiedz do|odpověď na|odpovědět|odpoveď|ответить|ответ|"
    "обратный адрес|відповісти|yanıtla|válaszcím|回复|回覆|返信先|답장 받는 사람|"
    "adresa pro odpověď|odgovori na|răspuns către|відповідь|respunder a|antwurdzje nei|"
    "antwoord naar|vastamise aadress|wotmołwić na"
)
OTHER = (
    "bcc|blindkopie|blindkopie (bcc)|cci|cco|ccn|importance|priority|wichtigkeit|priorität|"
    "priorité|importanza|priorità|prioridad|prioridade|prioriteit|urgentie|prioritet|ważność|"
    "attachments|attachment|anlagen|anlage|anhänge|pièces jointes|datos adjuntos|allegati|"
    "anexos|bijlagen|bilagor|vedhæftede filer|załączniki|přílohy|вложения|附件|organization|"
    "organisation|message-id|resent-from|resent-date|resent-to|mailing list|list-id|"
    "sensitivity|categories|x-mailer|return-path|in-reply-to"
)


def _fields() -> dict[str, str]:
    """Return the field of each label; what two fields share is the earlier one's."""
    named = {
        "from": FROM, "to": TO, "cc": CC, "subject": SUBJECT, "date": DATE,
        "reply_to": REPLY_TO, "other": OTHER,
    }  # fmt: skip
    fields: dict[str, str] = {}
    for field, words in named.items():
        for word in words.split("|"):
            fields.setdefault(plain(word), field)
    return fields


FIELDS = _fields()

# What stands before the subject of a mail that is passed on.
FORWARDS = (
    "fw|fwd|forwarded|wg|wtrlt|tr|trans|rv|rev|reenv|reenvío|i|inoltra|inoltro|enc|encam|"
    "doorst|vs|vb|vl|vl.|fs|pd|přep|předáno|fwd.|ед|edas|edasi|továbbítás|továbbított|tov|"
    "redir|redir.|rdr|пер|пересл|переслано|пересылка|фв|πρθ|προωθ|ilt|ilet|yönl|הועבר|"
    "إعادة توجيه|ارسال|trs|trims|转发|轉寄|轉發|转|전달|転送|ฟอร์เวิร์ด|chuyển tiếp|prosl|"
    "proslijeđeno|posr|pārsūt|persiųsta|framsent|áframsent"
)
