"""The offline verbs: the chat commands' code from a terminal. Exit codes: 0, 1 (found wanting), 2 (wrong use)."""

from __future__ import annotations

import asyncio
import io
import json
import os
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click
from tqdm import tqdm

from jianggao.access.verdicts import Locked, Private
from jianggao.application import House
from jianggao.cli.check import check_paths, render
from jianggao.clock import system_clock, to_text
from jianggao.database import Keys
from jianggao.database.acknowledgements import accept_loss
from jianggao.database.failures import explained
from jianggao.doctor import examine, mend
from jianggao.doctor import render as render_findings
from jianggao.errors import CannotRead, CannotStart, CannotWrite, JianggaoError, NotFound
from jianggao.library import speech_store
from jianggao.reading.reader import Reader
from jianggao.reading.views import HitView, SearchPage
from jianggao.settings import Settings, load_settings, read_environment

T = TypeVar("T")
_READING_ALL = 1_000_000
_CUT_SHORT = "时间到了，只有先找到的这些。"


@dataclass(frozen=True, slots=True)
class Offline:
    """Where the verbs work: the project's folder and the settings found there."""

    base: Path

    @property
    def settings(self) -> Settings:
        """The settings of `.env` and the environment, defaults where there are none."""
        return load_settings(read_environment(self.base / ".env", os.environ), self.base)

    @asynccontextmanager
    async def house(self, workers: int = 0) -> AsyncIterator[House]:
        """The opened house, closed at the end."""
        house = await House.open(self.settings, workers=workers)
        try:
            yield house
        finally:
            await house.close()


def replace_what_cannot_be_shown() -> None:
    """What the terminal's encoding can't hold (✓ in GBK, a Chinese name where the locale is C) becomes a question mark
    instead of ending the verb."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def run_verb(work: Callable[[], Awaitable[T]]) -> T:
    """Run a verb; an expected error is one line and its exit code."""
    try:
        return asyncio.run(_awaited(work))
    except (CannotWrite, CannotRead) as error:
        _end(str(error.explanation), 1)
    except JianggaoError as error:
        _end(str(error), 1 if isinstance(error, (NotFound, CannotStart)) else 2)
    except (sqlite3.Error, OSError) as error:
        settings = _offline().settings
        told = explained(error, settings.database_file, further=settings.logs_and_backups)
        if told is None:
            raise
        _end(str(told), 1)


def _offline() -> Offline:
    offline = click.get_current_context().find_object(Offline)
    assert offline is not None
    return offline


def _end(line: str, code: int) -> NoReturn:
    click.echo(line, err=True)
    sys.exit(code)


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()


@click.command("import")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--confirm", is_flag=True, help="源文件少了很多时，也照样下线。")
@click.option("--clock-is-right", is_flag=True, help="机器的时间确实对，和已有的记录矛盾也照样导入。")
@click.pass_obj
def import_verb(offline: Offline, path: Path | None, confirm: bool, clock_is_right: bool) -> None:
    """把资料文件夹里新增、改动的讲稿读进数据库。"""

    async def work() -> bool:
        async with offline.house(workers=os.cpu_count() or 1) as house:
            with tqdm(unit="个文件", desc="读入", disable=not sys.stderr.isatty(), leave=False) as bar:

                def progress(done: int, total: int) -> None:
                    bar.total = total
                    bar.update(done - bar.n)

                report = await house.importer.run(
                    confirmed=confirm, clock_is_right=clock_is_right, under=path, progress=progress
                )
        click.echo(report.render(full=True))
        return not report.needs_attention

    sys.exit(0 if run_verb(work) else 1)


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_json", is_flag=True, help="每篇一行 JSON。")
@click.pass_obj
def check_verb(offline: Offline, paths: tuple[Path, ...], as_json: bool) -> None:
    """看看文件会被怎样解析，什么也不存。"""
    settings = load_settings({})
    today = system_clock().astimezone(settings.timezone).date()
    refused = False
    for record in check_paths(paths, today):
        refused = refused or not record["title"]
        click.echo(_json_line(record) if as_json else render(record) + "\n")
    sys.exit(1 if refused else 0)


@click.command("search")
@click.argument("query")
@click.option("--as", "role", type=click.Choice(["member", "visitor"]), default="member", show_default=True)
@click.option("--limit", type=click.IntRange(1, _READING_ALL), default=5, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="每个检索一行 JSON。")
@click.pass_obj
def search_verb(offline: Offline, query: str, role: str, limit: int, as_json: bool) -> None:
    """检索资料库；QUERY 写 - 时从标准输入每行读一个。"""
    queries = _lines_of_stdin() if query == "-" else [query]

    async def work() -> bool:
        found = True
        async with offline.house() as house:
            async with house.database.read() as connection:
                speeches, _ = await speech_store.count_listed(connection)
            if not speeches:
                click.echo("资料库还是空的。请先运行：python bot.py import", err=True)
            reader = house.local_reader(reads_all=role == "member")
            for text in queries:
                found = await _search_one(reader, text, limit, as_json) and found
        return found

    sys.exit(0 if run_verb(work) else 1)


def _json_line(record: object) -> str:
    """A record as JSON that the output's encoding holds: with escapes where it holds no other."""
    text = json.dumps(record, ensure_ascii=False)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return json.dumps(record)
    return text


def _lines_of_stdin() -> list[str]:
    """Each line that stdin brings, in UTF-8 whatever the terminal's own encoding is; none where it is closed."""
    if sys.stdin is None:
        return []
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace").splitlines()


async def _search_one(reader: Reader, text: str, limit: int, as_json: bool) -> bool:
    try:
        page = await reader.look(text, limit)
    except JianggaoError as error:
        if not as_json:
            raise
        empty: dict[str, Any] = {"total": 0, "hits": [], "guesses": []}
        click.echo(_json_line({"query": text, **empty, "problem": str(error)}))
        return False
    click.echo(_json_line(_as_json(page, text)) if as_json else _as_text(page))
    return page.total > 0


def _as_json(page: SearchPage, text: str) -> dict[str, Any]:
    problem = {"problem": _CUT_SHORT} if page.cut_short else {}
    return {
        "query": text,
        "total": page.total,
        "hits": [_hit_as_json(hit) for hit in (*page.hits, *page.near)],
        "guesses": [*(guess.text for guess in page.guesses), *page.topics],
        **problem,
    }


def _hit_as_json(hit: HitView) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "number": hit.number,
        "title": hit.title,
        "source": hit.source,
        "heading": hit.heading,
        "snippet": hit.snippet or "",
        "locked": isinstance(hit.verdict, (Locked, Private)),
    }
    further = {"missing": hit.missing, "instead": hit.instead}
    return fields | {name: list(words) for name, words in further.items() if words}


def _as_text(page: SearchPage) -> str:
    lines = [f"共 {page.total} 段" if page.total else "没有找到"]
    if page.guesses:
        lines.append("也许想找：" + "、".join(f"{guess.text}（{guess.total} 段）" for guess in page.guesses))
    if page.synonyms:
        lines.append("也查了：" + "、".join(page.synonyms))
    for hit in (*page.hits, *page.near):
        heading = f"  {hit.heading}" if hit.heading else ""
        lacking = f"（没有{'、'.join(hit.missing)}）" if hit.missing else ""
        lines += [f"{hit.number} 《{hit.title}》{heading}{lacking}", f"    {_shown(hit)}"]
    if page.topics:
        lines.append("相近的主题：" + "、".join(page.topics))
    if page.cut_short:
        lines.append(_CUT_SHORT)
    return "\n".join(lines)


def _shown(hit: HitView) -> str:
    if hit.snippet is not None:
        return hit.snippet
    return (
        "🔒"
        if isinstance(hit.verdict, (Locked, Private))
        else f"有{'、'.join(f'“{word}”' for word in hit.found_by)}"
    )


@click.command("doctor")
@click.option("--quick", is_flag=True, help="只做快的检查：不逐篇核对正文、索引和举报材料。")
@click.option("--mend", "mends", is_flag=True, help="修好能放心修的（先停掉机器人），说明修了什么。")
@click.option("--rebuild", is_flag=True, help="同 --mend，并且一定重建索引（先停掉机器人）。")
@click.pass_obj
def doctor_verb(offline: Offline, quick: bool, mends: bool, rebuild: bool) -> None:
    """检查设置、数据库、密钥、会员记录和索引；每个问题都写明怎么办。"""

    async def work() -> bool:
        env_file = offline.base / ".env"
        if mends or rebuild:
            result = await mend(
                offline.settings,
                rebuild=rebuild,
                env_file=env_file,
                tell=lambda line: click.echo(line, err=True),
            )
            click.echo("修了这些：" if result.done else "没有要修的。")
            for line in result.done:
                click.echo(f"· {line}")
            findings = result.findings
        else:
            findings = await examine(offline.settings, quick=quick, env_file=env_file)
        for line in render_findings(findings):
            click.echo(line)
        return not any(finding.wrong for finding in findings)

    sys.exit(0 if run_verb(work) else 1)


@click.command("renew-mark-key")
@click.pass_obj
def renew_mark_key_verb(offline: Offline) -> None:
    """换一把标记密钥（先停掉机器人）；旧的留着，认得出以前的副本。"""

    async def work() -> Path:
        async with offline.house() as house:
            return await Keys.renew_marks(house.database, to_text(house.clock()))

    kept = run_verb(work)
    click.echo(f"已换上新的标记密钥。旧的在 {kept}，请和数据库一起保存：少了它就认不出以前发出的副本。")


@click.command("accept-loss")
@click.pass_obj
def accept_loss_verb(offline: Offline) -> None:
    """承认缺了的记录找不回来，就用现在的数据库（先停掉机器人）。"""

    async def work() -> list[str]:
        return await asyncio.to_thread(accept_loss, offline.settings.database_file)

    missing = run_verb(work)
    if not missing:
        click.echo("没有缺记录，什么也没有改。")
        return
    click.echo("找不回来的：\n" + "\n".join(f"· {line}" for line in missing))
    click.echo("机器人可以启动了。请对照自己的账，把丢了的开通、续期补上。")


VERBS = (
    import_verb,
    check_verb,
    search_verb,
    doctor_verb,
    renew_mark_key_verb,
    accept_loss_verb,
)
