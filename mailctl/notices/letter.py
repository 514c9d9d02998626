"""A notice as a letter that the customer reads, in their language (rules 12)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from mailctl.domain.notices import NoticeKind
from mailctl.notices import account_letters, money_letters
from mailctl.notices.draft import Code, Draft, Figures, Items, Paragraph, Scan
from mailctl.store.document_files import DocumentFile
from mailctl.store.engine.reader import Reader
from mailctl.store.queries import letters
from mailctl.store.queries.attachments import attached
from mailctl.store.queries.letters import Notice
from mailctl.texts.translations import Fact, Translation, translation
from mailctl.values import Value

if TYPE_CHECKING:
    from jinja2 import Template

WIDTH = 72
SCAN_ID = "transfer-code@mailctl"
"""What the HTML calls the picture of a transfer's code."""
_LETTERS = (account_letters, money_letters)


class Letter(Value):
    """What is sent: the same words as wrapped plain text and as an HTML document, and the files.

    The HTML shows the picture of `scan` as `cid:` and SCAN_ID.
    """

    language: str
    subject: str
    text: str
    html: str
    files: tuple[DocumentFile, ...] = ()
    scan: Scan | None = None

    @property
    def page(self) -> str:
        """The HTML by itself, its picture inside."""
        if self.scan is None or not self.html:
            return self.html
        from base64 import b64encode

        picture = f"data:image/png;base64,{b64encode(self.scan.png).decode()}"
        return self.html.replace(f"cid:{SCAN_ID}", picture)


def compose(
    reader: Reader, notice_id: int, *, with_secret: bool = True, with_html: bool = True
) -> Letter:
    """The letter of a notice as it would be sent now; NoticeNotFoundError.

    `with_secret=False` leaves the token out, for what is kept after the sending; `with_html=False`
    the HTML, where nobody looks at it.
    """
    notice = letters.notice(reader, notice_id)
    texts = translation(notice.language)
    draft = Draft(reader, notice, texts, with_secret=with_secret)
    writer(notice.kind)(draft)
    files = attached(reader, notice_id)
    _mention(draft, files)
    title = subject(notice, texts, reader.info.currency)
    return Letter(
        language=notice.language,
        subject=title,
        text=_as_text(draft),
        html=_as_html(draft, title) if with_html else "",
        files=files,
        scan=next((part for part in draft.parts if isinstance(part, Scan)), None),
    )


def _mention(draft: Draft, files: Sequence[DocumentFile]) -> None:
    """Add which documents go with the letter, and whether a person can read them."""
    if files:
        kind = "page" if files[0].format.is_page else "data"
        names = ", ".join(file.name for file in files)
        draft.write("frame.attached", kind=kind, count=len(files), files=names)


def writer(kind: NoticeKind) -> Callable[[Draft], None]:
    """What writes the letters of a kind: the function of its name."""
    found = _function(kind)
    assert found is not None, kind
    return found


def subject(notice: Notice, texts: Translation, currency: str) -> str:
    """The subject of a notice's letter, from the notice alone."""
    choose = _function(notice.kind, "_subject")
    order, cents = notice.order_number, notice.amount_cents
    facts: dict[str, Fact | None] = {
        "what": notice.order_kind,
        "count": notice.accounts,
        "dates": notice.dates,
        "order": None if order is None else str(order),
        "invoice": notice.invoice,
        "platform": notice.platform,
        "method": notice.method,
        "amount": None if cents is None else texts.money(cents, currency),
        "day": notice.first_on or notice.valid_until_on or notice.pay_by_on or notice.due_on,
        "month": None if notice.due_on is None else texts.month(notice.due_on),
    }
    known = {key: fact for key, fact in facts.items() if fact is not None}
    return texts.say(f"{notice.kind}.{choose(notice) if choose else 'subject'}", **known)


@cache
def _function(kind: NoticeKind, suffix: str = "") -> Callable[..., Any] | None:
    """The function of a kind's name in the modules of letters, if there is one."""
    name = kind.replace("-", "_") + suffix
    return next((getattr(module, name) for module in _LETTERS if hasattr(module, name)), None)


def _signature(draft: Draft) -> str:
    return draft.reader.setting("seller-name") or draft.say("frame.team")


def _footer(draft: Draft) -> list[str]:
    contact = draft.reader.setting("mail-from")
    notice = draft.notice
    about = draft.say("frame.about", name=notice.customer_name, customer=notice.customer)
    return [*([draft.say("frame.questions", contact=contact)] if contact else []), about]


def laid_out(
    texts: Translation, *, title: str, paragraphs: Sequence[Paragraph], signature: str
) -> Letter:
    """A letter of paragraphs alone, to nobody in particular."""
    greeting, closing = texts.say("frame.greeting"), texts.say("frame.closing")
    blocks = [greeting, *(_wrapped(one.text) for one in paragraphs), f"{closing}\n{signature}"]
    html = _template().render(
        language=texts.language,
        subject=title,
        greeting=greeting,
        parts=paragraphs,
        closing=closing,
        signature=signature,
        footer=[],
    )
    text = "\n\n".join(blocks) + "\n"
    return Letter(language=texts.language, subject=title, text=text, html=html)


def _as_text(draft: Draft) -> str:
    """Plain text; words are kept whole, however long."""
    blocks = [draft.say("frame.greeting")]
    blocks += [_block(draft, part) for part in draft.parts if not isinstance(part, Scan)]
    blocks.append(f"{draft.say('frame.closing')}\n{_signature(draft)}")
    footer = "\n".join(_wrapped(line) for line in _footer(draft))
    return "\n\n".join(blocks) + f"\n\n-- \n{footer}\n"


def _block(draft: Draft, part: Paragraph | Figures | Items | Code) -> str:
    if isinstance(part, Figures):
        return "\n".join(f"  {line}" for line in part.lines)
    if isinstance(part, Items):
        heading = _wrapped(draft.say("frame.heading", text=part.heading))
        return "\n".join([heading, *(_wrapped(entry, "- ") for entry in part.entries)])
    return f"    {part.code}" if isinstance(part, Code) else _wrapped(part.text)


def _wrapped(text: str, bullet: str = "") -> str:
    lines = wrap(
        text,
        WIDTH,
        initial_indent=bullet,
        subsequent_indent=" " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def _as_html(draft: Draft, title: str) -> str:
    return _template().render(
        language=draft.texts.language,
        subject=title,
        greeting=draft.say("frame.greeting"),
        scan_id=SCAN_ID,
        parts=draft.parts,
        closing=draft.say("frame.closing"),
        signature=_signature(draft),
        footer=_footer(draft),
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("letter.html.j2")
