"""The words by which servers say, in many languages, that a mail was not delivered. Data."""

from __future__ import annotations

import re

from answerable.channels.email.core.bounce_report import ADDRESS

# A line or sentence that says of recipients that they did not get a mail.
FAILING = re.compile(
    r"could ?n[o']t (?:be )?(?:deliver|sen[dt]|reach)|(?:can|could|was|were|is|has"
    r"|have)(?: not|n'?t|not)"
    r"(?: been| be)?(?: yet)? (?:deliver|sent|reach|receiv|accept)"
    r"|not (?:yet )?(?:be |been )?(?:deliver|reach|receiv)|undeliver|non-?deliver"
    r"|unable to (?:deliver|send)"
    r"|fail(?:ed|ure|s|ing)\b|fatal errors?|delivery (?:problem|error|has been delayed|attempt)"
    r"|(?:not|n'?t) able to (?:deliver|send)|(?:error|trouble"
    r"|problem)s? (?:occurred )?(?:while )?(?:deliver|sending|attempting)"
    r"|rejected|returned permanent errors|wasn'?t (?:found|delivered)"
    r"|address(?:es)? (?:had|failed)"
    r"|not (?:a )?member|duplicated message-id|loop alert|allowed to post|permission to post"
    r"|is delayed|been delayed"
    r"|not yet received|mailbox|over ?quota|exceed|unknown (?:user|recipient)"
    r"|user unknown|does(?: not|n't) exist|recipients? (?:were|was|of|is|list)"
    r"|incorrectly constructed"
    r"|nicht (?:zugestellt|zustellbar|erreich|übermittelt)|unzustellbar|fehlgeschlagen"
    r"|pas pu être|n'a pas été|non (?:remis|distribu)|échec|impossible de (?:remettre"
    r"|distribuer)"
    r"|no se (?:ha podido|pudo|puede) entregar|no (?:entregad|pudo ser)|non (?:è stato"
    r"|recapitabil)"
    r"|impossibile (?:recapitare|consegnare)|não (?:foi possível|pôde|entregue)"
    r"|niet (?:worden )?(?:bezorgd|afgeleverd|bezorgen)|kunde inte|kunne ikke|ei voitu"
    r"|nie (?:może|można|dostarcz)"
    r"|\u043d\u0435 (?:\u043c\u043e\u0436\u0435\u0442 \u0431\u044b\u0442\u044c"
    r"|\u0434\u043e\u0441\u0442\u0430\u0432\u043b"
    r"|\u0443\u0434\u0430\u043b\u043e\u0441\u044c)"
    r"|\u043d\u0435\u0434\u043e\u0441\u0442\u0430\u0432"
    r"|送信でき|配信でき|配送でき|失敗|无法|無法|退信|실패|teslim edilemedi",
    re.IGNORECASE,
)
# Who to ask and whom not to answer: no recipient stands there.
ASIDE = re.compile(
    r"\b(?:contact|assistance|questions?|help|support|feedback|unsubscribe|report (?:this"
    r"|abuse))\b[^<]{0,60}[<@]"
    r"|send (?:an? )?(?:e-?)?mail to|message-id|mail from ?:|envelope[- ](?:from|sender)"
    r"|return-path"
    r"|^\s*(?:from|sender|original sender|mail from|reply-to) ?:|^\s*https?://|mime"
    r"|-(?:ctl|request|help|unsubscribe)@"
    r"|original[- ]envelope",
    re.IGNORECASE,
)
# A line that names a recipient by a label.
LABEL = re.compile(
    r"^[\s*>-]*(?:(?:failed |original |final |intended )?recipients?(?: address)?(?:es)?"
    r"|addressed to|rcpt to"
    r"|failed address|email address|(?:un)?deliver\w* to|empfänger\w*|destinataires?"
    r"|destinatari[oi]s?"
    r"|ontvangers?|mottagare|modtager|mottaker|odbiorc\w"
    r"|\u043f\u043e\u043b\u0443\u0447\u0430\u0442\u0435\u043b\w+|受信者|宛先|收件人)"
    rf" ?: ?<?({ADDRESS.pattern})>?",
    re.IGNORECASE,
)
