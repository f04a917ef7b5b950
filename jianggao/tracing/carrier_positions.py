"""Finds the places where a text leaves two right ways to write it: paragraph breaks and five choices of
punctuation (docs/tracing.md, What differs between copies).

No wording, number, name, quotation or title is touched. The rules are narrow on purpose: a place that is left
out costs a bit, one that reads wrongly costs the copy's credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from jianggao.tracing.protected_spans import Protection, Span

CarrierPlace = tuple[int, str, str]
"""(offset in the clean text, what stands there, what stands there in copies with bit 1)"""

_SENTENCE_END = re.compile(r"[。！？]+")

_LONGEST_QUOTED = 24
"""Characters of a quotation that is an item of a row (“清渠”“护林”); longer ones are speech."""
_ROWS = {"”": "“", "》": "《"}

_OPENER = re.compile(
    r"(?:(?<=[。！？；\n])|^)"
    r"(?:同时|当前|目前|现在|今天|近年来|近些年来|今年以来|去年以来|长期以来|一直以来|多年来|几年来|一年来|五年来"
    r"|下一步|此外|另外|因此|为此)"
    r"(?P<comma>，?)(?P<next>[一-鿿]{2})"
)
_TAKES_COMMA = re.compile(
    r"我们|我国|我省|我市|我县|我区|全国|全省|全市|全县|全区|全党|各级|各地|大家|必须|还要|也要"
)
"""What follows an opener that may get a comma: a subject or an auxiliary, so that the opener ends there."""

_NO_NUMERAL = "(?![0-9一二三四五六七八九十百千两几多每])"
_TIME = (
    "去年|今年|明年|前年|往年|过去|近年|近几年|这些年|这两年|这几年|上个月|这个月|下个月|上半年|下半年|眼下|最近|近日|近期|前不久|"
    "前些天|前几天|有一年|有一天|有一次|后来|此后|随后|今后|接下来|如今|正月里|当时|当年|会前|会后|第二天|昨天"
)
_CONJUNCTION = "但是|可是|所以|于是|然而|而且|事实上|实际上"
_PHRASE = (
    "从[^，。；！？\\n“”《》0-9个]{1,8}起|[^，。；！？\\n“”《》在]{1,7}(?:以前|之前|以后|之后|以来|期间)"
)
_ADVERBIAL = re.compile(
    rf"(?:(?<=[。！？；\n])|^)(?:(?P<word>{_TIME}|{_CONJUNCTION})|首先|其次|{_PHRASE})(?P<comma>，?)(?P<next>{_NO_NUMERAL}[一-鿿]{{2}})"
)
"""What tells when or how, or joins two sentences, at the head of a sentence: the comma behind it is free
(GB/T 15834-2011, 4.4.3.2 b). 当然, 其实, 同样, 不过 stand there too and mean something else without it."""
_CLAUSE_GOES_ON = re.compile(r"因为|所以|但|而|就|不|才|也|都|却|便|则|的|之|和|与|及|或|为|是|又|还")
"""What follows a comma that isn't free."""
_SUBJECT = re.compile(
    r"我们|我(?![国省市县区])|你们|他们|她们|咱们|大家|全[国省市县区镇党](?!的)|各[级地县市区镇乡部单](?!的)"
    r"|[县市省镇村区乡]里(?!的)|[县市省区]委(?!的)|有[的些个位家户](?!人?的)|必须|还要|也要"
)
"""What may follow a comma that the text doesn't have: a subject or an auxiliary, so that the adverbial ends
there."""

_SAME_START = "要|坚持|必须|不能|不要|继续|坚决|大力|加快|推进|加强|完善|深化|落实|实施|积极|切实"
_PARALLEL = re.compile(
    rf"(?:(?<=[。\n])|^)(?P<start>{_SAME_START})[^。；：！？\n“”]{{12,80}}(?P<stop>。)(?=(?P=start)[^。；：！？\n“”]{{12,80}}。)"
)
"""Two sentences in a row without a subject that begin with the same word: members of a row, which ； may part
too."""

_NEXT_POINT = re.compile(r"[；。](?=[二三四五六七八九十]是)")
_POINT = re.compile(r"[一二三四五六七八九]是")
_SENTENCE = re.compile(r"[^。！？\n]+")
_SHORTEST_ITEM = 14
"""Characters: items shorter than this, as sentences of their own, read like telegrams."""
_LEANS_BACK = re.compile(
    r"[也而又更但则却并还就]|[二三四五六七八九十]是|一方面|另一方面|同时|或|否则|以及|其中|既|不仅|尤其|特别|甚至|使|从而|有的"
)
"""How an item begins that can't open a sentence."""
_BELONGS_BACK = re.compile(
    r"[，、；。：！？”’」』》〉】）)…—]|[这那它他她]|但|也|又|而|更|还|都|就|却|才|其中|其余|其他|不然|否则|因为|所以|可是|不过|同样|何况|况且|于是|结果|有的|另一|后者|反过来"
)
"""How a sentence begins that takes up what was just said, and what closes or goes on: no paragraph begins
with it."""
_GOVERNS = re.compile(
    r"：|一方面|不仅|既|不是|与其|如果|只要|只有|无论|不论|即使|虽然|有的|[一二三四五六七八九十]是"
)
"""What in a sentence governs all its items: they can't be sentences of their own."""


def break_places(text: str, protection: Protection, shortest: int) -> Iterator[CarrierPlace]:
    """Yields ends of sentences where a paragraph may be broken, all of them at once: no piece is under
    `shortest` characters, and none begins with what belongs to the sentence before."""
    for start, end in _paragraphs(text):
        last = start
        for match in _SENTENCE_END.finditer(text, start, end):
            at = match.end()
            # From the last place, not from the last sentence: however many of them a copy breaks, no piece is
            # short.
            long_enough = at - last >= shortest and end - at >= shortest
            if long_enough and protection.allows(at, at) and _may_part(text, at):
                yield at, "", "\n"
                last = at


def _may_part(text: str, at: int) -> bool:
    """Returns whether the sentence that begins at `at` can open a paragraph; the answer to a question can't
    (为什么？因为 …)."""
    return text[at - 1] != "？" and _BELONGS_BACK.match(text, at) is None


def punctuation_places(text: str, protection: Protection) -> dict[str, list[CarrierPlace]]:
    """Returns the places of P1 to P5, by these names (`mark_plan.CarrierKind`)."""
    places_of_kinds = {
        "P1": _between_quoted(text, protection),
        "P2": _after_openers(text),
        "P3": [*_before_points(text, protection), *_between_items(text, protection)],
        "P4": _after_adverbials(text),
        "P5": _between_same_starts(text),
    }
    return {
        kind: [place for place in places if protection.allows(place[0], place[0] + len(place[1]))]
        for kind, places in places_of_kinds.items()
    }


def _paragraphs(text: str) -> Iterator[Span]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _between_quoted(text: str, protection: Protection) -> Iterator[CarrierPlace]:
    """Yields 、 between two quotations or two titles in a row, which may stand there or not: “清渠”、“护林” or
    “清渠”“护林”."""
    spans = protection.enclosed
    for (start, end), (following, stop) in pairwise(spans):
        # The same marks on both sides, with nothing or 、 between: “清渠”“护林”, 《渠》、《林》, but not
        # “清渠”和《林》.
        between = text[end:following]
        if between in ("", "、") and _ROWS.get(text[end - 1]) == text[following] == text[start]:
            rows = text[following] == "《" or all(map(_is_term, (text[start:end], text[following:stop])))
            if rows:
                yield end, between, "、" if not between else ""


def _is_term(quoted: str) -> bool:
    return len(quoted) <= _LONGEST_QUOTED and not re.search(r"[。！？；：]", quoted)


def _after_openers(text: str) -> Iterator[CarrierPlace]:
    """Yields the comma behind an opener: 当前，我们 or 当前我们."""
    for match in _OPENER.finditer(text):
        # A comma that is there may go; one is put in only before what begins a clause: 当前我们 may be
        # 当前，我们, but 当前形势 is one phrase.
        if match["comma"]:
            yield match.start("comma"), "，", ""
        elif _TAKES_COMMA.match(match["next"]):
            yield match.start("comma"), "", "，"


def _after_adverbials(text: str) -> Iterator[CarrierPlace]:
    """Yields the comma behind an adverbial or conjunction that opens a sentence: 去年，村里修了渠 or 去年村里修了渠."""
    for match in _ADVERBIAL.finditer(text):
        at = match.start("comma")
        if match["comma"]:
            # After 去年，也 or 会前，的确 the comma isn't free: without it the words run into each other.
            if not _CLAUSE_GOES_ON.match(text, at + 1):
                yield at, "，", ""
        # One is put in behind a fixed word alone (去年我们), not behind a phrase (散会以后我们): a pattern can't
        # be sure where that ends.
        elif match["word"] and _SUBJECT.match(match["next"] + text[match.end() : match.end() + 1]):
            yield at, "", "，"


def _between_same_starts(text: str) -> Iterator[CarrierPlace]:
    """Yields 。 between two sentences of a row, which may be ；: 要先清沟……。要再护堤……。"""
    for match in _PARALLEL.finditer(text):
        yield match.start("stop"), "。", "；"


def _before_points(text: str, protection: Protection) -> Iterator[CarrierPlace]:
    """Yields ；二是 and 。二是; the 。 only if the point before it is a single sentence. After
    一是抓早。雨季前清沟。二是抓实 a semicolon would join only half of the first point to the second."""
    for match in _NEXT_POINT.finditer(text):
        # A ； before 二是 parts points, so a 。 may too; a 。 there may end a point of several sentences.
        at = match.start()
        if text[at] == "；":
            yield at, "；", "。"
        elif _begins_point(text, at, protection):
            yield at, "。", "；"


_LONGEST_POINT = 300
"""Characters that are searched for the beginning of a point; so a long text takes linear time."""


def _begins_point(text: str, end: int, protection: Protection) -> bool:
    """Returns whether the sentence that ends at `end` begins with 一是, 二是 …; ends inside quotations don't
    count."""
    ends = [
        at
        for at in range(max(0, end - _LONGEST_POINT), end)
        if text[at] in "。！？；：\n" and protection.allows(at, at + 1)
    ]
    return bool(ends) and _POINT.match(text, ends[-1] + 1) is not None


def _between_items(text: str, protection: Protection) -> Iterator[CarrierPlace]:
    """Yields ； between items of a sentence if each of them could be a sentence: not in 既要修渠；又要护林,
    where the first word governs both."""
    for sentence in _SENTENCE.finditer(text):
        if "；" not in sentence[0] or _GOVERNS.search(sentence[0]):
            continue
        ends = [
            at
            for at in range(sentence.start(), sentence.end())
            if text[at] == "；" and protection.allows(at, at + 1)
        ]
        # Each item lies between two edges: the sentence's own, or a semicolon.
        edges = [sentence.start() - 1, *ends, sentence.end()]
        for before, at, after in zip(edges, ends, edges[2:], strict=False):
            long = min(at - before, after - at) > _SHORTEST_ITEM
            if long and not _LEANS_BACK.match(text, at + 1):
                yield at, "；", "。"
