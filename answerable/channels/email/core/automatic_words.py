"""The words of machines in many languages: in senders, subjects and first lines. Data."""

from __future__ import annotations

import re

# Who only ever reports what became of mails.
DAEMON = re.compile(
    r"^(mailer[-_.]?daemon|mail[-_.]?daemon|mdaemon|mail[-_.]?delivery[-_.]?(?:system"
    r"|subsystem)"
    r"|double-?bounce|maildeliverysystem)(?:[+-][^@]{0,64})?(?:@|$)",
    re.IGNORECASE,
)
# Who reports too, but whose address people may use as well.
REPORTER = re.compile(
    r"^(poo?st[-_.]?master|mailer|bounces?|mailadmin|mail[-_.]?system|sysadmin|administrator"
    r"|(?:do[-_.]?not|no)[-_.]?reply|[\w.-]{1,60}-(?:admin|owner|bounces)|owner-[\w.-]{1,60})"
    r"(?:[+-][^@]{0,64})?@",
    re.IGNORECASE,
)
REPORTER_NAME = re.compile(
    r"mail(?:er)?[ -]?deliver|mailer[ -]?daemon|delivery (?:system|subsystem|service)"
    r"|content-?filter|postmaster|system administrator",
    re.IGNORECASE,
)
UNDELIVERED = re.compile(
    r"^\W{0,6}(?:re ?: ?)?(?:undeliver(?:ed|able)|(?:mail |message )?delivery (?:status"
    r"|fail|problem|error|report|delay|notif|unsuccess)"
    r"|(?:mail|message|e-?mail) (?:delivery|fail|status|system error|could not|undeliver"
    r"|not delivered|delayed|returned)"
    r"|(?:failure|failed) (?:notice|notification|delivery|to deliver|mail)"
    r"|delivery has failed|returned (?:mail|to sender)"
    r"|non[ -]?deliver|delayed (?:mail|delivery)|notice: mail delivery|permanent delivery"
    r"|postmaster notify"
    r"|there was an error sending|sorry, your message could|considered unsolicited"
    r"|message you sent"
    r"|warning: (?:could not|message)|could not (?:send|deliver)|bounce|mta-blocked"
    r"|loop alert|nondeliverable"
    r"|you .{1,80} are not (?:a )?member|not member|request(?:ed)? reject"
    r"|unable to deliver|rejected mail"
    r"|unzustellbar|nicht (?:zustellbar|zugestellt)|zustellung|nachricht nicht"
    r"|benachrichtigung .{0,8}zum .{0,8}übermittlung"
    r"|fehler (?:bei|beim)|non remis|non distribu|échec|echec|notification d'état"
    r"|message non"
    r"|no se (?:pudo|puede|ha podido) entregar|no (?:entregado|se ha entregado)"
    r"|error de entrega|devuelto"
    r"|non recapit|mancato recapito|impossibile recapitare|não (?:foi|entregue)"
    r"|falha (?:na|de) entrega"
    r"|onbestelbaar|niet (?:bezorgd|afgeleverd)|kan inte levereras|ikke (?:leveret|levert)"
    r"|niedoręcz|nie dostarcz"
    r"|nedoručiteln|teslim edilemedi|teslim edilemeyen"
    r"|\u043d\u0435\u0434\u043e\u0441\u0442\u0430\u0432"
    r"|(?:\u0432\u0430\u0448\u0435 )?"
    r"\u0441\u043e\u043e\u0431\u0449\u0435\u043d\u0438\u0435 \u043d\u0435"
    r"|\u043d\u0435 \u0434\u043e\u0441\u0442\u0430\u0432"
    r"|メールエラー|メッセージを配信|配信(?:不能|でき|エラー)|送信(?:でき|エラー)"
    r"|退信|未送达|未傳達|无法投递|전송 ?실패|반송)",
    re.IGNORECASE,
)
# What Exchange and others write before the subject that they answer while somebody is away.
AWAY = re.compile(
    r"^\s*(?:(?:re|aw|sv|antwort|vs) ?: ?)?(?:automatic reply|auto(?:matic)?[- ]?(?:reply"
    r"|response|responder)"
    r"|out of (?:the )?office(?: (?:auto)?reply)?|vacation (?:reply|message|response)"
    r"|automatische (?:antwort|e-mail-antwort)"
    r"|abwesenheits(?:notiz|meldung|agent|assistent|nachricht)|abwesend|auto-antwort"
    r"|r[ée]ponse automatique|message d'absence"
    r"|absence du bureau|absent du bureau|respuesta autom[áa]tica|fuera de (?:la )?oficina"
    r"|risposta automatica|fuori (?:sede|ufficio)"
    r"|automatisch(?:e)? antwoord|afwezigheidsbericht|resposta autom[áa]tica"
    r"|fora do escrit[óo]rio|autosvar|automatiskt svar"
    r"|automatisk svar|frav[æa]r|automaattinen vastaus|odpowiedź automatyczna"
    r"|automatyczna odpowiedź|automatická odpověď"
    r"|otomatik yan\u0131t|\u0430\u0432\u0442\u043e\u043e\u0442\u0432\u0435\u0442"
    r"|\u0430\u0432\u0442\u043e\u043c\u0430\u0442\u0438\u0447\u0435\u0441\u043a\u0438\u0439"
    r" \u043e\u0442\u0432\u0435\u0442"
    r"|自動(?:応答|返信|回覆|答复)|自动(?:答复|回复)|자동 ?(?:회신|응답)"
    r"|不在通知)\s*(?:[:\uff1a-]|$)",
    re.IGNORECASE,
)
# That somebody is away, in the subject or first words of a mail that a machine wrote.
IS_AWAY = re.compile(
    r"\b(?:away (?:until|from|on|for|till)|out of (?:the )?office|ooo\b|on (?:vacation"
    r"|holiday|leave|annual leave|maternity|parental)"
    r"|(?:currently|am|be|is) (?:away|travel|out of)|return(?:ing)? to the office"
    r"|limited access to (?:my )?e?-?mail"
    r"|abwesen|nicht im b[üu]ro|im urlaub|in elternzeit|außer haus|zurück am"
    r"|wieder erreichbar|en vacances|absent|en congé"
    r"|de vacaciones|fuera de la oficina|ausente|fuori ufficio|in ferie|assente"
    r"|op vakantie|afwezig|de férias|på semester"
    r"|på ferie|lomalla|na urlopie|nieobecn|dovolené"
    r"|\u0432 \u043e\u0442\u043f\u0443\u0441\u043a\u0435"
    r"|\u043e\u0442\u0441\u0443\u0442\u0441\u0442\u0432\u0443\u044e)"
    r"|休暇|不在|休假|外出|부재|휴가",
    re.IGNORECASE,
)
FEEDBACK_FIELD = re.compile(r"^Feedback-Type: ?\w", re.IGNORECASE | re.MULTILINE)
COMPLAINT = re.compile(
    r"^\s*(?:complaint about message from \d|email feedback report for ip"
    r"|abuse report(?: from)?"
    r"|report domain: ?\S+ submitter:|dmarc (?:forensic|aggregate|failure) report)",
    re.IGNORECASE,
)
OPT_OUT = re.compile(r"^\s*unsubscribe\s*$", re.IGNORECASE)
