"""Whatever comes over the line, malformed or made to harm: it is dropped in one line of the log, and the line
stays."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from typing import Any

import pytest
from adapter_lines import TOKEN, Line, adapter, reasons, serve
from nonebot import logger
from simulated_chat import MEMBER, MEMBER_GROUP, SELF, SUPERUSER, Chat

SECRET_WORDS = "无人应当在日志里读到这句话"
FRAMES = 5_000


@pytest.fixture
def lines() -> AsyncIterator[list[str]]:  # type: ignore[misc]
    told: list[str] = []
    sink = logger.add(told.append, level=10, format="{message}")
    yield told  # type: ignore[misc]
    logger.remove(sink)


def hostile_values(rng: random.Random) -> list[Any]:
    return [
        None, True, 0, -1, 1.5, 1e300, 10**40, "", "x", "1" * 5_000, "\ud800" + SECRET_WORDS, "\x00",
        [], [1], [[]], {}, {"text": 1}, {"data": {"data": []}}, "９", "../../etc/passwd",
        [{"type": []}], [{"type": "text", "data": "x"}], [{"type": "text", "data": {"text": ["x"]}}],
        [{"type": "at", "data": {"qq": {}}}], [{"type": "reply", "data": {"id": []}}], [None, "x", 3],
        rng.getrandbits(70),
    ]  # fmt: skip


def mutated(event: dict[str, Any], rng: random.Random) -> str | bytes:
    """The event with some fields gone, changed, doubled, or the frame itself broken."""
    whole = dict(event)
    for _ in range(rng.randint(1, 4)):
        name = rng.choice([*whole, "sender", "anonymous", "echo", "sub_type", "raw_message", "reply"])
        if rng.random() < 0.2:
            whole.pop(name, None)
        else:
            whole[name] = rng.choice(hostile_values(rng))
    text = json.dumps(whole, ensure_ascii=rng.random() < 0.7)
    kind = rng.random()
    if kind < 0.1:
        cut = rng.randrange(len(text))
        return text[:cut]
    if kind < 0.15:
        return text[:-1] + "," + text[1:]  # every key twice
    if kind < 0.2:
        return text.encode("utf-8", "surrogatepass")
    if kind < 0.25:
        return rng.randbytes(rng.randrange(60))
    if kind < 0.3:
        return rng.choice(["NaN", "null", '"x"', "[" * 100_000, '{"a":' * 50_000, "", "1" * 6_000, "{}"])
    return text


async def test_five_thousand_broken_frames_end_nothing(chat: Chat, lines: list[str]) -> None:
    rng = random.Random(14)
    models = [
        chat.event("帮助 " + SECRET_WORDS, MEMBER),
        chat.event("检索 水利", MEMBER, MEMBER_GROUP),
        {"post_type": "notice", "notice_type": "group_increase", "sub_type": "approve", "self_id": SELF,
         "time": 1, "group_id": MEMBER_GROUP, "user_id": MEMBER, "operator_id": 1},
        {"post_type": "meta_event", "meta_event_type": "heartbeat", "self_id": SELF, "time": 1, "interval": 5},
        {"status": "failed", "retcode": 1200, "data": None, "message": SECRET_WORDS, "echo": "1"},
    ]  # fmt: skip
    frames = [mutated({**rng.choice(models), "message_id": at}, rng) for at in range(FRAMES)]
    behind = json.dumps(chat.event("帮助 检索", SUPERUSER))
    line = await serve(chat, [*frames, behind])
    assert len(line.frames) == 0
    assert [one for one in chat.sent if one.person == SUPERUSER and "检索" in one.text]
    assert not [text for text in lines if SECRET_WORDS in text]
    assert not [text for text in lines if "Traceback" in text or text.count("\n") > 1]


@pytest.mark.parametrize(
    "frame",
    [
        '{"post_type": "message", "sub_type": []}',
        '{"post_type": []}',
        b"\xff\xfe\x00",
        "[" * 200_000,
        '{"time": NaN, "post_type": "meta_event"}',
        '{"echo": "%s"}' % ("9" * 5_000),
        '{"post_type": "message", "sender": [1], "message": [], "message_type": "private"}',
        '{"post_type": "message", "message": "%s"}' % ("[CQ:a,b=" * 100_000),
        '{"post_type": "message", "message": [{"type": "text", "data": "x"}], "message_type": "private"}',
    ],
)
async def test_a_frame_that_ended_the_line_is_dropped(chat: Chat, frame: str | bytes) -> None:
    await serve(chat, [frame, json.dumps(chat.event("帮助 检索", SUPERUSER))])
    assert [one.person for one in chat.sent] == [SUPERUSER]


@pytest.mark.parametrize(
    "frame", ["{", "[" * 200_000, '{"a":%s}' % ("9" * 5_000), "\ufeff{}", "", b"\xff", "NaN"]
)
async def test_a_frame_that_is_no_json_is_counted_as_such(chat: Chat, frame: str | bytes) -> None:
    before = reasons().get("no JSON", 0)
    await serve(chat, [frame])
    assert reasons()["no JSON"] == before + 1


async def test_a_lone_surrogate_is_answered(chat: Chat) -> None:
    for text in ("检索 \ud800", "检索 水利\udfff", "\ud800", "段落 \udc00", "兑换 \ud800", "求稿 \ud83d"):
        before = len(chat.sent)
        await serve(chat, [json.dumps(chat.event(text, MEMBER))])
        assert [one.person for one in chat.sent[before:]] == [MEMBER], ascii(text)
        assert "出错了" not in chat.sent[-1].text
        chat.sent[-1].text.encode("utf-8")


@pytest.mark.parametrize("name", ["讲话.txt", "a.txt"])
async def test_a_file_of_the_largest_size_is_not_looked_through_for_surrogates(
    chat: Chat, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes longer than everything else that is done with such a frame, and nobody is answered
    meanwhile."""
    from jianggao.chat.connection import frames

    class Never:
        def search(self, text: str) -> None:
            raise AssertionError("looked through")

    monkeypatch.setattr(frames, "_SURROGATE", Never())
    whole = json.dumps({"echo": "1", "data": {"name": name, "base64": "QUJD" * 1_000}}, ensure_ascii=False)
    assert frames.read_frame(whole.encode("utf-8"))["data"]["name"] == name


async def test_ten_megabytes_are_dropped_unread(chat: Chat, lines: list[str]) -> None:
    whole = json.dumps(chat.event("检索 " + "水" * 10_000_000, MEMBER), ensure_ascii=False)
    await serve(chat, [whole, json.dumps(chat.event("帮助 检索", SUPERUSER))])
    assert [one.person for one in chat.sent] == [SUPERUSER]
    assert [text for text in lines if "an event too large" in text]


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": ""},
        {"authorization": "Bearer wrong"},
        {"authorization": f"Bearer {TOKEN}x"},
        {"x-self-id": ""},
        {"x-self-id": "10001\n<r>"},
        {"x-self-id": "1" * 60},
    ],
)
async def test_nobody_is_accepted_without_token_and_account(
    chat: Chat, lines: list[str], headers: dict[str, str]
) -> None:
    line = await serve(chat, [], **headers)
    assert not line.accepted and [code for code, _ in line.closed] == [1008]
    assert not [text for text in lines if TOKEN in text or "wrong" in text.replace("wrong token", "")]


async def test_an_account_has_one_line(chat: Chat) -> None:
    one = adapter(chat)
    one.bots[str(SELF)] = chat.bot
    line = Line([])
    await one._handle_ws(line)
    assert not line.accepted and one.bots[str(SELF)] is chat.bot


@pytest.mark.parametrize("written", ['"\\ud800"', '"a\\udfffb"', '["\\ud83d", {"k\\ud800": "v\\udc00"}]'])
def test_lone_surrogates_are_taken_out_of_every_frame(written: str) -> None:
    """They can be neither stored nor sent on, wherever in a frame they stand."""
    from jianggao.chat.connection.frames import read_frame

    read = read_frame('{"post_type": "message", "message": ' + written + "}")
    assert "\ufffd" in json.dumps(read, ensure_ascii=False)
    assert json.dumps(read, ensure_ascii=False).encode("utf-8")


async def test_a_dropped_frame_is_told_by_its_shape_and_counted(chat: Chat, lines: list[str]) -> None:
    before = reasons().get("a type that is no word", 0)
    event = {**chat.event(SECRET_WORDS, MEMBER), "sub_type": [], SECRET_WORDS: 1, "user_id": [SECRET_WORDS]}
    await serve(chat, [json.dumps(event)] * 3)
    told = [text for text in lines if "a type that is no word" in text]
    assert len(told) == 1 and "sub_type:list" in told[0] and "message:list[dict]" in told[0]
    assert "1 others" in told[0] and SECRET_WORDS not in told[0]
    assert reasons()["a type that is no word"] == before + 3


@pytest.mark.parametrize(
    "spoilt",
    [
        {"font": "x", "raw_message": []},
        {"sender": {"user_id": "x", "age": [], "nickname": {}, "sex": None, "level": 3, "role": 1.5}},
        {"sender": [1]},
        {"anonymous": False},
        {"reply": "x", "to_me": {}, "original_message": 3, "temp_source": [], "target_id": None},
    ],
)
async def test_what_nobody_reads_in_a_command_keeps_nobody_unheard(
    chat: Chat, spoilt: dict[str, Any]
) -> None:
    await serve(chat, [json.dumps(chat.event("帮助 检索", MEMBER, **spoilt))])
    await serve(chat, [json.dumps(chat.event("帮助 检索", MEMBER, MEMBER_GROUP, **spoilt))])
    assert [(one.person, one.group) for one in chat.sent] == [(MEMBER, None), (None, MEMBER_GROUP)]


@pytest.mark.parametrize("anonymous", [{"id": 1}, [1], "x", 7, {"id": [], "name": 3, "flag": None}])
async def test_whoever_is_said_to_be_anonymous_commands_nothing(chat: Chat, anonymous: object) -> None:
    await serve(chat, [json.dumps(chat.event("帮助", MEMBER, MEMBER_GROUP, anonymous=anonymous))])
    assert chat.sent == []


async def test_an_event_whose_handling_fails_is_told_in_a_line(
    chat: Chat, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(bot: object, event: object) -> None:
        raise ValueError(SECRET_WORDS)

    before = reasons().get("its handling failed", 0)
    monkeypatch.setattr(type(chat.bot), "handle_event", fail)
    await serve(chat, [json.dumps(chat.event("帮助", MEMBER)) for _ in range(20)])
    told = [text for text in lines if "its handling failed" in text]
    assert len(told) == 1 and "ValueError" in told[0] and SECRET_WORDS not in told[0]
    assert reasons()["its handling failed"] == before + 20


async def test_events_beyond_what_can_be_handled_are_dropped(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[object] = []
    may_end = asyncio.Event()

    async def wait(bot: object, event: object) -> None:
        begun.append(event)
        await may_end.wait()

    monkeypatch.setattr("jianggao.chat.connection.adapter._MOST_HANDLED", 10)
    monkeypatch.setattr(type(chat.bot), "handle_event", wait)
    before = reasons().get("too many events at once", 0)
    one = adapter(chat)
    await one._handle_ws(Line([json.dumps(chat.event("帮助", MEMBER)) for _ in range(30)]))
    assert reasons()["too many events at once"] == before + 20
    may_end.set()
    await asyncio.wait(one.tasks)
    assert len(begun) == 10


async def test_events_that_nobody_listens_to_are_not_made(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nonebot.adapters.onebot.v11 import Event

    def make(*given: object, **named: object) -> None:
        raise AssertionError("an event was made")

    monkeypatch.setattr(Event, "model_validate", make)
    unheard: list[dict[str, Any]] = [
        {"post_type": "meta_event", "meta_event_type": "heartbeat", "interval": 1},
        {"post_type": "meta_event", "meta_event_type": "lifecycle", "sub_type": "connect"},
        {"post_type": "notice", "notice_type": "group_recall"},
        {"post_type": "request", "request_type": "friend"},
        {"post_type": "made_up"},
        {"post_type": "message", "message_type": "7B7EW-888NE-VPE6P-JSJZQ", "message": []},
    ]
    before = reasons()
    await serve(chat, [json.dumps({**one, "time": 1, "self_id": SELF}) for one in unheard])
    assert reasons() == before


def test_a_messages_sub_type_is_too_short_for_a_code(chat: Chat) -> None:
    from jianggao.chat.connection.frames import sound_event

    for sub_type in ("7B7EW-888NE-VPE6P-JSJZQ", "7B7EW888NEVPE6PJSJZQ"):
        assert sound_event(chat.event("帮助", MEMBER, sub_type=sub_type))["sub_type"] == "other"
    assert sound_event(chat.event("帮助", MEMBER))["sub_type"] == "friend"


def test_a_frame_of_very_many_values_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from jianggao.chat.connection import frames

    monkeypatch.setattr(frames.json, "loads", lambda *given, **named: pytest.fail("it was read"))
    for whole in ("[" + "[]," * 400_000 + "0]", '{"echo":"1","data":[' + "{}," * 400_000 + "{}]}"):
        with pytest.raises(frames.UnreadableFrame, match="too many values"):
            frames.read_frame(whole)
