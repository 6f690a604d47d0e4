# ruff: noqa: RUF001
"""The words that mail programs put above a quotation, in the languages they speak. Pure.

All are in small letters, as they are compared, and divided by “|”.
"""

from __future__ import annotations

# What stands at the beginning of “On … wrote:”.
BEGINNINGS = (
    "on|at|am|den|um|le|el|il|il giorno|in|em|no|op|på|kl|þann|dnia|w dniu|dne|dňa|dana|на|в|"
    "στις|την|pe|în|o|ar|më|ב-|בתאריך|ב|في|بتاريخ|در|को|pada|vào|lúc|เมื่อ|ใน|在|于|於|às|la|"
    "ils|على|pe data de|ngày|kl.|d."
)

# What somebody did. A language that needs no space before a word is in the second list.
WROTE = (
    "wrote|writes|sent|schrieb|schreibt|geschrieben|a écrit|écrit|a ecrit|escribió|"
    "ha escrito|escribe|ha scritto|scritto|scrive|escreveu|escreve|schreef|schrijft|"
    "geschreven|skrev|skriver|kirjoitti|kirjoittaa|kirjutas|skrifaði|napisał|napisała|pisze|"
    "napsal|napsala|píše|napísal|napísala|napisal|napisala|napisao|piše|написа|пише|напиша|"
    "написао|написал|написала|писал|писала|пишет|написав|έγραψε|yazdı|yazmış|ezt írta|írta|"
    "a scris|rakstīja|rašė|parašė|va escriure|ha escrit|escribiu|idatzi du|ysgrifennodd|"
    "scríobh|het geskryf|skribis|shkroi|מאת|כתב|כתבה|כתב/ה|كتب|كتبت|نوشت|लिखा|menulis|đã viết|"
    "viết|напісаў|skreau|skreiv|sgrìobh|ha scrit|napisa|idatzi zuen|skrivet|գրել է|写于"
)
WROTE_UNSPACED = (
    "เขียน|작성|쓴 글|썼습니다|のメール|書きました|写道|寫道|写信|撰寫|写了|寫了|编写|写于|"
    "បានសរសេរ"
)
# What stands before a name alone: "Quoting Ana <…>:".
QUOTING = (
    "quoting|zitat von|citando|citation de|citazione|citat från|citat fra|citeren van|cytat|"
    "цитирую|citace|missatge de"
)
# Who says this speaks of themselves.
SELF = "i wrote|we wrote|i sent|we sent|ich schrieb|schrieb ich|schrieben wir|j'ai écrit"

# "-----Original Message-----".
ORIGINAL = (
    "original message|original email|original e-mail|original mail|original appointment|"
    "replied message|reply message|ursprüngliche nachricht|originalnachricht|"
    "original-nachricht|original nachricht|ursprüngliche mail|ursprüngliche e-mail|"
    "antwort nachricht|message d'origine|message original|message initial|courriel original|"
    "mensaje original|mensaje de origen|messaggio originale|messaggio originario|"
    "mensagem original|oorspronkelijk bericht|oorspronkelijke bericht|origineel bericht|"
    "ursprungligt meddelande|originalmeddelande|ursprungligt brev|oprindelig meddelelse|"
    "original meddelelse|oprindelig besked|opprinnelig melding|original melding|"
    "opprinnelig e-post|alkuperäinen viesti|algne sõnum|algne kiri|originaalkiri|"
    "upprunaleg skilaboð|oryginalna wiadomość|wiadomość oryginalna|"
    "treść oryginalnej wiadomości|původní zpráva|původní e-mail|pôvodná správa|"
    "izvirno sporočilo|prvotno sporočilo|izvorna poruka|originalna poruka|оригинална порука|"
    "оригинално съобщение|първоначално съобщение|исходное сообщение|оригинальное сообщение|"
    "первоначальное сообщение|исходное письмо|вихідне повідомлення|оригінальне повідомлення|"
    "початкове повідомлення|αρχικό μήνυμα|orijinal mesaj|orijinal ileti|özgün ileti|"
    "asıl ileti|eredeti üzenet|eredeti levél|mesajul original|mesaj original|mesajul inițial|"
    "sākotnējais ziņojums|pradinis laiškas|originalus laiškas|missatge original|"
    "mensaxe orixinal|jatorrizko mezua|הודעה מקורית|ההודעה המקורית|הודעה מקור|رسالة أصلية|"
    "الرسالة الأصلية|پیام اصلی|मूल संदेश|pesan asli|mesej asal|thư gốc|tin nhắn gốc|"
    "ข้อความต้นฉบับ|원본 메시지|원본 메일|元のメッセージ|元のメール|オリジナルメッセージ|"
    "原始邮件|原邮件|邮件原件|原始郵件|原始訊息|原始信件|回复的原邮件|回复的邮件|"
    "oorspronklike boodskap|الرسالة الأصليَّة|зыходны ліст|оригинално писмо|মূল বার্তা|"
    "kemennadenn orinel|neges wreiddiol|originalna powěsć|alkuperäinen viesti / orig.msg|"
    "oarspronklik berjocht|teachtaireacht bhunaidh|મૂળ સંદેશો|օրիգինալ նամակը|"
    "upprunalegur póstur|საწყისი წერილი|оригинална порака|opphavleg melding|messadi original|"
    "මුල් ලිපිය|mesazhi origjinal|原始消息|ursprüngliche mitteilung|originalmail|"
    "originalni e-mail"
)

# "---------- Forwarded message ----------" and "Begin forwarded message:".
FORWARDED = (
    "forwarded message|forwarded mail|forwarded email|forwarded letter|"
    "original message forwarded|begin forwarded message|start forwarded message|"
    "weitergeleitete nachricht|weitergeleitete e-mail|weitergeleitete mail|"
    "anfang der weitergeleiteten nachricht|anfang der weitergeleiteten e-mail|"
    "beginn der weitergeleiteten nachricht|message transféré|message transmis|"
    "message réexpédié|courriel transféré|début du message réexpédié|"
    "début du message transféré|début du message transmis|mensaje reenviado|correo reenviado|"
    "inicio del mensaje reenviado|inicio de mensaje reenviado|messaggio inoltrato|"
    "inizio messaggio inoltrato|inizio del messaggio inoltrato|mensagem encaminhada|"
    "mensagem reencaminhada|início da mensagem encaminhada|início da mensagem reencaminhada|"
    "doorgestuurd bericht|doorgestuurde e-mail|begin doorgestuurd bericht|"
    "begin van doorgestuurd bericht|vidarebefordrat meddelande|vidarebefordrat brev|"
    "vidarebefordrat mail|vidarebefordrat e-postmeddelande|"
    "början på vidarebefordrat meddelande|början på vidarebefordrat brev|"
    "påbörja vidarebefordrat brev|videresendt meddelelse|videresendt besked|videresendt mail|"
    "start på videresendt besked|start på videresendt meddelelse|videresendt melding|"
    "videresendt e-post|start på videresendt melding|begynnelse på videresendt melding|"
    "begynnelsen på videresendt melding|välitetty viesti|edelleenlähetetty viesti|"
    "välitetyn viestin alku|välitetty viesti alkaa|alkaa välitetty viesti|edastatud kiri|"
    "edastatud sõnum|edastatud sõnumi algus|edasi saadetud kiri|áframsend skilaboð|"
    "przekazana wiadomość|przekazywana wiadomość|wiadomość przekazana|"
    "wiadomość przesłana dalej|przesłana wiadomość|treść przekazanej wiadomości|"
    "początek przekazywanej wiadomości|początek przekazanej wiadomości|"
    "początek wiadomości przekazanej|přeposlaná zpráva|předaná zpráva|přeposlaný e-mail|"
    "začátek přeposílané zprávy|začátek přeposlané zprávy|preposlaná správa|posunutá správa|"
    "odovzdaná správa|začiatok preposlanej správy|začiatok preposielanej správy|"
    "posredovano sporočilo|začetek posredovanega sporočila|proslijeđena poruka|"
    "početak proslijeđene poruke|prosleđena poruka|прослеђена порука|препратено съобщение|"
    "препратено писмо|начало на препратеното съобщение|препратена порака|"
    "пересылаемое сообщение|пересланное сообщение|пересылаемое письмо|пересланное письмо|"
    "перенаправленное сообщение|переадресованное сообщение|начало переадресованного сообщения|"
    "начало пересылаемого сообщения|переслане повідомлення|перенаправлене повідомлення|"
    "пересланий лист|початок переспрямованого повідомлення|початок пересланого повідомлення|"
    "προωθημένο μήνυμα|έναρξη προωθημένου μηνύματος|αρχή προωθημένου μηνύματος|iletilen mesaj|"
    "iletilen ileti|iletilmiş mesaj|yönlendirilen mesaj|yönlendirilen ileti|"
    "yönlendirilmiş mesaj|yönlendirilmiş ileti|iletilen mesajın başlangıcı|"
    "iletilmiş mesajın başlangıcı|başlangıç iletilen mesaj|továbbított üzenet|"
    "továbbított levél|továbbított üzenet kezdete|továbbított levél kezdete|"
    "mesaj redirecționat|mesaj înaintat|mesaj transmis|început mesaj redirecționat|"
    "începutul mesajului redirecționat|începe mesajul redirecționat|pārsūtīta ziņa|"
    "pārsūtīts ziņojums|persiųstas laiškas|persiunčiamas laiškas|persiųstas pranešimas|"
    "missatge reenviat|inici del missatge reenviat|mensaxe reenviada|birbidalitako mezua|"
    "הודעה שהועברה|הודעה מועברת|תחילת ההודעה שהועברה|תחילת הודעה שהועברה|رسالة معاد توجيهها|"
    "رسالة مُعاد توجيهها|الرسالة المعاد توجيهها|رسالة محولة|بداية الرسالة المعاد توجيهها|"
    "بداية الرسالة المُعاد توجيهها|پیام هدایت شده|پیام بازارسال شده|अग्रेषित संदेश|"
    "pesan terusan|pesan yang diteruskan|pesan diteruskan|awal pesan yang diteruskan|"
    "mesej dimajukan|thư đã chuyển tiếp|thư chuyển tiếp|tin nhắn đã chuyển tiếp|"
    "bắt đầu thư được chuyển tiếp|bắt đầu thư chuyển tiếp|ข้อความที่ส่งต่อ|เริ่มข้อความที่ส่งต่อ|"
    "전달된 메시지|전달한 메시지|전달된 메일|전달된 이메일|전달된 메시지 시작|"
    "転送されたメッセージ|転送メッセージ|転送されたメール|以下は転送されたメッセージです|"
    "以下、転送されたメッセージ|转发的邮件|转发邮件信息|被转发邮件信息|转发邮件|已转发邮件|"
    "转发的消息|开始转发的邮件|以下是转发的邮件|轉寄郵件|轉寄的郵件|已轉寄的郵件|轉寄訊息|"
    "開始轉寄郵件|開始轉寄訊息|以下是轉寄的郵件|رسالة ممرّرة|mensaxe reunviáu|накіраваны ліст|"
    "dalej pósrědnjona powěsć|dale sposrědkowana powěsć|välitetty viesti / fwd.msg|"
    "trochstjoerd berjocht|teachtaireacht ar aghaidh|փոխանցվող նամակը|áframsendur póstur|"
    "បានបញ្ជូនសារបន្ត|vidaresend melding|messadi renvià|mesazhi i përcjellë|"
    "ileti başlangıcı|mensaje remitido|mensaje enviado|"
    "mensaje transferido|započni proslijeđenu poruku|začátek předané zprávy|転送メール|"
    "اعادة التوجيه|početak poruke koja se prosljeđuje|начало пересланного сообщения|"
    "inceputul mesajului redirecționat|început de mesaj redirecționat|mesajul redirecționat|"
    "redirecționare mesaj|iletilmiş ileti|yönlendirilmiş e-posta|iletilen e-posta|"
    "vidarebefordrat e-post"
)
FORWARDED_BY = (
    "forwarded by |weitergeleitet von |weitergeleitet am |transféré par |réexpédié par |"
    "reenviado por |inoltrato da |encaminhado por |doorgestuurd door |vidarebefordrat av |"
    "videresendt af |videresendt av |przekazane przez |přeposlal "
)

# What help desks put above what they send, to know where an answer ends.
ABOVE = (
    r"your (?:reply|response|answer|comment)\S{0,3} above this line|reply above this line|"
    r"respond above this line|(?:ober|über)\w{0,6} dieser (?:zeile|linie)|"
    r"über diese(?:r)? (?:zeile|linie)|au-dessus de cette ligne|encima de esta l[ií]nea|"
    r"sopra (?:a )?questa (?:linea|riga)|boven deze (?:lijn|regel)|acima dest[ae] linha|"
    r"(?:ovanför|över) (?:den här|denna) (?:raden|linjen|rad|linje)|(?:over|"
    r"ovenfor) denne linjen?|tämän rivin (?:yläpuolelle|yllä)|(?:nad|powyżej) (?:tą|"
    r"tej) lini\w{1,2}|nad (?:tímto|týmto|touto) \w{3,8}|выше эт(?:ой|ого) (?:строки|линии|"
    r"текста)|(?:вище|над) ц(?:ього|ієї|им) \w{4,8}|bu satırın üst\w{1,8}|e fölé a (?:sor|"
    r"vonal)|ezen? (?:sor|vonal) fölé|deasupra acestei linii|πάνω από αυτή τη γραμμή|"
    r"מעל (?:ה)?שורה (?:ה)?זו|فوق هذا (?:السطر|الخط)|di atas baris ini|phía trên dòng này|"
    r"この(?:行|線)より上|(?:在)?此行(?:之|以)?上|在此線上方|이 (?:줄|선) 위"
)
# What forums put above what was written before, below a rule.
PREVIOUS = (
    "previous replies|vorherige antworten|réponses précédentes|respuestas anteriores|"
    "risposte precedenti|respostas anteriores|vorige antwoorden|eerdere antwoorden|"
    "eerdere reacties|tidigare svar|tidligere svar|aiemmat vastaukset|aikaisemmat vastaukset|"
    "varasemad vastused|poprzednie odpowiedzi|předchozí odpovědi|predchádzajúce odpovede|"
    "prejšnji odgovori|prethodni odgovori|предишни отговори|предыдущие ответы|"
    "попередні відповіді|προηγούμενες απαντήσεις|önceki yanıtlar|korábbi válaszok|"
    "előző válaszok|răspunsuri anterioare|respostes anteriors|תגובות קודמות|الردود السابقة|"
    "پاسخ‌های قبلی|balasan sebelumnya|câu trả lời trước|이전 답글|이전 답변|以前の返信|"
    "以前的回复|之前的回复|先前的回覆|之前的回覆"
)
