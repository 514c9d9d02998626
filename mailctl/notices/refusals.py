"""What a mail server's refusal is about: the recipient's mailbox, or us (rules 12).

Servers report a problem with the sender, the client or its greeting only once the recipient is
named, so that it looks like the recipient's fault; problems with quota and content come after the
message. To blame the recipient for these would end a notice that nobody has read, and then a
mailbox. So in doubt we blame ourselves: only an answer about the recipient's mailbox counts as the
recipient's.
"""

from __future__ import annotations

import re
from enum import StrEnum

STORAGE_EXCEEDED = 552


class Blame(StrEnum):
    """What a refusal is about: the recipient, for good; a mailbox that is full; or us.

    LATER asks to try again, and blames nobody.
    """

    RECIPIENT = "recipient"
    FULL = "full"
    OURS = "ours"
    LATER = "later"


# The codes of RFC 3463 and RFC 5248 that are about the recipient's mailbox alone.
_OF_THE_RECIPIENT = frozenset({"1.1", "1.2", "1.3", "1.6", "1.10", "2.1"})
_FULL = "2.2"
_ENHANCED = re.compile(r"(?<![\d.])[245]\.(\d{1,3}\.\d{1,3})(?![\d]|\.\d)")

# Addresses, URLs and host names may contain any word: they are ignored.
_QUOTED = re.compile(
    r"""
      \b[a-z][a-z0-9+.-]*://\S+
    | <[^<>]*>
    | [^\s<>"']*@[^\s<>"':;,]+
    | \[[^\[\]]*\]
    | (?<![\w.])(?:[a-z0-9_-]+\.){2,}[a-z]{2,}(?![\w.])
    """,
    re.IGNORECASE | re.VERBOSE,
)

_US = re.compile(
    r"""
      \bsender|\bsending\b|\benvelope|\breturn[ -]?path|\bmail[ ]from\b|\bfrom[ ](address|header)
    | \bowned[ ]by\b|\bon[ ]behalf\b|\bsend[ ]as\b|\bspoof|\bforge|\bspf\b|\bdkim\b|\bdmarc\b
    | \bclient|\bh?ehlo\b|\bhelo\b|\bip\b|\bptr\b|\bdns\b|\breverse\b|\bhost[ ]?name\b|\bconnect
    | \b(black|block|deny|white)[ -]?list|(?<!not[ ])\blisted\b|\bdns?bl\b|\brbl\b
    | \bspamhaus|\breputation
    | \byour[ ](account|address|domain|host|ip|mail[ ]server|network|server|user|mailbox)\b
    | \bauth|\blog[ -]?(in|on)\b|\bcredential|\bpassword\b|\b(start)?tls\b|\bencrypt|\bsasl\b
    | \bpolic(y|ies)\b|\bdenied\b|\bdenies\b|\bforbid|\bprohibit|\bpermi(t|ss)|\bnot[ ]allowed\b
    | \bunauthori[sz]ed\b|\bblocked\b|\bbanned\b|\brestrict|\bgr[ea]y[ -]?list|\bviolat|\babus
    | \brate\b|\bthrottl|\btoo[ ](many|much|fast|quickly|often|frequent)|\bper[ ](hour|day|minute)\b
    | \b(hourly|daily|monthly)\b
    | \bspam|\bunsolicited\b|\bcontent|\bvirus|\bmalware|\bphish|\bsuspicious|\bjunk\b|\bbulk\b
    | \bmessage[ ](size|is[ ]too|rejected|refused|blocked|not[ ]accepted|looks)
    | \btoo[ ](large|big|long)\b|\battachment|\bheader|\burls?\b|\bcomplain
    """,
    re.IGNORECASE | re.VERBOSE,
)
# The codes of RFC 3463 for a message that is too large for the system, or for the mailbox.
_TOO_LARGE = frozenset({"2.3", "3.4"})
_OF_THE_SIZE = re.compile(
    r"\b(message|mail|e-mail|attachment)s?\b[^.;:]{0,40}\b(size|too (large|big|long))\b"
    r"|\b(size|length)\b[^.;:]{0,40}\b(limit|exceed\w*|maximum|allowed)\b|\btoo (large|big)\b",
    re.IGNORECASE,
)
_QUOTA = re.compile(r"\bquota|\blimit|\bexceed|\bstorage\b|\bspace\b|\bfull\b", re.IGNORECASE)
_NO_RELAY = re.compile(
    r"relay(ing)?( access)? (is )?(denied|not (permitted|allowed)|prohibited|disabled)"
    r"|(unable to|not permitted to|not allowed to|cannot|can't|do not|don't|won't) relay"
    r"|rcpthosts|denies relay",
    re.IGNORECASE,
)
# The mailbox itself is blocked, for example after years without use; the code must agree.
_BLOCKED_MAILBOX = re.compile(
    r"(?<!your )\b(mailbox|recipient)( has been| is| was)? (administratively )?blocked\b",
    re.IGNORECASE,
)

_WHO = r"(user|recipient|mail[ ]?box|account|addressee|local[ -]part|alias|person)"
_NO_MAILBOX = re.compile(
    rf"""
      \b(no[ ]such|unknown|invalid|non-?existent|undeliverable)[ ](local[ ])?{_WHO}\b
    | \b(no[ ]such|undeliverable|unroute?able)([ ]e-?mail)?[ ]address\b
    | \b{_WHO}([ ]name|[ ]address)?([ ](is|was))?[ ]
      (unknown|not[ ](found|known|local|recogni[sz]ed|present)|unavailable|invalid)\b
    | \baddress([ ](is|was))?[ ](unknown|not[ ](found|known))\b
    | \b({_WHO}|address)\b[^.;:]{{0,40}}\b(does[ ]not|doesn't|doesnt|do[ ]not|no[ ]longer)[ ]exist
    | \b(mail[ ]?box|recipient)([ ]is)?[ ](disabled|inactive|closed)\b
    | \bno[ ](mail[ ]?box|user|account|one|person|recipient)([ ]here)?[ ](by|with)[ ](that|this)\b
    | \bnot[ ](our[ ]customer|a[ ](valid|known)[ ]{_WHO})\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FULL_MAILBOX = re.compile(
    r"\b(mail ?box|inbox|recipient)\b[^.;:]{0,60}"
    r"\b(full|over ?quota|exceed\w*|out of (storage|space))\b|\bfull mail ?box\b",
    re.IGNORECASE,
)


def judge(code: int, answer: str, *, at_recipient: bool, sender: str, recipient: str) -> Blame:
    """What a refusal (`code` 400 to 599) is about.

    `at_recipient`: it answered RCPT, not the message. Words about the sender, the client, its
    greeting, the login, quota, policy or content outweigh the code; a bare code never blames the
    recipient.
    """
    found = _ENHANCED.search(answer)
    enhanced = found.group(1) if found else None
    words = _words(answer, recipient)
    is_full = _is_full(code, enhanced, words, at_recipient=at_recipient)
    names_us = _names_us(answer, words, sender, recipient, enhanced)
    if code < 500:
        return Blame.FULL if is_full and not names_us else Blame.LATER
    if names_us:
        return Blame.OURS
    if is_full:
        return Blame.FULL
    speaks_of_it = enhanced in _OF_THE_RECIPIENT or (at_recipient and _NO_MAILBOX.search(words))
    if speaks_of_it and not _QUOTA.search(words):
        return Blame.RECIPIENT
    return Blame.OURS


def is_about_size(answer: str) -> bool:
    """Whether a refusal is about how large the message is."""
    found = _ENHANCED.search(answer)
    is_coded = found is not None and found.group(1) in _TOO_LARGE
    return is_coded or _OF_THE_SIZE.search(_QUOTED.sub(" ", answer)) is not None


def alike(answer: str) -> str:
    """An answer without what differs between recipients: addresses, ids and numbers."""
    text = _QUOTED.sub(" ", answer)
    return " ".join(
        word
        for word in re.split(r"[^\w']+", text.lower())
        if word and not any(char.isdigit() for char in word)
    )


def _words(answer: str, recipient: str) -> str:
    """The answer without what it quotes, since an address may contain any words."""
    text = re.sub(re.escape(recipient), " ", answer, flags=re.IGNORECASE)
    domain = re.escape(recipient.rpartition("@")[2])
    text = re.sub(rf"(?<![\w.-]){domain}(?![\w-])", " ", text, flags=re.IGNORECASE)
    return " ".join(_QUOTED.sub(" ", text).split())


def _names_us(answer: str, words: str, sender: str, recipient: str, enhanced: str | None) -> bool:
    if sender.lower() != recipient.lower() and sender.lower() in answer.lower():
        return True
    if enhanced in _OF_THE_RECIPIENT:
        words = _BLOCKED_MAILBOX.sub(" ", words)
    elif _NO_RELAY.search(words):
        return True
    return _US.search(words) is not None


def _is_full(code: int, enhanced: str | None, words: str, *, at_recipient: bool) -> bool:
    if enhanced is not None and enhanced != "0.0":
        says_so = at_recipient and enhanced == "2.0" and _FULL_MAILBOX.search(words)
        return enhanced == _FULL or bool(says_so)
    if code == STORAGE_EXCEEDED:
        # Without words it has the meaning that RFC 5321 gives it.
        return _NO_MAILBOX.search(words) is None and (not words or bool(_QUOTA.search(words)))
    return code >= 500 and at_recipient and _FULL_MAILBOX.search(words) is not None
