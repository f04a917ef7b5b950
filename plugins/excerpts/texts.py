"""Words the answers of 段落, 随机 and 提纲."""

from __future__ import annotations

from jianggao.access.verdicts import Locked
from jianggao.reading.views import OutlineLine, OutlineView, SectionView, ThemeOutlines
from jianggao.settings import Settings
from jianggao.text.quoting import quoted

from ..refusal_texts import locked
from ..shared_texts import ALLOWANCE_SPENT, which_section

__all__ = ["locked_section", "none_on", "outline", "spent", "theme_outlines", "which_section"]

SECTION_FORM = "请写段落编号（第 12 篇第 3 段写 12.3），编号在检索结果和提纲里。"
OUTLINE_FORM = "请写篇号或主题（比如“营商环境”），篇号是检索结果里编号的前一半。"
HEADINGS_CUT = "今天的段落额度用完了，较长的标题只显示开头，明天再看。"
_LONGEST_LINE = 60
"""Characters of a line under the title that an outline shows: an editor's note can be a paragraph."""


def none_on(topic: str) -> str:
    """Returns the answer to 随机 where there is nothing to draw."""
    if not topic:
        return "这里还没有可以看的段落。"
    return f"没有{quoted(topic)}方面的段落。换个主题，或直接发“随机”。"


def locked_section(view: SectionView, verdict: Locked, settings: Settings) -> str:
    """Returns a locked section's heading, with why it is locked and what helps."""
    return f"{_head(view)}\n{locked(verdict.reason, settings)}"


def spent(view: SectionView) -> str:
    """Returns a section's heading where the day's allowance is used up."""
    return f"{_head(view)}\n{ALLOWANCE_SPENT}"


def outline(view: OutlineView) -> str:
    """Returns the heading tree, each line with the numbers of its sections."""
    lines = [f"{view.number}《{view.title}》{view.material_date.isoformat()}"]
    lines += [_beginning(line) for line in view.occasion.split("\n") if line]
    lines += [_line(view.number, line) for line in view.lines]
    return "\n".join(lines)


def whole_outline(view: OutlineView) -> str:
    """Returns the heading tree, and why headings are cut that the asker might read whole tomorrow."""
    if view.unwritable:
        return f"{outline(view)}\n数据库暂时写不进去（{view.unwritable}），较长的标题先只显示开头。"
    return outline(view) + (f"\n{HEADINGS_CUT}" if view.allowance_spent else "")


def theme_outlines(found: ThemeOutlines) -> str:
    """Returns the heading trees of the best speeches on a theme, and the patterns that its headings have in
    common."""
    if not found.outlines:
        near = f"\n相近的主题：{'、'.join(found.topics)}" if found.topics else ""
        return f"没有{quoted(found.theme)}方面的讲稿。{near}"
    lines = []
    for view in found.outlines:
        lines.append(outline(view))
        if view.left_out:
            lines.append(f"…另有 {view.left_out} 条，发“提纲 {view.number}”看全部")
    if found.patterns:
        lines.append(f"常见的标题句式（看了 {found.speeches} 篇）：")
        lines += [
            f"{pattern.pattern}　{pattern.count} 处，如“{pattern.example}”" for pattern in found.patterns
        ]
    return "\n".join(lines)


def _beginning(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…"


def _line(number: int, line: OutlineLine) -> str:
    indent = "　" * max(0, line.level - 1)
    sections = " ".join(
        f"{number}.{ordinal}" + (" 🔒" if is_locked else "") for ordinal, is_locked in line.sections
    )
    return f"{indent}{line.text}　{sections}".rstrip()


def _head(view: SectionView) -> str:
    heading = f"　{view.heading}" if view.heading else ""
    return f"{view.number}《{view.title}》{heading}"
