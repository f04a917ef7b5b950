"""Reads a mail that was saved as a file (.eml): its head as lines, its text, the names of what is attached.

The head stands above the text as it does in a printed mail; the parser takes it out again and tells it.
"""

from __future__ import annotations

import email
import email.message
import email.policy
import re
from contextlib import suppress
from dataclasses import dataclass, field
from email.header import decode_header, make_header

from jianggao.sources.encodings import decode, decode_as
from jianggao.sources.html_pages import decode_page
from jianggao.sources.markup import without_ranges
from jianggao.text.characters import collapse_blanks, remove_invisible

_MOST_PARTS = 500
_LONGEST_HEADER, _MOST_ATTACHMENTS = 500, 20
_HEAD = (("发件人", "From"), ("收件人", "To"), ("抄送", "Cc"), ("发送时间", "Date"), ("主题", "Subject"))
_FEWEST = 3
"""Entries, the sender's among them, from which the parser knows a head."""
_LONGEST_PARAMETERS = 4_000
"""Bytes of a header with parameters (Content-Type); mails have some hundred."""
_PARAMETERS = re.compile(
    rb"^content-[a-z]{1,20}:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*", re.IGNORECASE | re.MULTILINE
)
_MAILBOX_ROW = re.compile(rb"\A>?From [^\r\n]{0,500}\r?\n")
"""What a mailbox sets above each mail."""
_TAG = re.compile(r"<[^<>]{0,2000}>|&\w{2,8};")
_BLANKS = re.compile(r"\s+")
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}
"""What mails name, and the larger set that programs write."""


@dataclass(slots=True)
class Mail:
    """What a mail holds."""

    head: list[str] = field(default_factory=list)
    """Its head, a line for each entry: 发件人：…."""
    text: str = ""
    """Its text, or the web page that stands for it."""
    is_page: bool = False
    attached: list[str] = field(default_factory=list)
    """The names of attached files and the subjects of attached mails, which aren't read."""
    is_cut: bool = False
    """Whether it has more parts than are read."""

    def attach(self, name: str) -> None:
        """Notes what is attached; without a name it is called so."""
        if len(self.attached) < _MOST_ATTACHMENTS:
            self.attached.append(name or "（没有名字）")


def read_mail(content: bytes) -> Mail | None:
    """Returns a mail, None for what is none or has no text."""
    content = _MAILBOX_ROW.sub(b"", content.removeprefix(b"\xef\xbb\xbf"), count=1)
    # The library takes the square of the length of a parameter, as it does for many of them.
    if any(len(header[0]) > _LONGEST_PARAMETERS for header in _PARAMETERS.finditer(content)):
        return None
    try:
        # The policies that read addresses take long for headers that nobody should write.
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        mail = Mail(_head(message))
        found = _Texts()
        _read_parts(message, found, mail)
    except Exception:  # the library raises kinds of its own for headers that nobody should write
        return None
    mail.text, mail.is_page = found.chosen()
    return mail if message.keys() and mail.text else None


@dataclass(slots=True)
class _Texts:
    """The texts of a mail: of its plain parts, and of its pages."""

    plain: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    def chosen(self) -> tuple[str, bool]:
        """Returns the text, "" if there is none, and whether it is a page: the plain one, unless it only stands in for
        a page (您的邮件客户端不支持HTML)."""
        plain, page = "\n".join(self.plain), "\n".join(self.pages)
        letters, of_page = _letters(plain), _letters(_shown(page))
        if letters and 2 * letters >= of_page:
            return plain, False
        return (page, True) if of_page else ("", False)


def _letters(text: str) -> int:
    return len(_BLANKS.sub("", remove_invisible(text)))


def _shown(page: str) -> str:
    """Returns about the text that a page shows, to tell how long it is."""
    return _TAG.sub("", without_ranges(page, "<style", "</style>"))


def _read_parts(message: email.message.Message, found: _Texts, mail: Mail) -> None:
    """Reads the parts of a mail in their order, and names what is attached."""
    waiting = [message]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        kind = part.get_content_type()
        name, is_attached = part.get_filename(), part.get_content_disposition() == "attachment"
        if kind == "message/rfc822":
            mail.attach(next((_header(inner, "Subject") for inner in _inside(part)), ""))
        elif part.is_multipart():
            waiting += reversed(_inside(part))
        elif kind == "text/plain" and not is_attached:
            found.plain.append(_text_of(part))
        elif kind == "text/html" and not is_attached:
            found.pages.append(_text_of(part))
        elif name or is_attached:
            mail.attach(_readable(name or ""))
    mail.is_cut = bool(waiting)


def _inside(part: email.message.Message) -> list[email.message.Message]:
    """Returns the parts in one of several, the mail in one that is a mail."""
    inner = part.get_payload()
    parts = inner if isinstance(inner, list) else []
    return [each for each in parts if isinstance(each, email.message.Message)]


def _head(message: email.message.Message) -> list[str]:
    """Returns the lines of a mail's head; where too few are there for one, the subject alone, which can be a title."""
    head = [f"{label}：{value}" for label, name in _HEAD if (value := _header(message, name))]
    is_whole = len(head) >= _FEWEST and bool(_header(message, "From"))
    return head if is_whole else [line for line in head if line.startswith("主题：")]


def _header(message: email.message.Message, name: str) -> str:
    return _readable(str(message.get(name) or ""))


def _readable(value: str) -> str:
    """Returns a header's value with its encoded words read: =?utf-8?b?…?=."""
    value = value[:_LONGEST_HEADER]
    # In an encoding that nobody knows a value stays as it is written.
    with suppress(LookupError, ValueError):
        value = str(make_header(decode_header(value)))
    return collapse_blanks(remove_invisible(value.replace("\n", " ").replace("\r", " ")))


def _text_of(part: email.message.Message) -> str:
    """Returns the text of a part, in the encoding that it names if it can be."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = str(part.get_content_charset() or "").lower()
    found = decode_as(payload, _WIDER.get(charset, charset)) if charset else None
    if found is None:
        found = decode_page(payload) if part.get_content_type() == "text/html" else decode(payload)
    text = found[0].replace("\r\n", "\n").replace("\r", "\n") if found is not None else ""
    return _unflowed(part, text) if part.get_param("format") == "flowed" else text


def _unflowed(part: email.message.Message, text: str) -> str:
    """Returns a text that a program has broken into short lines with those together again (RFC 3676): a blank at the
    end says that a line goes on, and is part of it unless the part says otherwise."""
    end = "" if str(part.get_param("delsp") or "").lower() == "yes" else " "
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        soft = line.endswith(" ") and line != "-- "
        written = line[:-1] + end if soft else line
        if goes_on:
            lines[-1] += written
        else:
            lines.append(written)
        goes_on = soft
    return "\n".join(line.rstrip() for line in lines)
