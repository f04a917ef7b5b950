"""Handles 检索, 金句 and 相近, and turns their pages: 下一页, 上一页."""

from __future__ import annotations

from functools import partial

from jianggao.bulk_membership.pasted_tables import looks_like_list
from jianggao.chat import CommandTable, Reply, Request, parse_number, register_matcher
from jianggao.chat.commands.search_counts import record_search
from jianggao.errors import WrongForm
from jianggao.reading.reader import Reader
from jianggao.reading.views import AnswerContents

from . import texts
from .pages import LastSearch, ListKind, last_searches

commands = CommandTable("search")
_LONGEST_THEME = 40
"""Characters of a theme: a longer one is cut, since nobody means a paragraph."""
EXPIRES_AFTER = 60.0
"""A search answer that waited longer than this, in seconds, is dropped."""


@commands.handles(
    "检索",
    aliases=("搜索",),
    short=("搜", "查"),
    glued=True,
    usage="检索 词…",
    example="检索 乡村振兴 人才",
    summary="按词找段落，几个词用空格隔开；“…”找原句",
)
async def handle_search(request: Request) -> Reply | str:
    """检索: shows the first page of hits. A list of members that a superuser pasted isn't searched for."""
    if request.superuser and not request.in_group and looks_like_list(request.message.text):
        return texts.LIST_WITHOUT_COMMAND
    return await _answer(request, ListKind.SEARCH, request.argument, 1)


@commands.handles(
    "金句", glued=True, usage="金句 [主题]", example="金句 基层治理", summary="值得摘抄的句子，可以指定主题"
)
async def handle_quotes(request: Request) -> Reply:
    """金句: shows the first page of quotable sentences, of any theme or of the named one."""
    return await _answer(request, ListKind.QUOTES, request.argument[:_LONGEST_THEME], 1)


@commands.handles("相近", usage="相近 编号", example="相近 12.3", summary="别的讲稿里讲同一件事的段落")
async def handle_similar(request: Request) -> Reply | str:
    """相近: shows sections of other speeches that resemble the named one."""
    number = parse_number(request.argument)
    if number is None:
        raise WrongForm(texts.SIMILAR_FORM)
    if number.section is None:
        return texts.which_section(number.speech, "相近")
    reader = await request.reader()
    page = await reader.similar(number.speech, number.section, effect=request.processed_message.record)
    return _reply(request, reader, page.contents, texts.similar(page, request.application.settings))


@commands.handles(
    "下一页", aliases=("下页",), usage="下一页", example="下一页", summary="接着看上次检索的结果"
)
async def handle_next_page(request: Request) -> Reply | str:
    """下一页: shows the page after the one shown last."""
    return await _turn(request, +1)


@commands.handles("上一页", aliases=("上页",), usage="上一页", example="上一页", summary="往回翻一页")
async def handle_previous_page(request: Request) -> Reply | str:
    """上一页: shows the page before the one shown last."""
    return await _turn(request, -1)


async def _turn(request: Request, step: int) -> Reply | str:
    """Returns the page `step` pages on in the asker's last search, or says that there is none."""
    last = request.services.plugin_state(last_searches).get(request.chat)
    if last is None:
        return texts.NO_LAST_SEARCH
    page = last.page + step
    if page < 1:
        return texts.FIRST_PAGE
    if page > last.pages:
        return texts.LAST_PAGE
    return await _answer(request, last.kind, last.query, page)


async def _answer(request: Request, kind: ListKind, query: str, page: int) -> Reply:
    """Returns a page of the list, which is the last search of the asker in this place from now on."""
    reader = await request.reader()
    settings = request.application.settings
    if kind is ListKind.SEARCH:
        # Of a member; further pages are no further searches.
        counts = page == 1 and reader.access.window is not None and not request.superuser
        found = await reader.search(query, page, effect=partial(record_search, request, is_counted=counts))
        pages, text, contents = found.pages, texts.answer(found, settings), found.contents
    else:
        quotes = await reader.quotables(query, page, effect=request.processed_message.record)
        pages, text, contents = quotes.pages, texts.quotes(quotes), quotes.contents
    request.services.plugin_state(last_searches)[request.chat] = LastSearch(kind, query, page, pages)
    return _reply(request, reader, contents, text)


def _reply(request: Request, reader: Reader, contents: AnswerContents, text: str) -> Reply:
    return request.reading_reply(reader, text, contents, expires_after=EXPIRES_AFTER)


matcher = register_matcher(commands.plugin)
