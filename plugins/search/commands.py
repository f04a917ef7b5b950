"""检索, 下一页, 上一页."""

from __future__ import annotations

from plugins.gate import CommandTable, Reply, Request, register_matcher
from plugins.search import texts
from plugins.search.pages import LastSearch, last_searches

commands = CommandTable("search")
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
async def handle_search(request: Request) -> Reply:
    return await _answer(request, request.argument, 1)


@commands.handles(
    "下一页", aliases=("下页",), usage="下一页", example="下一页", summary="接着看上次检索的结果"
)
async def handle_next_page(request: Request) -> Reply | str:
    return await _turn(request, +1)


@commands.handles("上一页", aliases=("上页",), usage="上一页", example="上一页", summary="往回翻一页")
async def handle_previous_page(request: Request) -> Reply | str:
    return await _turn(request, -1)


async def _turn(request: Request, step: int) -> Reply | str:
    last = last_searches.get(request.chat, request.house.monotonic())
    if last is None:
        return texts.NO_LAST_SEARCH
    page = last.page + step
    if page < 1:
        return texts.FIRST_PAGE
    if page > last.pages:
        return texts.LAST_PAGE
    return await _answer(request, last.query, page)


async def _answer(request: Request, query: str, page: int) -> Reply:
    reader = await request.reader()
    found = await reader.search(query, page, effect=request.claim.take)
    last_searches.put(request.chat, LastSearch(query, page, found.pages), request.house.monotonic())

    async def still_allowed() -> bool:
        """The access that the answer was made with is still the asker's."""
        return (await request.reader()).access == reader.access

    return Reply(
        texts.answer(found, request.house.settings),
        expires_after=EXPIRES_AFTER,
        still_allowed=still_allowed,
    )


matcher = register_matcher(commands.plugin)
