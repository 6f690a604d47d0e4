"""What servers write, and what it means: the most telling phrases first. Data."""

from __future__ import annotations

from enum import StrEnum

Table = tuple[tuple["Reason", tuple[str, ...]], ...]


class Reason(StrEnum):
    """Why a mail did not arrive. docs/bounces.md says each in words."""

    USER_UNKNOWN = "userunknown"
    HOST_UNKNOWN = "hostunknown"
    HAS_MOVED = "hasmoved"
    NOT_ACCEPT = "notaccept"
    MAILBOX_FULL = "mailboxfull"
    SUSPEND = "suspend"
    FILTERED = "filtered"
    EXCEED_LIMIT = "exceedlimit"
    MESSAGE_TOO_BIG = "mesgtoobig"
    SYSTEM_FULL = "systemfull"
    SYSTEM_ERROR = "systemerror"
    MAILER_ERROR = "mailererror"
    NETWORK_ERROR = "networkerror"
    EXPIRED = "expired"
    ON_HOLD = "onhold"
    BLOCKED = "blocked"
    BAD_REPUTATION = "badreputation"
    REQUIRE_PTR = "requireptr"
    AUTH_FAILURE = "authfailure"
    REJECTED = "rejected"
    NO_RELAYING = "norelaying"
    SECURITY_ERROR = "securityerror"
    FAILED_STARTTLS = "failedstarttls"
    POLICY_VIOLATION = "policyviolation"
    NOT_COMPLIANT = "notcompliantrfc"
    SPAM_DETECTED = "spamdetected"
    VIRUS_DETECTED = "virusdetected"
    CONTENT_ERROR = "contenterror"
    SPEEDING = "speeding"
    TOO_MANY_CONNECTIONS = "toomanyconn"
    SYNTAX_ERROR = "syntaxerror"
    SUPPRESSED = "suppressed"
    UNDEFINED = "undefined"


def _table(text: str) -> Table:
    """Return rows of a reason and its phrases; | stands between phrases, ~ for a space."""
    rows = []
    for row in text.strip().replace("|\n", "| ").splitlines():
        name, _, phrases = row.partition(":")
        words = tuple(phrase.strip().replace("~", " ") for phrase in phrases.split("|"))
        rows.append((Reason(name), words))
    return tuple(rows)


PHRASES = _table("""
suppressed: suppression list | is suppressed | address suppressed | on the suppress
spamdetected: spam classification | virus or spam
speeding: unusual rate of
userunknown: resolver.adr.recipnotfound | resolver.adr.recipientnotfound | adr.exrecipnotfound |
  address rejected: access denied | not listed in public | not listed in domino
hostunknown: nonexistentdomain | mx records point to non-existent
networkerror: dns.mxloopback
systemerror: adr.badprimary | adr.invalidinsmtp | adr.ambiguous
toomanyconn: adr.reciplimit
expired: queue.expired | message expired
exceedlimit: rst.recipsizelimit | rst.sendersizelimit
rejected: rst.notauthorized | notauthenticatedforgroup | notauthorizedforgroup
policyviolation: transport.rules | rules reject
suspend: due to inactivity | for inactivity
mailererror: pipe delivery | command not found | command failed
onhold: greylist | graylist | grey listed
norelaying: relay access denied | relaying denied
rejected: sending to/from an address that has been blacklisted
virusdetected: virus | malware | infected | trojan | worm. | phishing |
  rejected due to security policies
policyviolation: content presents a potential | potential security issue | attachment type |
  blocked attachment | attachments are not allowed | executable
notcompliantrfc: rfc 5322 | rfc5322 | rfc 2822 | rfc2822 | rfc 822 | rfc 5321 compliant |
  addresses in from: | multiple from | multiple subject | duplicate header |
  missing from header | from header is missing | missing message-id | not rfc | violates rfc |
  non-compliant | header is malformed
requireptr: ptr record | ptr lookup | dns ptr | no ptr | missing ptr | reverse dns | rdns |
  reverse lookup | reverse name | reverse resolution | mismatches client ip |
  cannot find your hostname | cannot find your reverse | cannot resolve your |
  unable to resolve your | helo does not resolve | hostname does not resolve |
  without a valid sender domain | fcrdns | does not have a valid hostname |
  domain name in helo
authfailure: required authentication level |
  dmarc | dkim | ~spf | spf~ | spf: | [spf | (spf | sender policy framework |
  unauthenticated email | sender is unauthenticated | authentication information or fails |
  fails to pass authentication | authentication checks | domain authentication
badreputation: reputation | volume or user complaints | user complaints |
  high volume of complaints | sender score
speeding: recipients this hour | rate limit | sending rate | too fast | slow down | throttl |
  at a rate that | too quickly | message rate | hourly limit | daily limit |
  daily sending quota | sending limit | emails per | messages per | too much mail |
  exceeded the maximum number of messages
toomanyconn: too many recipients | too many connections | too many concurrent |
  too many sessions | connection frequency | connection rate | connection limit |
  maximum connections | many simultaneous | number of connections
failedstarttls: starttls | tls negotiation | tls required | tls is required | tls handshake |
  must use tls | certificate
securityerror: smtp authentication | authentication required | authrequired | auth required |
  unauthenticated senders | must authenticate | not authenticated | without authentication |
  authentication failed | must be authenticated | security reasons | codes 5.7.8
norelaying: relay access denied | relaying denied | relay not permitted | relaying not |
  to relay | insecure mail relay | relay denied | do not relay | relaying prohibited |
  no relay | relay operation | relaying mail | relay is not | cannot relay |
  relaying blocked | relay prohibited | relaying is | email address is not verified |
  not local host | isn't in my list of allowed rcpthosts | in my control/locals |
  not a gateway
notaccept: null mx | nullmx | rfc7505 | not accept mail | not accept any mail |
  not accept email | doesn't receive email | doesn't accept email | not receive mail |
  no smtp service | no mx record | find a mail exchanger | does not accept e-mail |
  accepts no mail | smtp protocol returned a permanent error | host does not accept |
  no mx or srv
blocked: errors/554rly | rly: | permanently deferred | connection refused | connections from |
  blacklist | black list | blocklist | block list | blocked using | blocked by |
  blocked for | blocked ip | blocked due | ip blocked | is blocked | been blocked | dnsbl |
  ~rbl | rbl~ | cdrbl | spamhaus | spamcop | sorbs | barracudacentral | /bl?ip | (bl) |
  banned | ip address is listed | is listed | listed at | listed on | listed by |
  client host | open relay | open proxy | no access from | not accepting connections |
  connections not accepted | connection refused by | weren't sent | bad ip | dynamic ip |
  dynamic/ | dialup | dial-up | residential ip | my name was rejected | from your ip |
  your ip address | smtp server of your | your host | your network | your server |
  helo command rejected | access from ip | ip address has been | bad helo | mail server at |
  firewall
spamdetected: spam points | score spam | looks like spam |
  unsolicited | ube, id | ube) | - spam | spam message | spam detect | as spam |
  like spam | spam classif | is spam | contains spam | spam content | spam filter |
  considered spam | be spam | spam score | spamming | suspected spam | anti-spam | antispam |
  spam rejected | no spam | bulk email filter | junk | ofr_506 | high probability of spam |
  spam probability | spam mail | possible spam | for spam | suspicious content | lpn007_510 |
  mail rejete. mail rejected
exceedlimit: limit set by recipient | exceeds recipient | recipient's size limit |
  size limit of the recipient | exceeds the size limit for the recipient
mailboxfull: over limit | enough space | mailbox full | mailbox is full | mail box full |
  mailbox has exceeded |
  mailbox exceeds | quota | inbox is full | inbox full | folder is full | mailfolder is full |
  storage limit | out of storage | exceeds allowed size | exceeded the local limit |
  mailbox size limit | mailbox for user is full | not enough disk space | not enough storage |
  insufficient mailbox storage | too many messages on | mailbox too large | maildir over |
  over the maximum | account is full | box is full | boîte pleine | boîte aux lettres pleine |
  postfach ist voll | postfach voll | mailbox voll | buzón lleno | casella piena | 一杯 |
  容量 | \u043f\u0435\u0440\u0435\u043f\u043e\u043b\u043d
systemfull: disk space | disk full | disk is full | no space left |
  insufficient system storage | insufficient system resources | out of memory |
  insufficient resources
mesgtoobig: message too large | message is too large | message size | too big | too large |
  size limit | line limit | line too long | message exceeds | exceeds maximum | exceeds size |
  message length exceeds | exceed the size | exceeds the maximum | max message size
hasmoved: has moved | has been moved | address has changed | has changed to |
  been replaced by | new address is | has been replaced | mailbox has been transferred
suspend: disabled | account that you tried to reach is inactive | frozen | is suspended |
  been suspended |
  account suspended | mailbox suspended | account locked |
  discontinued | deactivated | account is locked | mailbox locked | account inactive |
  mailbox is inactive | is not active | account expired | account is closed |
  temporarily inactive | mailbox inactive | not currently being accepted |
  currently not accepting | not accepting messages | user suspended | account blocked |
  account has been closed | account closed
rejected: not allowed to send |
  sender address rejected | sender rejected | domain of sender | sender domain |
  sender address | sender verif | sender not | invalid sender | bad sender |
  unroutable sender | unrouteable sender | responsible address | valid from | from: domain |
  not a member | not member | not allowed to post | permission to post | not a registered |
  may not post | closed list | send mail as | address that has been blacklisted |
  backscatter | restricted to members | sender denied | from address | return address |
  group you tried to contact | expediteur rejeté | moderated group | post to the group
filtered: recipient preferences | preferences of the | domain-filter | domain filter |
  recipient filter | extended inactivity | not in the recipient's | user reject |
  rejected by user | refused by the recipient | refused by recipient | rejected by recipient |
  whitelist | challenge | has rejected your | restricted address | because the server is in |
  due to its content | contents filter
mailererror: command output | procmail | pipe to | mailer error | command died |
  command failed | child status | x-unix | vacation program | exited with | returned failure
networkerror: hop count | routing loop | mail loop | message loop | loops back |
  loop detected | too many hops | network error | no route to host | network is unreachable |
  network unreachable | lost connection | name server reply | name server loop |
  an smtp connection | dns error | host name lookup failure | name lookup fail |
  connection dropped | broken pipe | connection reset | connection was dropped |
  host is unreachable | not reachable by | unable to connect | couldn't connect |
  could not connect
hostunknown: host unknown | unknown host | host not found | no such host | find any host |
  domain does not exist | domain not found | domain name not found | no such domain |
  unrouteable address | unroutable address | illegal host | name or service not known |
  domain is not reachable | unknown domain | nxdomain | host or domain name not found |
  domain is not valid | domain couldn't be found | bad destination host | domain invalid |
  domain is invalid | invalid domain | mail domain mentioned | no route found to domain |
  unable to route | cannot route | no mail hosts for domain
userunknown: user unknown | unknown user | no such user | no mailbox | mailbox unavailable |
  recipnotfound | recipientnotfound | recipient not found | does not exist | doesn't exist |
  do not exist | not exist | address not found | couldn't be found | could not be found |
  wasn't found | was not found | invalid recipient | unknown recipient | recipient unknown |
  no such | not a valid | unknown address | address unknown | unknown or illegal |
  user doesn't have | doesn't have a | not recognized | no valid recipients |
  destinataire invalide | invalid mailbox | invalid address | invalid user | user invalid |
  in local recipient table | user not found | mailbox not found | no account |
  account not found | not listed in domino | domino directory | unknown local |
  unknown account | unknown mailbox | mailbox unknown | no user | not our customer |
  no longer | inactive email address | illegal user | cannot find | can't find | not found |
  recipient invalid | recipient not exist | unknown alias | empfänger unbekannt |
  unbekannter empfänger | utilisateur inconnu | usuario desconocido | not a known user |
  recipient verify failed | recipient rejected | rejected recipient |
  bad destination mailbox | 見つか | 存在し | リストにありません | nosuchuser |
  addressee unknown | not known | destination address | not listed in public |
  address rejected: access denied
policyviolation: policy | policies | protocol violation | header error | not allowed |
  prohibited | disallowed
syntaxerror: malformed address | syntax error | not implemented | sequence of commands |
  bad sequence | bad command | unrecognized command | command unrecognized | not recognised |
  unknown command | invalid parameter | rcpt first
systemerror: ldap | database error | could not load
expired: message after | without delivery |
  timed out | could not deliver for the last | timeout | time out | expired |
  could not be delivered for | requests to connect | undelivered after | still undelivered |
  not responding | find a gateway | undeliverable for | unable to deliver in |
  no answer from
contenterror: content rejected | message content | improper use of 8-bit | mime error |
  invalid mime | mail content | unsupported charset | 8bit | conversion
systemerror: local configuration | configuration problem | lookup failure | local error in |
  system error | ldap | could not load | transaction failed | service currently |
  configuration error | internal error | server error | duplicated message-id | config error |
  internal server | queue file | system problem | local error | mail system |
  interface error | can't open | server configuration | loop alert
onhold: temporary failure | on hold | temporarily deferred | try again later
""")
# What servers say beside many reasons: only where neither words nor status tell more.
VAGUE = _table("""
rejected: access denied | groups.google.com | send mail as
filtered: rejected by a remote | not accepted
suspend: suspended
userunknown: unable to deliver to~ | validrcptto | no longer on server | is not listed |
  recipient address rejected | address rejected | 550 rejected | 542 rejected |
  554 rejected
policyviolation: denied | forbidden
systemerror: service unavailable
expired: too long | long time | retry time | delivery time | delayed | been delivered |
  after 1 day | continue trying | retried | given up | deferred
""")
