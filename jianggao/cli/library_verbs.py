"""Runs the verbs on the library: `import`, `check`, `search`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from jianggao.access.verdicts import Locked, Private
from jianggao.cli.terminal import Terminal, run_verb
from jianggao.clock import system_clock
from jianggao.errors import JianggaoError
from jianggao.install_paths import COMMAND
from jianggao.library import speech_store
from jianggao.library.check import (
    DOUBTFUL_SETTLED,
    check_paths,
    is_refused,
    note_of_record,
    render,
    render_concerns,
    render_outline,
)
from jianggao.library.check_table import order_of, table_of
from jianggao.library.reading_notes import ReadingNote
from jianggao.library.repeated_lines import TextEdges, repeated_lines, repeated_told, with_repeated
from jianggao.reading.reader import Reader
from jianggao.reading.views import HitView, SearchPage, SectionHitView
from jianggao.settings import load_settings

_READING_ALL = 1_000_000
"""The largest number of hits that may be asked for."""
_CUT_SHORT = "时间到了，只有先找到的这些。"


@click.command("import")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--confirm", is_flag=True, help="源文件少了很多时，也照样下线。")
@click.option("--clock-is-right", is_flag=True, help="机器的时间确实对，和已有的记录矛盾也照样导入。")
@click.pass_obj
def import_verb(terminal: Terminal, path: Path | None, confirm: bool, clock_is_right: bool) -> None:
    """把资料文件夹里新增、改动的讲稿读进数据库。"""

    async def work() -> bool:
        async with terminal.application(workers=os.cpu_count() or 1) as application:
            with tqdm(unit="个文件", desc="读入", disable=not sys.stderr.isatty(), leave=False) as bar:

                def progress(done: int, total: int) -> None:
                    bar.total = total
                    bar.update(done - bar.n)

                async def before_rereading(files: int) -> None:
                    click.echo(f"正在按新的读法重读 {files} 个没有改过的文件……", err=True)

                report = await application.importer.run(
                    confirmed=confirm,
                    clock_is_right=clock_is_right,
                    under=path,
                    progress=progress,
                    before_rereading=before_rereading,
                )
        click.echo(report.render(full=True))
        return not report.needs_attention

    sys.exit(0 if run_verb(work) else 1)


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_json", is_flag=True, help="每篇一行 JSON。")
@click.option("--details", is_flag=True, help="每篇都列出提纲和各段。")
@click.pass_obj
def check_verb(terminal: Terminal, paths: tuple[Path, ...], as_json: bool, details: bool) -> None:
    """看看文件会被怎样解析，什么也不存。一个文件列出全部；一个文件夹先列表，再说要看的。"""
    settings = load_settings({})
    today = system_clock().astimezone(settings.timezone).date()
    records = check_paths(paths, today, workers=os.cpu_count() or 1)
    if as_json:
        refused = False
        for record in records:
            refused = refused or is_refused(record)
            click.echo(_json_line(_for_programs(record)))
    else:
        refused = _show_checked(records, details, one_file=len(paths) == 1 and not paths[0].is_dir())
    sys.exit(1 if refused else 0)


def _for_programs(record: dict[str, Any]) -> dict[str, Any]:
    """Returns a record without the lines that are text as long as no other file has them, and without what only people
    are told."""
    left_out = ("edge_text", "volume", "speeches")
    return {name: value for name, value in record.items() if name not in left_out}


def _show_checked(records: Iterable[dict[str, Any]], details: bool, *, one_file: bool) -> bool:
    """Prints a single text whole, several as a table with details behind it. Returns whether one wasn't
    read.

    Of the speeches of `one_file` that was named all have details.
    """
    bar = tqdm(records, unit="篇", desc="读", disable=not sys.stderr.isatty(), leave=False)
    read: list[dict[str, Any]] = []
    unread: list[str] = []
    for record in bar:
        if "unread" in record:
            unread += record["problems"]
        else:
            read.append(record)
    checked = [(note_of_record(record), record) for record in read]
    if len(checked) == 1:
        click.echo(render(checked[0][1]))
    elif checked or not unread:
        checked = _show_table(checked, details, one_file=one_file)
    for line in unread:
        click.echo(line)
    if any(note.doubtful for note, _ in checked):
        click.echo(f"\n{DOUBTFUL_SETTLED}")
    return any(note.refusal for note, _ in checked)


def _show_table(
    checked: list[tuple[ReadingNote, dict[str, Any]]], details: bool, *, one_file: bool
) -> list[tuple[ReadingNote, dict[str, Any]]]:
    """Prints several texts as a table, with details of those to look at behind it.

    Returns the texts with what several of them share: that may be in doubt, or go.
    """
    repeated = repeated_lines(
        TextEdges(note.path, note.title, (*record["doubtful"], *record["edge_text"]))
        for note, record in checked
    )
    checked = [(with_repeated(note, record["edge_text"], repeated), record) for note, record in checked]
    checked.sort(key=lambda one: order_of(one[0]))
    click.echo("\n".join([table_of([note for note, _ in checked]), *repeated_told(repeated)]))
    for note, record in checked:
        if details:
            click.echo("\n" + render(record))
        elif (note.urgency or one_file) and not note.refusal:  # the table says all of a refusal
            shown = {**record, "doubtful": [line.written for line in note.doubtful]}
            click.echo("\n" + (render_outline(shown) if one_file else render_concerns(shown)))
    if checked and not details:
        further = "各段的正文：{} check --details 文件" if one_file else "一篇的提纲和各段：{} check 文件"
        click.echo("\n" + further.format(COMMAND))
    return checked


@click.command("search")
@click.argument("query")
@click.option("--as", "role", type=click.Choice(["member", "visitor"]), default="member", show_default=True)
@click.option("--limit", type=click.IntRange(1, _READING_ALL), default=5, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="每个检索一行 JSON。")
@click.pass_obj
def search_verb(terminal: Terminal, query: str, role: str, limit: int, as_json: bool) -> None:
    """检索资料库；QUERY 写 - 时从标准输入每行读一个。"""
    queries = _lines_of_stdin() if query == "-" else [query]

    async def work() -> bool:
        found = True
        async with terminal.application() as application:
            async with application.database.read() as connection:
                speeches, _ = await speech_store.count_listed(connection)
            if not speeches:
                click.echo(f"资料库还是空的。请先运行：{COMMAND} import", err=True)
            reader = application.local_reader(reads_all=role == "member")
            for text in queries:
                try:
                    found = await _search_one(reader, text, limit, as_json) and found
                except JianggaoError as error:
                    # One line of many that can't be searched for costs the others no answer.
                    if len(queries) == 1:
                        raise
                    click.echo(f"“{text}”：{error}", err=True)
                    found = False
        return found

    sys.exit(0 if run_verb(work) else 1)


def _json_line(record: object) -> str:
    """Returns a record as JSON that the output's encoding can hold: with escapes where it can't hold
    Chinese."""
    text = json.dumps(record, ensure_ascii=False)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return json.dumps(record)
    return text


def _lines_of_stdin() -> list[str]:
    """Returns the lines of stdin, in UTF-8 whatever the terminal's own encoding is; none where stdin is
    closed."""
    # Python sets it so where the caller has closed the stream (`<&-`).
    if sys.stdin is None:
        return []
    return sys.stdin.buffer.read().decode("utf-8-sig", "replace").splitlines()


async def _search_one(reader: Reader, text: str, limit: int, as_json: bool) -> bool:
    try:
        page = await reader.search_unrecorded(text, limit)
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
        "guesses": [*(suggestion.text for suggestion in page.suggestions), *page.topics],
        **problem,
    }


def _hit_as_json(hit: HitView) -> dict[str, Any]:
    """Returns a hit with the fields that scripts rely on; those of a speech have an empty heading and
    snippet."""
    heading, snippet = (hit.heading, hit.snippet or "") if isinstance(hit, SectionHitView) else ("", "")
    fields: dict[str, Any] = {
        "number": hit.number,
        "title": hit.title,
        "source": hit.source,
        "heading": heading,
        "snippet": snippet,
        "locked": isinstance(hit.verdict, (Locked, Private)),
    }
    further = {"missing": hit.missing, "instead": hit.instead}
    return fields | {name: list(words) for name, words in further.items() if words}


def _as_text(page: SearchPage) -> str:
    lines = [f"按“{page.read_as}”找："] if page.read_as else []
    lines.append(f"共 {page.total} 段" if page.total else "没有找到")
    if page.suggestions:
        lines.append(
            "也许想找："
            + "、".join(f"{suggestion.text}（{suggestion.total} 段）" for suggestion in page.suggestions)
        )
    if page.synonyms:
        lines.append("也查了：" + "、".join(page.synonyms))
    for hit in (*page.hits, *page.near):
        heading = f"  {hit.heading}" if isinstance(hit, SectionHitView) and hit.heading else ""
        lacking = f"（没有{'、'.join(hit.missing)}）" if hit.missing else ""
        lines += [f"{hit.number} 《{hit.title}》{heading}{lacking}", f"    {_shown(hit)}"]
    if page.topics:
        lines.append("相近的主题：" + "、".join(page.topics))
    if page.cut_short:
        lines.append(_CUT_SHORT)
    return "\n".join(lines)


def _shown(hit: HitView) -> str:
    if isinstance(hit, SectionHitView) and hit.snippet is not None:
        return hit.snippet
    if isinstance(hit, SectionHitView) or isinstance(hit.verdict, (Locked, Private)):
        return "🔒"
    return f"有{'、'.join(f'“{word}”' for word in hit.found_by)}"
