# ruff: noqa: RUF001
"""The words of telephones, and of lawyers, below a mail's text. Pure."""

from __future__ import annotations

# “Sent from my iPhone”: what says “sent”, in any language, and what a mail is sent with. A
# language that needs no space before a word is in the second list.
SENT = (
    "sent from|sent via|sent with|sent using|sent by|gesendet|versendet|verschickt|von meinem|"
    "von meiner|von unterwegs|envoyé|envoyée|écrit depuis|provenance|enviado|enviada|enviat|"
    "inviato|inviata|verzonden|verstuurd|gestuurd|skickat|skickad|sendt|lähetetty|saadetud|"
    "sent úr|wysłane|wysłano|odesláno|odoslané|posláno|poslano|poslato|изпратено|испратено|"
    "отправлено|отправлена|надіслано|відправлено|στάλθηκε|εστάλη|απεστάλη|gönderildi|küldve|"
    "küldtem|elküldve|trimis|expediat|nosūtīts|išsiųsta|bidalia|נשלח|أرسلت|أُرسلت|مرسل|ارسال|"
    "भेजा|dikirim|terkirim|dihantar|gửi từ"
)
SENT_UNSPACED = "ส่งจาก|보냄|보낸|에서 발송|から送信|发自|發自|来自我的|來自我的|傳送|發送"
DEVICES = (
    "iphon\\w*|ipad\\w*|ipod|ios|apple|mac|android\\w*|samsung|galaxy|blackberry|huawei|honor|"
    "xiaomi|redmi|oppo|oneplus|pixel|nexus|htc|lg|sony|xperia|nokia|motorola|moto|fairphone|"
    "windows|outlook|yahoo|aol|hotmail|gmx|web\\.de|mail\\.ru|yandex|яндекс\\w*|почт\\w+|"
    "protonmail|proton|tutanota|tuta|k-9|fairemail|spark|sparrow|newton|edison|canary|"
    "bluemail|mymail|aqua mail|touchdown|typeapp|telekom|t-mobile|verizon|at&t|o2|vodafone|"
    "handy|smartphone|mobile|mobil|mobilen|mobiltelefon|móvil|mobiele?|telefoon|telefon|"
    "tablet|phone|téléphone|cell|device|wireless|email app|mail-app"
)
DEVICES_UNSPACED = "iphone|ipad|android|手机|手機|华为|華為|小米|qq邮箱|网易"
# “Get Outlook for iOS”.
OFFERS = (
    "(?:get|hol|holen|laden|téléchargez|obtenez|obtener|descargar|consigue|obter|obtenha|"
    "scarica|ottieni|download|hämta|hent|hanki|pobierz|stáhnout|získat|скачать|загрузить|"
    "завантажити|indirin)\\b.{0,12}\\b(?:outlook|bluemail|yahoo|spark|typeapp|mymail|"
    "aqua mail)\\b"
)
# Lines that programs and offices put below; each begins a line.
FOOTERS = (
    "virus-free\\.|virenfrei\\.|sans virus\\.|libre de virus\\.|senza virus\\.|"
    "livre de vírus\\.|this (?:e-?mail|message) has been (?:checked|scanned) for viruses|"
    "diese e-?mail wurde (?:von|mit|auf)\\b.{0,40}\\b(?:avast|viren|virus)|"
    "cet? e-?mail a été (?:vérifié|analysé)|este (?:e-?mail|correo).{0,40}avast|"
    "(?:please )?(?:consider|think of) the environment before printing|"
    "(?:please )?think before (?:you print|printing)|(?:bitte )?(?:denken|prüfen|"
    "überlegen) sie\\b.{0,80}\\b(?:drucken|ausdruck|umwelt)|pensez à l'environnement|"
    "p(?:ensez|réservez)\\b.{0,40}\\bimprim|(?:antes de imprimir|piense en el medio)|"
    "prima di stampare|you (?:are receiving|received) this (?:message|"
    "e-?mail) because you (?:are|have|were)|reply to this email directly"
)
# What a notice of confidence begins with, and what its paragraph says beside.
NOTICES = (
    "(?:confidentiality|legal|privacy) (?:notice|statement|disclaimer|note)|disclaimer\\b|"
    "this (?:e-?mail|message|communication|transmission|correspondence)\\b|the (?:information|"
    "contents?)\\b.{0,40}\\b(?:e-?mail|message|communication)|e-?mail (?:disclaimer|"
    "confidentiality)|(?:diese|die in dieser) (?:e-?mail|nachricht|mail)|der inhalt dieser|"
    "vertraulichkeit|haftungsausschluss|rechtlicher hinweis|(?:ce|cet) (?:message|courriel|"
    "courrier|e-?mail|mél)|avis de confidentialité|les informations contenues|confidentialité|"
    "este (?:mensaje|correo|e-?mail)|aviso (?:legal|de)\\b|la información contenida|"
    "questo messaggio|questa e-?mail|le informazioni contenute|il contenuto di quest|"
    "avvertenze|esta (?:mensagem|e-?mail)|esta comunicação|dit (?:e-?mail)?bericht|"
    "deze e-?mail|de informatie in|detta (?:e-post)?meddelande|det här (?:e-post)?meddelandet|"
    "denne (?:e-?mail|mail|e-post)\\w*|tämä (?:sähköposti)?viesti|(?:ta|niniejsza) wiadomość|"
    "treść (?:tej|niniejszej) wiadomości|tato zpráva|tento e-?mail|táto správa|"
    "ez az (?:e-?mail|üzenet)|acest (?:mesaj|e-?mail)|это (?:сообщение|письмо)|"
    "настоящее (?:сообщение|письмо)|данное сообщение|bu (?:e-?posta|mesaj|ileti)|"
    "το παρόν (?:μήνυμα|e-?mail)"
)
CONFIDENT = (
    "confidential|privileged|vertraulich|confidentiel|confidencial|riservat|confidenzial|"
    "vertrouwelijk|konfidentiell|fortrolig|luottamuksel|poufn|důvěrn|dôvern|bizalmas|"
    "confidenți|конфиденциальн|gizli|εμπιστευτικ"
)
ADDRESSED = (
    "recipient|addressee|intended|empfänger|adressat|bestimmt|destinataire|destinatari|"
    "destinat[áa]ri|geadresseerde|ontvanger|bestemd|mottagar|avsedd|modtager|mottaker|"
    "vastaanottaj|adresat|příjemc|adresát|príjemc|címzett|destinatar|адресат|получател|alıcı|"
    "παραλήπτη"
)
