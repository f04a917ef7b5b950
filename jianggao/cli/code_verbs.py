"""Runs the verb on redeem codes: `codes`."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from jianggao.application import Application
from jianggao.cli.terminal import Terminal, run_verb
from jianggao.clock import system_clock
from jianggao.database.private_files import fsync
from jianggao.errors import CannotStart, WrongForm, WrongUse
from jianggao.membership.durations import parse_duration
from jianggao.redeem_codes import code_store, issuing
from jianggao.redeem_codes.code_form import holds_code, key_of_hashes
from jianggao.redeem_codes.code_store import CodeTerms
from jianggao.redeem_codes.issuing import MOST_AT_THE_TERMINAL, NewBatch, broken_off
from jianggao.redeem_codes.last_days import parse_day, read_last_day
from jianggao.text.quoting import for_shell, quoted
from jianggao.text.whole_numbers import whole_number

_ECHO = 8
"""Characters of a misunderstood input that are repeated."""


_TRIAL = "试用"


@click.command("codes", context_settings={"ignore_unknown_options": True})
@click.argument("count", default="")
@click.argument("duration", default="")
@click.argument("more", nargs=-1, metavar="")
@click.option("--last-day", help="最后兑换日，如 2027-06-30；不写就一直能兑换。")
@click.option("--trial", is_flag=True, help="试用卡密，每人只能用一次。")
@click.option("--note", default="", help="备注，列在“卡密列表”和会员记录里。")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="写到哪个文件；已有的文件不会覆盖。"
)
@click.pass_obj
def codes_verb(
    terminal: Terminal,
    count: str,
    duration: str,
    more: tuple[str, ...],
    last_day: str | None,
    trial: bool,
    note: str,
    output: Path | None,
) -> None:
    """生成 COUNT 张卡密，写进一个文件（先停掉机器人）；DURATION 如 1年、3个月。"""

    async def work() -> tuple[NewBatch, Path]:
        if holds_code(note):
            raise WrongUse("备注里有卡密，没有生成。备注会存下来，请换一个。")
        if holds_code(" ".join([count, duration, last_day or "", *more])):
            raise WrongUse("这里不写卡密，没有生成。请写张数和时长，例如：codes 100 1年")
        if more:
            raise WrongUse(
                "张数和时长后面的没看懂，没有生成。"
                "最后兑换日请写 --last-day 2027-06-30，备注写 --note 淘宝，试用写 --trial。"
            )
        size = _size(count)
        today = system_clock().astimezone(terminal.settings.timezone).date()
        terms = _terms(duration, trial, last_day, note, today)
        _require_new(output)
        _require_outside((output or Path()).absolute(), terminal.settings.library_dir)
        async with terminal.application() as application:
            return await _make(application, size, terms, output)

    batch, path = run_verb(work)
    until = batch.terms.last_day
    how_long = "没有最后兑换日" if until is None else f"最后兑换日 {until.isoformat()}"
    click.echo(f"{batch.what} 卡密写到了 {for_shell(path)}，{how_long}。一行一张，只有你的账号能读。")
    click.echo("机器人不留底，请存好这个文件，不要发到群里。")


async def _make(
    application: Application, count: int, terms: CodeTerms, output: Path | None
) -> tuple[NewBatch, Path]:
    """Makes a batch that becomes valid when its file is on the disk; otherwise it is revoked."""
    database, zone = application.database, application.settings.timezone
    key = key_of_hashes(application.keys.codes)
    async with database.write() as connection:
        # What an earlier run left behind, as at the bot's start.
        left = await issuing.revoke_interrupted(connection, application.clock())
        batch = await issuing.make_at_the_terminal(connection, count, terms, application.clock(), zone, key)
    for earlier in left:
        click.echo(broken_off(earlier), err=True)
    path = output or Path(batch.file_name)
    try:
        write_codes(path, batch.file_content)
    except BaseException as error:
        async with database.write() as connection:
            await issuing.revoke_not_handed_over(connection, batch.number, application.clock())
        if isinstance(error, OSError):
            raise CannotStart(
                f"写不进文件 {path}，没有生成卡密。请换个存在的、写得进的文件夹，或看看磁盘满没满。"
            ) from error
        raise
    async with database.write() as connection:
        await code_store.activate(connection, batch.number, application.clock())
    return batch, path


def write_codes(path: Path, content: bytes) -> None:
    """Writes the codes to a new file for this account alone; they are on the disk when this returns. Raises
    WrongUse if the file exists, OSError; then there is no file."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise _exists(path) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fsync(path.absolute().parent)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _size(count: str) -> int:
    """Returns how many codes to make. Raises WrongUse."""
    number = whole_number(count.removesuffix("张"), MOST_AT_THE_TERMINAL)
    if not number:
        raise WrongUse(
            f"张数{quoted(count, _ECHO)}不对，要写 1 到 {MOST_AT_THE_TERMINAL} 的整数，例如：codes 100 1年"
        )
    return number


def _terms(duration: str, trial: bool, last_day: str | None, note: str, today: date) -> CodeTerms:
    """Returns what the codes give, read as in the chat: a day in the note is the last day. Raises WrongUse, and
    WrongForm for a duration."""
    span = duration.strip()
    if _TRIAL in (span[:2], span[-2:]):
        trial, span = True, span.removeprefix(_TRIAL).removesuffix(_TRIAL)
    given = parse_duration(span)
    try:
        in_note, rest = read_last_day(note, today)
    except WrongForm:
        raise WrongUse(
            "备注里好像有日期或期限，没有生成。最后兑换日请写 --last-day 2027-06-30；"
            '就是备注的话，在前面加“备注”：--note "备注 6月促销"。'
        ) from None
    if last_day is not None and in_note is not None:
        raise WrongUse("最后兑换日写了两个（--last-day 和备注里），没有生成。")
    return CodeTerms(given, trial, rest, in_note if last_day is None else _day(last_day, today))


def _day(text: str, today: date) -> date:
    """Returns the last day that 2027-06-30, 2027/6/30 or 月底 names. Raises WrongUse, also for an empty text, as
    a variable without a value leaves it."""
    try:
        return parse_day(text, today)
    except WrongForm:
        what = quoted(text, _ECHO) if text.strip() else "（--last-day 后面是空的）"
        raise WrongUse(f"没看懂最后兑换日{what}，没有生成。请写成 --last-day 2027-06-30。") from None


def _require_new(path: Path | None) -> None:
    """Raises WrongUse if the file exists, and CannotStart if its folder takes no file: before anything is
    made."""
    folder = Path() if path is None else path.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise CannotStart(f"文件夹 {folder} 不存在或写不进，没有生成卡密。请换个文件夹。")
    if path is not None and (path.exists() or path.is_symlink()):
        raise _exists(path)


def _require_outside(path: Path, library: Path) -> None:
    """Raises WrongUse for a place in the library, of which everything is read, stored and shown."""
    if path.resolve().is_relative_to(library.resolve()):
        raise WrongUse(f"{library} 里的文件会被当成讲稿导入，没有生成卡密。请写到别的文件夹。")


def _exists(path: Path) -> WrongUse:
    return WrongUse(f"{path} 已经有了，没有覆盖，也没有生成卡密。请换个文件名。")
