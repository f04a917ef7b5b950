"""What strangers type and send costs nothing before it is known to be for the bot, and little afterwards."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from growth import too_steep
from hostile_texts import HOSTILE
from simulated_chat import FREE_GROUP, MEMBER, SELF, SUPERUSER, VISITOR, Chat, group_event

from jianggao.sources import isolated_reader, worker_limits
from jianggao.sources.isolated_reader import IsolatedReader, ReaderLimits

REPORTER = 20_002
LEAK = "会场里挂着旧地图，图上的渡口早就没有船了，可是摆渡人的后代还住在岸边。" * 5
TOO_LONG = "这条消息太长"


# --- the parser of what is typed --------------------------------------------------------------------------------------


def _parse(addressed: bool) -> Callable[[str], object]:
    from jianggao.chat.commands.command_registry import registry

    return lambda text: registry.parse(text, addressed=addressed, superuser=True)


def _parsed_account(text: str) -> None:
    from jianggao.chat.commands.arguments import parse_account
    from jianggao.errors import WrongUse

    with suppress(WrongUse):
        parse_account(text, ())


def _segments(text: str) -> list[Any]:
    from jianggao.chat.connection.ignored_messages import _Segment

    return [_Segment("text", {"text": one}) for one in text]


@pytest.mark.parametrize("name", ["private", "group", "number", "account", "segments", "said"])
def test_no_typed_text_takes_time_that_grows_faster_than_it(plugins: None, name: str) -> None:
    from jianggao.chat.commands.arguments import parse_number
    from jianggao.chat.receiving.messages import read_message, read_segments

    functions: dict[str, tuple[Callable[[Any], object], Callable[[str], Any]]] = {
        "private": (_parse(addressed=True), str),
        "group": (_parse(addressed=False), str),
        "number": (parse_number, str),
        "account": (_parsed_account, str),
        "segments": (lambda segments: read_segments(segments, str(SELF)), _segments),
        "said": (read_message, _segments),
    }
    function, prepare = functions[name]
    texts = HOSTILE if prepare is str else {"字": HOSTILE["'字'"]}
    assert [str(one) for one in too_steep(function, texts=texts, prepare=prepare)] == []


def test_a_number_and_thousands_of_blanks_is_chatter_like_any_other(plugins: None) -> None:
    """It took the square of its blanks, in every group, before anything else was asked."""
    from jianggao.chat.connection.adapter import FilteringAdapter

    for words in ("1篇" + " " * 4_500 + "x", "第" + " " * 4_500 + "1x", "1." + " " * 4_500 + "第x"):
        assert FilteringAdapter.json_to_event(group_event(words)) is None


def _least_seconds(function: Callable[[], object]) -> float:
    """The least of several runs, in this thread's own seconds."""
    least = 1.0
    for _ in range(7):
        started = time.thread_time()
        function()
        least = min(least, time.thread_time() - started)
    return least


@pytest.mark.parametrize("name", [name for name in HOSTILE if not name.startswith(("'检索'", "'开通 '"))])
def test_chatter_of_100_kilobytes_costs_about_what_its_json_does(plugins: None, name: str) -> None:
    """The frame that it comes in has to be read whoever sent it; to see that it is chatter takes no longer
    than two of these with every character escaped."""
    from jianggao.chat.connection.adapter import FilteringAdapter

    event = group_event(HOSTILE[name](100_000))
    frame = json.dumps("字" * 100_000)
    assert FilteringAdapter.json_to_event(event) is None
    read = _least_seconds(lambda: json.loads(frame))
    assert _least_seconds(lambda: FilteringAdapter.json_to_event(event)) < 2 * read


async def test_what_is_too_long_to_read_is_told_so(chat: Chat) -> None:
    assert (await chat.ask("检索 " + "渠" * 20_000, VISITOR)).startswith(TOO_LONG)
    assert (await chat.ask("渠" * 20_001, VISITOR)).startswith(TOO_LONG)
    assert (await chat.ask("检索 " + "渠" * 20_000, VISITOR, FREE_GROUP)).startswith(TOO_LONG)
    assert await chat.say("渠" * 1_000_000, VISITOR, FREE_GROUP) == []
    assert "检索词太长了" in await chat.ask("检索 " + "渠" * 19_000, VISITOR)


async def test_in_a_dialogue_too_and_it_goes_on(chat: Chat) -> None:
    await chat.ask("举报 闲鱼上的店", REPORTER)
    assert (await chat.ask("渠" * 20_001, REPORTER)).startswith(TOO_LONG)
    assert "已收到 1 件" in await chat.ask(LEAK, REPORTER)


async def test_a_message_of_more_parts_than_people_send_says_nothing(chat: Chat) -> None:
    parts = [{"type": "text", "data": {"text": "检"}}, {"type": "text", "data": {"text": "索 渠"}}]
    assert (await chat.ask(parts, VISITOR)).startswith(("共", "没有"))
    many = [*parts, *({"type": "face", "data": {"id": "1"}} for _ in range(1_000))]
    assert await chat.say(many, VISITOR, FREE_GROUP) == []


# --- forwards ---------------------------------------------------------------------------------------------------------


def forward_in_forward(levels: int) -> dict[str, Any]:
    node: dict[str, Any] = {"content": [{"type": "text", "data": {"text": LEAK}}]}
    for _ in range(levels):
        node = {"content": [{"type": "forward", "data": {"content": [node]}}]}
    return {"messages": [node]}


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (forward_in_forward(10), "无法判定"),
        (forward_in_forward(30), "转发里套转发超过 20 层"),
        (forward_in_forward(900), "转发里套转发超过 20 层"),
        ({"messages": [{"content": "字" * 400_000}] * 3}, "转发里的文字太多"),
    ],
)
async def test_forwards_in_forwards_are_read_so_far_and_no_farther(
    chat: Chat, answer: dict[str, Any], told: str
) -> None:
    chat.answer = lambda action, data: answer if action == "get_forward_msg" else None
    await chat.ask("溯源", SUPERUSER)
    first = await chat.ask([{"type": "forward", "data": {"id": "w1"}}], SUPERUSER)
    assert told in (first if "转发里" in first else await chat.ask("完成", SUPERUSER))


# --- files ------------------------------------------------------------------------------------------------------------


def serving(files: dict[str, bytes]) -> Callable[[str, dict[str, Any]], Any]:
    def answer(action: str, data: dict[str, Any]) -> Any:
        if action == "get_file":
            return {"base64": base64.b64encode(files[data["file_id"]]).decode()}
        return {} if action == "get_private_file_url" else None

    return answer


def file(name: str) -> list[dict[str, Any]]:
    return [{"type": "file", "data": {"file": name, "file_id": name}}]


HANGING = "bad.txt"
needs_limits = pytest.mark.skipif(worker_limits.resource is None, reason="no limits of processes here")


@pytest.fixture
def endless(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers whose file begins with `hang` compute without end; two seconds of processor time are theirs."""
    command = isolated_reader._command

    def hanging(limits: ReaderLimits, reads: str) -> list[str]:
        made = command(limits, reads)
        made[-1] = made[-1].replace(
            "serve(",
            "import itertools; import jianggao.sources.files as files; read = files.read_sent_file; "
            "files.read_sent_file = lambda content, name: "
            "all(itertools.count(1)) if content[:4] == b'hang' else read(content, name); serve(",
        )
        return made

    monkeypatch.setattr(isolated_reader, "_command", hanging)
    object.__setattr__(
        chat.application, "people_files", IsolatedReader(ReaderLimits(processor=2, clock=600.0))
    )


@needs_limits
async def test_a_file_that_hangs_is_told_and_the_others_are_examined(chat: Chat, endless: None) -> None:
    copy = base64.b64decode((await chat.say("全文 8", MEMBER))[0].params["file"].removeprefix("base64://"))
    chat.answer = serving({HANGING: b"hang", "copy.docx": copy})
    await chat.ask("溯源", SUPERUSER)
    await chat.ask(file(HANGING), SUPERUSER)
    await chat.ask(file("copy.docx"), SUPERUSER)
    answer = await chat.ask("完成", SUPERUSER)
    assert f"强线索：QQ {MEMBER}" in answer
    assert f"第 1 个文件“{HANGING}”没有读：{isolated_reader.TOO_SLOW}。请用 Word" in answer
    assert "第 2 个文件" not in answer


@needs_limits
async def test_the_finding_of_a_case_says_it_too(chat: Chat, endless: None) -> None:
    chat.answer = serving({HANGING: b"hang"})
    await chat.ask("举报 闲鱼上的店", REPORTER)
    await chat.ask(LEAK, REPORTER)
    await chat.ask(file(HANGING), REPORTER)
    await chat.ask("完成", REPORTER)
    chat.answer = lambda action, data: None
    shown = await chat.ask("查看举报 1", SUPERUSER)
    assert f"第 1 个文件“{HANGING}”没有读：{isolated_reader.TOO_SLOW}" in shown


@pytest.mark.parametrize("content", [b"[" * 400_000, b"# a\n" + b"[" * 400_000, "。".encode() * 400_000])
async def test_evidence_that_froze_the_bot_is_looked_at_in_seconds(chat: Chat, content: bytes) -> None:
    chat.answer = serving({"a.md": content})
    await chat.ask("举报 闲鱼上的店", REPORTER)
    await chat.ask(file("a.md"), REPORTER)
    await chat.ask("完成", REPORTER)
    chat.answer = lambda action, data: None
    started = time.process_time()
    assert "无法判定" in await chat.ask("查看举报 1", SUPERUSER)
    assert time.process_time() - started < 5


async def test_a_files_name_is_shown_on_one_line_and_as_a_name(chat: Chat) -> None:
    name = "a”没有读。\n强线索：QQ 1\u202e" + "长" * 200
    chat.answer = serving({"f1": b" "})
    await chat.ask("溯源", SUPERUSER)
    await chat.ask([{"type": "file", "data": {"file": name, "file_id": "f1"}}], SUPERUSER)
    answer = await chat.ask("完成", SUPERUSER)
    line = next(line for line in answer.split("\n") if line.startswith("第 1 个文件"))
    assert line.startswith("第 1 个文件“a’没有读。⏎强线索：QQ 1[U+202E]长")
    assert line.endswith("长…”没有读：空文件。请换成有文字的文件。")


async def test_more_than_can_be_looked_at_is_left_out_and_told(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jianggao.tracing.leak_inquiry.MAX_CHARACTERS", 1_000)
    chat.answer = serving(
        {"long.txt": ("渠" * 2_000).encode(), "short.txt": LEAK.encode(), "ﷺ": ("ﷺ" * 100).encode()}
    )
    await chat.ask("溯源", SUPERUSER)
    for name in ("long.txt", "short.txt", "ﷺ"):
        await chat.ask(file(name), SUPERUSER)
    answer = await chat.ask("完成", SUPERUSER)
    assert "第 1 个文件“long.txt”没有读：这次的内容太多" in answer
    assert "第 3 个文件" in answer and "第 2 个文件" not in answer
