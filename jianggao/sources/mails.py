"""Reads a mail that was saved as a file (.eml): its head as lines, its text, the names of what is attached.

The head stands above the text as it does in a printed mail; the parser takes it out again and tells it.
"""

from __future__ import annotations

import email
import email.message
import email.policy
from contextlib import suppress
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from itertools import islice

from jianggao.sources.encodings import decode, decode_as
from jianggao.sources.html_pages import decode_page
from jianggao.text.characters import collapse_blanks, remove_invisible

_MOST_PARTS = 500
_LONGEST_HEADER, _MOST_ATTACHMENTS = 500, 20
_HEAD = (("发件人", "From"), ("收件人", "To"), ("抄送", "Cc"), ("发送时间", "Date"), ("主题", "Subject"))
_FEWEST = 3
"""Entries, the sender's among them, from which the parser knows a head."""
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
    """The names of attached files, which aren't read."""


def read_mail(content: bytes) -> Mail | None:
    """Returns a mail, None for what is none or has no text."""
    try:
        # The policies that read addresses take long for headers that nobody should write.
        message = email.message_from_bytes(content, policy=email.policy.compat32)
        mail = Mail(_head(message))
        pages: list[str] = []
        for part in islice(message.walk(), _MOST_PARTS):
            kind = part.get_content_type()
            if name := _file_name(part):
                mail.attached += [name] if len(mail.attached) < _MOST_ATTACHMENTS else []
            elif kind == "text/plain" and not mail.text.strip():
                mail.text = _text_of(part)
            elif kind == "text/html" and not pages:
                pages.append(_text_of(part))
    except Exception:  # the library raises kinds of its own for headers that nobody should write
        return None
    if not mail.text.strip() and pages:
        mail.text, mail.is_page = pages[0], True
    return mail if message.keys() and mail.text.strip() else None


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


def _file_name(part: email.message.Message) -> str:
    """Returns the name of an attached file, "" for a part of the mail itself."""
    name = part.get_filename()
    if name:
        return _readable(name)
    return "（没有名字）" if part.get_content_disposition() == "attachment" else ""


def _text_of(part: email.message.Message) -> str:
    """Returns the text of a part, in the encoding that it names if it can be."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = str(part.get_content_charset() or "").lower()
    found = decode_as(payload, _WIDER.get(charset, charset)) if charset else None
    if found is None:
        found = decode_page(payload) if part.get_content_type() == "text/html" else decode(payload)
    return found[0].replace("\r\n", "\n").replace("\r", "\n") if found is not None else ""
