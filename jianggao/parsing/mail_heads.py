"""Finds in a text that was copied out of a mail what the mail's program and its sender set around it: the head
(发件人：…), the line above a quoted mail, the letter above a speech, the sender's block at the end.

Only a block of several labels, a sender's among them, with an address, the time of day or the program's own line, makes a
text a mail, and only above all that is spoken: 时间：… and 主题：… stand above speeches, and speakers tell of mails. All
examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from jianggao.parsing.labelled_lines import LabelKind, read_label
from jianggao.parsing.page_layout import is_layout
from jianggao.parsing.salutation import is_salutation
from jianggao.parsing.title_lines import is_title_of_speech, names_a_speech
from jianggao.text.characters import collapse_blanks, remove_invisible

HEAD, LETTER, SIGNATURE = "邮件头", "邮件附言", "邮件签名"
"""Why lines of a mail are no part of a speech, as operators read it."""
_HEAD_ROWS, _END_ROWS = 40, 24
"""Rows at the beginning and the end of a text, blank ones among them, that are looked at."""
_LONGEST_ENTRY, _LONGEST_SEPARATOR, _LONGEST_SIGN_OFF = 300, 160, 12
_FEWEST_LABELS, _FEWEST_BELOW_SEPARATOR = 3, 2
_CALLED_WITHIN = 6
"""Lines below a title of a speech among which its salutation stands."""
_WORDS = {
    "sender": "发件人 寄件人 发信人 发送人 from 寄件者 發件人 寄信人",
    "subject": "主题 主旨 邮件主题 subject 主題",
    "time": "发送时间 发件时间 发送日期 寄件日期 收件时间 时间 日期 date sent 發送時間",
    "other": (
        "收件人 收信人 收件者 to 抄送 抄送人 副本 cc 密送 bcc "
        "附件 附件名称 attachment attachments 回复 reply-to 重要性 importance"
    ),
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_ENTRY = re.compile(r"[>\s*_]{0,6}([^：:]{1,16})[：:]")
_SEPARATOR = re.compile(
    r"[>\s]{0,4}(?:[-—_=*]{2,40}\s?(?:原始邮件|原邮件|转发的?邮件(?:信息)?|邮件原文"
    r"|original message|forwarded message)\s?[-—_=*]{2,40}"
    # 在 2025年3月18日，方小川 <fang@qushui.example> 写道：
    r"|(?:在|于|on)?\s?[^<>]{4,80}<[^<>\s]{1,60}@[^<>\s]{1,60}>\s{0,2}[^<>]{0,30}(?:写道|wrote)\s?[：:])",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"(?:发自我的|从我的|sent from my\s?)\s?[\w\s]{0,12}?"
    r"(?:iphone|ipad|手机|邮箱|邮件|客户端|大师|安卓|android|华为|huawei|小米|荣耀|vivo|oppo|mail)"
    r"[\w\s]{0,12}(?:发送|发出)?",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:电\s?话|手\s?机|联系(?:电话|方式)|传\s?真|地\s?址|邮\s?[编箱]|e-?mail|tel|mobile|fax|QQ)\s?[：:].{4,80}",
    re.IGNORECASE,
)
_CONFIDENTIAL = re.compile(
    r"[【\[（(]?\s?(?:保密(?:提示|声明|须知)|免责声明|confidential\w{0,6}|disclaimer)\s?[】\]）)：:].{0,400}"
    r"|(?:本邮件|this e-?mail).{0,200}(?:保密|机密|收件人|confidential|recipient).{0,200}",
    re.IGNORECASE,
)
_NAME_OF_SENDER = re.compile(r"[\"“'‘\s]{0,3}([一-鿿·]{2,6})")
_MOST_OF_LETTER, _LONGEST_LETTER, _LONGEST_FIRST_NAME = 10, 280, 3
"""Lines and characters of a letter, and of a name below it: 小川."""
_OF_LETTERS = re.compile(
    r"(?:附件|附上|见附|贴在下面|见下|如下|转发|转上)[^，。！？]{0,8}(?:稿|讲话|发言|正文)|稿子|(?:讲话|发言|演讲|[文讲原初])稿|正文"
    r"|[请帮]审(?!视)|审[阅定核]|查收|过目|(?:请看|见下|如下)[。：！]"
)
"""What somebody writes who sends a draft; a speaker tells of letters and photographs, too."""
_CLOCK = re.compile(r"\d{1,2}[:：]\d\d")
_FORWARDED = re.compile(
    r"(?:(?:主\s?题|主旨|邮件主题|subject)\s?[：:]|(?:re|fwd?|回复|答复|转发)\s?[：:])\s*", re.IGNORECASE
)
_MOST_HEADS = 6
"""Heads of a mail that was forwarded again and again."""
_CALLS_AN_AUDIENCE = re.compile(r"们|各位|诸位|大家|同志|全体|女士|先生|来宾")
_MOST_OF_SIGNATURE, _LONGEST_OF_SIGNATURE = 8, 40
_FEWEST_QUOTED = 0.6
"""The share of rows behind > from which a mail quotes the whole text."""
_QUOTED = re.compile(r"\s{0,4}(?:>\s?){1,6}")
_SAYS = re.compile(r"[。！？!?]|[：:，,]$")
# 县水利局办公室, 4月29日
_SIGNED = re.compile(r"[一-鿿]{2,14}(?:办公室|[科处局部委办])|(?:\d{4}[年./-])?\d{1,2}[月./-]\d{1,2}日?")
_END_OF_SENTENCE = re.compile(r"[。，！？；：:!?]")


@dataclass(slots=True)
class MailRows:
    """The rows of a mail that are no part of the speech in it, each with its reason, and the doubtful lines."""

    removed: dict[int, str] = field(default_factory=dict)
    doubtful: list[str] = field(default_factory=list)
    subject: tuple[int, str] | None = None
    """The row of the subject that serves as the title, and the subject without its label: 主题：转发：春灌."""


def mail_rows(rows: Sequence[str]) -> MailRows:
    """Returns what a mail's program and sender set around the speech among the rows of a text."""
    texts = [collapse_blanks(remove_invisible(row[:_LONGEST_ENTRY])) for row in rows[:_HEAD_ROWS]]
    found = MailRows()
    found.removed = _heads(texts)
    below = range(max(len(rows) - _END_ROWS, max(found.removed, default=-1) + 1), len(rows))
    ends = {at: collapse_blanks(remove_invisible(rows[at][:_LONGEST_ENTRY])) for at in below}
    if found.removed:
        _read_mail(texts, ends, found)
    else:
        found.removed = dict.fromkeys(_sent_from(ends), SIGNATURE)
    return found


def _read_mail(texts: Sequence[str], ends: dict[int, str], found: MailRows) -> None:
    """Reads what stands around the speech of a text that surely is a mail."""
    sender = next((name for at in found.removed if (name := _sender(texts[at]))), "")
    heads_end = max(found.removed)
    title, letter = _below_head(texts, found.removed, sender)
    found.removed |= dict.fromkeys(letter, LETTER)
    subjects = [at for at in found.removed if _kind(texts[at]) == "subject"]
    if subjects and title is None and _begins_at_once(texts, heads_end):
        # The speech has no other title than that of the first mail.
        written = texts[subjects[-1]]
        while forwarded := _FORWARDED.match(written):
            written = written[forwarded.end() :]
        if written:
            del found.removed[subjects[-1]]
            found.subject = subjects[-1], written
    found.removed |= dict.fromkeys(_sent_from(ends), SIGNATURE)
    _read_signature(ends, sender, found)


def _heads(texts: Sequence[str]) -> dict[int, str]:
    """Returns the rows of the heads of a mail and of those that it forwards, with the letters between them."""
    found: dict[int, str] = {}
    left = list(texts)
    for _ in range(_MOST_HEADS):
        head = _head(left)
        if not head:
            break
        found |= dict.fromkeys((at for at in range(min(head)) if left[at]), LETTER)
        found |= dict.fromkeys(head, HEAD)
        left = ["" if at in found else text for at, text in enumerate(texts)]
    return found


def _head(texts: Sequence[str]) -> set[int]:
    """Returns the rows of a head, with the line above a quoted mail, that nothing but a letter stands above; none where
    there is none."""
    separators = {at for at, text in enumerate(texts) if _is_separator(text)}
    heads = [{*block} for block in _blocks(texts) if _is_head(texts, block, separators)]
    # 在 2025年3月18日，方小川 <fang@qushui.example> 写道： stands for a head.
    heads += [{at} for at in separators if texts[at].endswith(("：", ":"))]
    head = min(heads, key=min, default=set())
    if not head or not _may_stand_above(
        [text for text in texts[: min(head)] if text and not _is_separator(text)]
    ):
        return set()
    # The program's line stands right above the head.
    above = _row_above(texts, min(head))
    return head | ({above} if above in separators else set())


def _blocks(texts: Sequence[str]) -> list[list[int]]:
    """Returns the rows with the labels of a head, those together that nothing but blank rows parts."""
    blocks: list[list[int]] = [[]]
    for at, text in enumerate(texts):
        if text and (_kind(text) or (blocks[-1] and _goes_on(text))):
            blocks[-1].append(at)  # 方小川 <fang@qushui.example> below 收件人： goes on
        elif text and blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _row_above(texts: Sequence[str], at: int) -> int:
    """Returns the last row above one that isn't blank, -1 if there is none."""
    return next((above for above in range(at - 1, -1, -1) if texts[above]), -1)


def _may_stand_above(lines: Sequence[str]) -> bool:
    """Returns whether what stands above a head is nothing or a letter: below a title or a salutation a speaker tells of
    a mail."""
    return not lines or _is_letter(lines)


def _is_head(texts: Sequence[str], block: Sequence[int], separators: set[int]) -> bool:
    """Returns whether a block of labels is the head of a mail.

    To：未来的你 / From：今天的我 / 时间：十年以后 has neither an address nor a clock's time, and an entry that ends
    as a sentence is said by somebody.
    """
    if any(texts[at].endswith(("。", "！", "？", "；")) for at in block):
        return False
    kinds = [_kind(texts[at]) for at in block]
    below_separator = _row_above(texts, block[0]) in separators
    sent = any(
        "@" in texts[at] or (kind == "time" and _CLOCK.search(texts[at]))
        for at, kind in zip(block, kinds, strict=True)
    )
    fewest = _FEWEST_BELOW_SEPARATOR if below_separator else _FEWEST_LABELS
    return len(list(filter(None, kinds))) >= fewest and "sender" in kinds and (sent or below_separator)


def _kind(text: str) -> str:
    """Returns what a row of a mail's head says, "" for another row: 抄　送：… is written with a blank."""
    entry = _ENTRY.match(text)
    return _KINDS.get(entry[1].replace(" ", "").strip("*_>").lower(), "") if entry else ""


def _goes_on(text: str) -> bool:
    """Returns whether a row only has further addresses."""
    return "@" in text and not text.endswith(("。", "！", "？"))


def _is_separator(text: str) -> bool:
    return len(text) <= _LONGEST_SEPARATOR and bool(_SEPARATOR.fullmatch(text))


def _sender(text: str) -> str:
    if _kind(text) != "sender":
        return ""
    name = _NAME_OF_SENDER.match(text[text.index("：" if "：" in text else ":") + 1 :])
    return name[1] if name else ""


def _below_head(texts: Sequence[str], head: dict[int, str], sender: str) -> tuple[int | None, Sequence[int]]:
    """Returns the row of a speech's title below the head of a mail, None where nothing is surely one, and the rows of
    the letter between them.

    A title is 在年中会上的讲话, or another line that names a speech and has a salutation below. A theme above it is no
    part of a letter: it has no sentence and stands below the sender's name.
    """
    below = [at for at in range(max(head) + 1, len(texts)) if texts[at]]
    for place, at in enumerate(below[: _MOST_OF_LETTER + 2]):
        if _END_OF_SENTENCE.search(texts[at]):
            continue
        called = any(is_salutation(texts[row]) for row in below[place + 1 : place + 1 + _CALLED_WITHIN])
        if is_title_of_speech(texts[at]) or (called and names_a_speech(texts[at])):
            between = below[:place]
            said = [each for each, row in enumerate(between) if _SAYS.search(texts[row])]
            last = said[-1] + 1 if said else 0
            # What is no letter is the speech's: the line only looks like its title.
            if last and not _is_letter([texts[row] for row in between[:last]]):
                return None, ()
            while last < len(between) and _is_sign_off(texts[between[last]], sender):
                last += 1
            return at, between[:last]
    return None, ()


def _is_letter(lines: Sequence[str]) -> bool:
    """Returns whether these few lines are a letter to somebody who is to read a draft, and nothing of a speech: no
    title, no editor's note, no call on an audience."""
    said = "".join(lines)
    if len(lines) > _MOST_OF_LETTER or len(said) > _LONGEST_LETTER or not _OF_LETTERS.search(said):
        return False
    return not any(map(_is_of_a_speech, lines))


def _is_of_a_speech(line: str) -> bool:
    label = read_label(line)
    if label is not None and label.kind is LabelKind.NOTE:
        return True
    call = line[:_LONGEST_OF_SIGNATURE]
    calls = call.endswith(("：", ":", "！")) and bool(_CALLS_AN_AUDIENCE.search(call))
    return calls or is_title_of_speech(line) or (names_a_speech(line) and not _END_OF_SENTENCE.search(line))


def _is_sign_off(line: str, sender: str) -> bool:
    bare = line.replace(" ", "")
    is_senders = bool(sender) and sender in bare and len(bare) <= _LONGEST_SIGN_OFF
    return len(bare) <= _LONGEST_FIRST_NAME or is_senders or bool(_SIGNED.fullmatch(bare)) or is_layout(line)


def _begins_at_once(texts: Sequence[str], head_end: int) -> bool:
    """Returns whether the speech begins right below the head, with a salutation or a sentence, and has no title."""
    first = next((text for text in texts[head_end + 1 :] if text and not is_layout(text)), "")
    return is_salutation(first) or first.endswith(("。", "！", "？"))


def _sent_from(ends: dict[int, str]) -> list[int]:
    """Returns the last rows that name the program or the telephone a mail was sent with: 发自我的 iPhone."""
    found: list[int] = []
    for at in sorted(ends, reverse=True):
        if ends[at] and not is_layout(ends[at]):
            if not _SENT_FROM.fullmatch(ends[at]):
                # 短信的末尾写着： announces it.
                return [] if ends[at].endswith(("：", ":")) else found
            found.append(at)
    return found


def _read_signature(ends: dict[int, str], sender: str, found: MailRows) -> None:
    """Reads the sender's block at the end of a mail, which is doubtful: a speaker signs his speech, too, but gives no
    telephone."""
    rows = [
        ends[at] for at in sorted(ends) if ends[at] and not is_layout(ends[at]) and at not in found.removed
    ]
    begins = next((at for at, line in enumerate(rows) if _is_contact(line)), len(rows))
    # A telephone amid the speech is the speech's.
    if not all(_is_contact(line) or len(line) <= _LONGEST_OF_SIGNATURE for line in rows[begins:]):
        return
    for at in range(begins - 1, max(-1, begins - 1 - _MOST_OF_SIGNATURE), -1):
        if len(rows[at]) > _LONGEST_OF_SIGNATURE or _END_OF_SENTENCE.search(rows[at]) or begins == len(rows):
            break
        if rows[at] == sender:
            begins = at
            break
    found.doubtful = rows[begins:]


def _is_contact(line: str) -> bool:
    return bool(_CONTACT.fullmatch(line) or _CONFIDENTIAL.fullmatch(line))


def without_quotation(rows: Sequence[str]) -> list[str]:
    """Returns the rows of a mail without the > before each, where it quotes the whole text."""
    written = [row for row in rows if row.strip()]
    quoted = sum(_QUOTED.match(row) is not None for row in written)
    if quoted < _FEWEST_QUOTED * len(written) or not written:
        return list(rows)
    return [_QUOTED.sub("", row, count=1) for row in rows]
