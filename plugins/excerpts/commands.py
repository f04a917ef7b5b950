"""Handles 段落, 随机 and 提纲."""

from __future__ import annotations

from jianggao.access.verdicts import Locked, Private
from jianggao.chat import CommandTable, Reply, Request, parse_number, register_matcher
from jianggao.errors import WrongForm
from jianggao.reading.reader import Reader
from jianggao.reading.views import NothingToDraw, SectionView

from ..shared_texts import section_text
from . import texts

commands = CommandTable("excerpts")
_LONGEST_TOPIC = 40
"""Characters of a topic: a longer one is cut, since nobody means a paragraph."""


@commands.handles(
    "段落", short=("看",), usage="段落 编号", example="段落 12.3", summary="看一段，编号在检索结果里"
)
async def show_section(request: Request) -> Reply | str:
    """段落: shows one section with its heading, or the heading alone and why the rest is locked."""
    number = parse_number(request.argument)
    if number is None:
        raise WrongForm(texts.SECTION_FORM)
    if number.section is None:
        return texts.which_section(number.speech, "段落")
    reader = await request.reader()
    view = await reader.section(number.speech, number.section, effect=request.processed_message.record)
    return _section_reply(request, reader, view)


@commands.handles(
    "随机",
    aliases=("来一段",),
    glued=True,
    usage="随机 [主题]",
    example="随机 乡村振兴",
    summary="来一段，可以指定主题",
)
async def send_random_section(request: Request) -> Reply | str:
    """随机: shows a section that the asker hasn't had of late, of any topic or of the named one."""
    reader = await request.reader()
    topic = request.argument[:_LONGEST_TOPIC]
    view = await reader.random(topic, effect=request.processed_message.record)
    if isinstance(view, NothingToDraw):
        return texts.none_on(topic)
    return _section_reply(request, reader, view)


@commands.handles(
    "提纲",
    glued=True,
    usage="提纲 篇号或主题",
    example="提纲 12",
    summary="看一篇的提纲和每段编号；写主题就看这方面几篇的提纲和标题句式",
)
async def show_outline(request: Request) -> Reply:
    """提纲: shows the heading tree of a speech, or those of the best speeches on a theme."""
    if not request.argument:
        raise WrongForm(texts.OUTLINE_FORM)
    reader = await request.reader()
    number = parse_number(request.argument)
    if number is None:
        found = await reader.outlines_on(request.argument)
        return request.reading_reply(reader, texts.theme_outlines(found), found.contents)
    view = await reader.outline(number.speech, effect=request.processed_message.record)
    return request.reading_reply(reader, texts.whole_outline(view), view.contents)


def _section_reply(request: Request, reader: Reader, view: SectionView) -> Reply:
    """Returns the reply that shows the section, as much of it as the asker may see."""
    private = False
    if isinstance(view.verdict, Locked):
        text = texts.locked_section(view, view.verdict, request.application.settings)
    elif view.body is None:
        text = texts.spent(view)
    else:
        text, private = section_text(view), isinstance(view.verdict, Private)
    return request.reading_reply(reader, text, view.contents, private=private)


matcher = register_matcher(commands.plugin)
