"""Takes the marks out of a paragraph of Markdown: emphasis, links, images, tags, escapes, notes.

markdown-it reads them, with two rules changed for Chinese, where no blank stands beside a word:
`**重点：**后面` is bold though CommonMark says no, and `王*` and `2*3*4` are no emphasis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from jianggao.sources.raised_text import without_small_tags

_LONGEST_PIECE = 4_000
"""Characters that are read at once: reading takes time that may grow with the square of the length."""
_TARGET = r"\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)"
"""Where a link leads, with one pair of brackets in it."""
# What other programs write beside CommonMark. Each pattern ends at the next sign of its own kind, so that it
# goes over a text once.
_OTHER_MARKS = (
    (re.compile(r"<r[tp]>[^<>]*</r[tp]>", re.IGNORECASE), ""),  # the reading aid above a character
    (re.compile(r"^[ \t]*%%[^%\n]*%%[ \t]*$", re.MULTILINE), ""),  # Obsidian's remarks
    (re.compile(r"!\[\[[^\[\]\n]*\]\]"), ""),  # Obsidian: ![[图.png]], [[县志]], [[县志|那本书]]
    (re.compile(r"\[\[[^\[\]\n|]+\|([^\[\]\n|]+)\]\]"), r"\1"),
    (re.compile(r"\[\[([^\[\]\n|]+)\]\]"), r"\1"),
    (re.compile(r"[ \t]\^[A-Za-z0-9-]{4,40}$", re.MULTILINE), ""),  # the name of a paragraph
    (re.compile(r"\[([^\[\]\n]*)\]\{[^{}\n]*\}"), r"\1"),  # pandoc: [字]{.underline}
    (re.compile(r"(?<=[)\]*_`])\{[.#][^{}\n]*\}"), ""),
    (re.compile(r"(?<=[^\s*])\*{4}(?=[^\s*])"), ""),  # **字****字**
    (re.compile(r"==(?=[^\s=])([^=\n]+)(?<=\S)=="), r"\1"),
    (re.compile(r"~~(?=[^\s~])([^~\n]+)(?<=\S)~~"), r"\1"),
    (re.compile(r"\^\[([^\[\]\n]+)\]"), r"（\1）"),  # a note within the line
    (re.compile(r"\[\^([^\[\]\s^]{1,40})\](?!:)"), r"\\[\1\\]"),  # [^1] becomes [1]
)
# Links that markdown-it refuses for a blank in their target: ![图](图 1.png), [附件](附件 1.docx).
_IMAGE_LEFT = re.compile(rf"!\[[^\[\]\n]*\]{_TARGET}")
_LINK_LEFT = re.compile(rf"\[([^\[\]\n]+)\](?=\([^()\n]*[/.#])(?!\([^()\n]*[。，；：、]){_TARGET}")
_LINK = re.compile(rf"\]{_TARGET}")
_PANDOC_RAISED = re.compile(r"(?<=[0-9A-Za-z米里])\^([+-]?[0-9]{1,6}[+-]?)\^")
_PANDOC_LOWERED = re.compile(r"(?<=[A-Za-z])~([0-9]{1,3})~(?!~)")
# Emphasis within a Chinese sentence, where no blank stands beside a word: 这件事*不要*拖, 这件事_不要_拖.
_IN_SENTENCE = re.compile(
    r"(?<![\\*_0-9A-Za-z])([*_])([一-鿿](?:[一-鿿，。、；：！？“”‘’《》（）—…·]{0,58}[一-鿿]))\1(?![*_0-9A-Za-z])"
)
_PROSE = re.compile(r"[，。！？；：]")
_SUM = re.compile("[=＝×]|等于")
_FILE_ENDING = re.compile(r"[^\s，。；]{0,30}\.[A-Za-z]{2,4}\b")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤某"
)
_PICTURE_ROW = re.compile(r"[ \t　]{0,9}(?:\[?!\[|<img\b[^<>]*>)", re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Marks a run of stars or underscores as one that may open or close emphasis (a rule of markdown-it)."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    run = state.scanDelims(state.pos, marker == "*")
    before = state.src[state.pos - 1 : state.pos]
    behind = state.src[state.pos + run.length : state.pos + run.length + 1]
    opens, closes = run.can_open, run.can_close
    if marker == "_" and run.length > 2:  # 姓名：____ is a blank to fill in
        opens = closes = False
    elif run.length >= 2 and marker == "*":
        opens, closes = bool(behind.strip()), bool(before.strip())
    elif run.length == 2:
        opens, closes = (
            bool(behind.strip()) and not _is_latin(before),
            bool(before.strip()) and not _is_latin(behind),
        )
    else:
        opens, closes = opens and not _is_word(before), closes and not _is_word(behind)
    for _ in range(run.length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=run.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
        )
    state.pos += run.length
    return True


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _is_han(character: str) -> bool:
    return "一" <= character <= "鿿"


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _parser(*without: str) -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.validateLink = _leads_somewhere  # type: ignore[assignment,method-assign]
    return parser.disable(list(without))


def _leads_somewhere(target: str) -> bool:
    """Returns whether what stands in brackets behind [字] is an address: 他说[笑](见第3页) has none."""
    return (target.isascii() and "%" not in target) or any(sign in target for sign in "/.#:")


_WITH_LINKS = _parser()
_WITHOUT_LINKS = _parser("link", "image")


def inline_text(content: str, references: dict[str, object] | None = None) -> str:
    """Returns the text of a paragraph without its marks, with LF for each break of a line.

    `references` are the targets of links that are named elsewhere, as markdown-it keeps them.
    """
    content = _without_marks_in_sentences(without_small_tags(_with_small_tags(content)))
    for pattern, replacement in _OTHER_MARKS:
        content = pattern.sub(replacement, content)
    text = "".join(_piece_text(piece, references or {}) for piece in _pieces(content))
    return _LINK_LEFT.sub(r"\1", _IMAGE_LEFT.sub("", text))


def is_picture_row(row: str) -> bool:
    """Returns whether a row begins with a picture: ![图](a.png), [![图](a.png)](b.html), ![[图.png]], <img …>."""
    return bool(_PICTURE_ROW.match(row))


def _with_small_tags(content: str) -> str:
    """Returns a paragraph with pandoc's raised and lowered numbers as tags: 10^4^亩, H~2~O."""
    content = _PANDOC_RAISED.sub(r"<sup>\1</sup>", content)
    return _PANDOC_LOWERED.sub(r"<sub>\1</sub>", content)


def _without_marks_in_sentences(content: str) -> str:
    """Returns a paragraph without the marks of emphasis that stand within Chinese.

    王*和李* are names that nobody shall read, and 讲话_定稿_打印.docx is a file.
    """

    is_prose = bool(_PROSE.search(content))

    def inside(found: re.Match[str]) -> str:
        before = content[found.start() - 1 : found.start()]
        are_names = found[1] == "*" and before in _SURNAMES and found[2][-1] in _SURNAMES
        is_file = found[1] == "_" and _FILE_ENDING.match(content, found.end())
        # 在看渠大会上的讲话_领导讲话_青禾县人民政府: what pages call themselves.
        between = _is_han(before) and _is_han(content[found.end() : found.end() + 1])
        is_title = found[1] == "_" and between and not is_prose
        return found[0] if are_names or is_file or is_title else found[2]

    # 面积=长度*宽度*件数 is a sum.
    has_marks = ("*" in content or "_" in content) and not _SUM.search(content)
    return _IN_SENTENCE.sub(inside, content) if has_marks else content


def _pieces(content: str) -> Iterator[str]:
    """Yields the paragraph whole, in lines if it is long, in sentences if these are."""
    if len(content) <= _LONGEST_PIECE:
        yield content
        return
    for line in content.splitlines(keepends=True):
        at = 0
        while len(line) - at > _LONGEST_PIECE:
            end = line.rfind("。", at, at + _LONGEST_PIECE) + 1 or at + _LONGEST_PIECE
            yield line[at:end]
            at = end
        yield line[at:]


def _piece_text(piece: str, references: dict[str, object]) -> str:
    if not piece.isascii() and not any(sign in piece for sign in "*_`[<&\\!"):
        return piece
    # Reading brackets is slow, and few of them are links.
    parser = _WITH_LINKS if references or _LINK.search(piece) else _WITHOUT_LINKS
    tokens: list[Token] = []
    parser.inline.parse(piece, parser, {"references": references}, tokens)
    ends = "\n" if piece.endswith("\n") else ""
    leading = piece[: len(piece) - len(piece.lstrip(" \t"))]
    return leading + "".join(map(_token_text, tokens)).strip("\n") + ends


def _token_text(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "html_inline":
        return "\n" if _LINE_BREAK.fullmatch(token.content) else ""
    return "" if token.type == "image" else token.content
