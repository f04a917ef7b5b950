"""Words the answers of 检索, 金句 and 相近."""

from __future__ import annotations

from collections.abc import Sequence

from jianggao.access.verdicts import Locked, Private
from jianggao.reading.views import (
    HitView,
    QuotesPage,
    SearchPage,
    SectionHitView,
    SimilarPage,
    SpeechHitView,
)
from jianggao.search import HitGroup
from jianggao.settings import Settings
from jianggao.text.normal_form import normal_form
from jianggao.text.quoting import quoted

from ..refusal_texts import help_with, reason
from ..shared_texts import PRIVATE_ONLY, what_is_missing, which_section

__all__ = ["answer", "quotes", "similar", "which_section"]

NO_LAST_SEARCH = "没有可以翻的页。先发“检索 关键词”。"
FIRST_PAGE = "已经是第一页了。"
LAST_PAGE = "已经是最后一页了。"
NEAR, NEAREST = "没有找到全部词，相近的有：", "最接近的："
WORD_FOR_WORD, REWORKED, SAME = "这段话在：", "改写过的、只有一部分相同的：", "讲同一件事的："
NO_SOURCE = "没有找到这段话的出处。"
SOME = "只有其中几个词的："
CUT_SHORT = "（时间到了，先给找到的这些。换短一点的词能查全。）"
LIST_WITHOUT_COMMAND = "像是一份名单，没有导入，也没有检索。要导入，先发“导入会员”（十分钟内有效），再粘贴。"
SIMILAR_FORM = "请写段落编号（第 12 篇第 3 段写 12.3），编号在检索结果里。"
_LONGEST_QUERY = 20
"""Characters of a query that are repeated in an answer."""


def answer(page: SearchPage, settings: Settings) -> str:
    """Returns a page of hits, or what to try instead."""
    lines = _pasted(page) if page.query.is_paragraph else _found(page)
    if page.cut_short:
        lines.append(CUT_SHORT)
    lines += _help((*page.hits, *page.near), settings)
    lines += what_is_missing(page.unwritable, page.allowance_spent)
    return "\n".join(lines)


def similar(page: SimilarPage, settings: Settings) -> str:
    """Returns the sections on the same matter, each with the words that it shares with the given one."""
    if not page.hits:
        return f"别的讲稿里没有和 {page.number} 讲同一件事的段落。"
    heading = page.heading.rpartition("\n")[2]
    lines = [f"和 {page.number}{f'“{heading}”' if heading else ''} 相近的段落："]
    for hit in page.hits:
        head, *rest = _section_hit(hit)
        lines += [f"{head}\n都谈到：{'、'.join(hit.shared)}", *rest]
    lines += _help(page.hits, settings)
    lines += what_is_missing(page.unwritable, page.allowance_spent)
    return "\n".join(lines)


def quotes(page: QuotesPage) -> str:
    """Returns sentences worth quoting, each with the number of its section."""
    if not page.quotes and not page.allowance_spent:
        return (
            f"没有{f'{quoted(page.theme)}方面' if page.theme else ''}可以摘的句子。换个主题，或直接发“金句”。"
        )
    lines = [f"{quote.number}　{quote.text}\n——《{quote.title}》（{quote.year}）" for quote in page.quotes]
    lines += what_is_missing(page.unwritable, page.allowance_spent)
    if page.page < page.pages:
        lines.append("“下一页”接着看。")
    return "\n".join(lines)


def _found(page: SearchPage) -> list[str]:
    lines = [_count(page)] if page.total else [_nothing(page)]
    if page.read_as:
        lines.insert(0, f"按{quoted(page.read_as)}找：")
    typed = [hit for hit in page.hits if hit.group is HitGroup.TYPED]
    by_synonyms = [hit for hit in page.hits if hit.group is HitGroup.SYNONYM]
    for hit in typed:
        lines += _hit(hit)
    if by_synonyms:
        lines.append("也查了：" + "、".join(page.synonyms))
    for hit in by_synonyms:
        lines += _hit(hit)
    if page.suggestions:
        lines.append(_suggestions(page))
    lines += _near(page)
    if page.topics:
        lines.append("相近的主题：" + "、".join(page.topics))
    if not (page.total or page.hits or page.near or page.suggestions or page.topics):
        return [*lines, "换个说法，或少写一个词再试。"]
    return [*lines, *_next_steps(page)]


def _pasted(page: SearchPage) -> list[str]:
    """Returns where a pasted paragraph stands, and what else is on its matter."""
    lines = [] if page.total else [NO_SOURCE]
    for group, heading in (
        (HitGroup.TYPED, WORD_FOR_WORD),
        (HitGroup.REWORKED, REWORKED),
        (HitGroup.SAME_MATTER, SAME),
    ):
        hits = [hit for hit in (*page.hits, *page.near) if hit.group is group]
        if hits:
            lines.append(heading)
        for hit in hits:
            lines += _hit(hit)
    return [*lines, *_next_steps(page)]


def _count(page: SearchPage) -> str:
    count = f"共 {page.total if page.exact else f'{page.total}+'} 段"
    if page.by_synonyms:
        count += f"，近义的另有 {page.by_synonyms} 段"
    return f"{count}，第 {page.page}/{page.pages} 页"


def _near(page: SearchPage) -> list[str]:
    """Returns the hits that hold some of the words, or a suggestion, under a line that says so."""
    suggested = [hit for hit in page.near if hit.group is HitGroup.SUGGESTED]
    partial = [hit for hit in page.near if hit.group is HitGroup.PARTIAL]
    lines: list[str] = []
    if suggested:
        lines.append(f"{quoted(page.suggestions[0].text)}的前几段：")
    for hit in suggested:
        lines += _hit(hit)
    if partial:
        words = f"（也查了：{'、'.join(page.synonyms)}）" if page.synonyms and not page.by_synonyms else ""
        # Of 教师节大会 待遇 the title has the one word and the section the other: nothing is missing there.
        behind = NEAREST if _is_nearest(page) else NEAR
        lines.append(f"{SOME if page.total else behind}{words}")
    for hit in partial:
        lines += _hit(hit)
    return lines


def _next_steps(page: SearchPage) -> list[str]:
    more = []
    if page.hits or page.near:
        more.append("发“段落 编号”看整段")
    if any(isinstance(hit, SpeechHitView) for hit in (*page.hits, *page.near)):
        more.append("“提纲 篇号”看提纲")
    if "金句" in page.query.text:
        more.append(f"发“金句 {page.read_as or '主题'}”摘句子")
    if page.page < page.pages:
        more.append("“下一页”接着看")
    return ["，".join(more) + "。"] if more else []


def _nothing(page: SearchPage) -> str:
    return f"没有找到{quoted(page.read_as or page.query.text, _LONGEST_QUERY)}。"


def _is_nearest(page: SearchPage) -> bool:
    """Returns whether nothing is missing in the first of the hits that hold only some of the words: its title has the
    others, or it says them in other words."""
    partial = [hit for hit in page.near if hit.group is HitGroup.PARTIAL]
    return bool(partial) and not partial[0].missing


def _suggestions(page: SearchPage) -> str:
    suggestions = [
        f"{quoted(suggestion.text)}（{suggestion.total}{'' if suggestion.exact else '+'} 段）"
        for suggestion in page.suggestions
    ]
    return "也许想找：" + "、".join(suggestions)


def _help(hits: Sequence[HitView], settings: Settings) -> list[str]:
    """Returns the line that says what helps against the locks of a list; the first one's, since all have one
    cause."""
    locks = [hit.verdict.reason for hit in hits if isinstance(hit.verdict, Locked)]
    return [help_with(locks[0], settings)] if locks else []


def _hit(hit: HitView) -> list[str]:
    return [_speech_hit(hit)] if isinstance(hit, SpeechHitView) else _section_hit(hit)


def _speech_hit(hit: SpeechHitView) -> str:
    if not hit.found_by:  # by what its title means
        return f"{hit.number} 《{hit.title}》{' 🔒' if isinstance(hit.verdict, Locked) else ''}"
    title = normal_form(hit.title)
    in_title = [word in title for word in hit.found_by]
    is_locked = isinstance(hit.verdict, Locked)
    if hit.by_title or all(in_title):
        where = "题目里有"
    else:
        # Whether the text says what stands in the title is not told.
        where = "正文谈到" if is_locked and not any(in_title) else "题目或关键词有"
    return f"{hit.number} 《{hit.title}》 {'🔒 ' if is_locked else ''}{where}{'、'.join(map(quoted, hit.found_by))}"


def _section_hit(hit: SectionHitView) -> list[str]:
    head = f"{hit.number}《{hit.title}》"
    # Of a suggestion that was searched for instead, all typed words are missing: the line above the hits says
    # so.
    if hit.missing and hit.group is HitGroup.PARTIAL:
        head += "（没有" + "、".join(map(quoted, hit.missing)) + "）"
    if hit.heading:
        head += "\n" + hit.heading.replace("\n", " › ")
    if hit.snippet is not None:
        return [head, hit.snippet]
    if isinstance(hit.verdict, Private):
        return [f"{head}（{PRIVATE_ONLY}）"]
    return [f"{head} 🔒 {reason(hit.verdict.reason)}" if isinstance(hit.verdict, Locked) else head]
