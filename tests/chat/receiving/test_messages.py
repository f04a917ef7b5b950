"""What is read of a message: text, mentions, and attachments that peers describe as they like."""

from __future__ import annotations

import pytest
from simulated_chat import VISITOR, Chat

ODD = ("፩", "፩፩", "①", "²", "9" * 4_301)


@pytest.mark.parametrize("odd", [*ODD, "-1", "1.5", "", "9" * 100_000])
@pytest.mark.parametrize("field", ["size", "file_size"])
@pytest.mark.parametrize("kind", ["image", "file"])
async def test_a_command_beside_a_picture_of_an_odd_size_is_answered(
    chat: Chat, kind: str, field: str, odd: str
) -> None:
    picture = {"type": kind, "data": {"file": "a.jpg", field: odd}}
    assert "检索" in await chat.ask([{"type": "text", "data": {"text": "帮助"}}, picture], VISITOR)


def test_a_size_that_is_none_is_unknown(plugins: None) -> None:
    from jianggao.chat.connection.ignored_messages import _Segment
    from jianggao.chat.receiving.messages import read_message

    sizes = ["12345678901", *ODD, ""]
    said = read_message(_Segment("file", {"file": "a", "size": size}) for size in sizes)
    assert [one.size for one in said.files] == [12_345_678_901, *[None] * (len(ODD) + 1)]


@pytest.mark.parametrize("odd", ["፩", "①", "9" * 4_301, "１２３４５"])
def test_a_mention_in_other_digits_is_nobody(plugins: None, odd: str) -> None:
    from jianggao.chat.connection.ignored_messages import _Segment
    from jianggao.chat.receiving.messages import read_segments

    assert read_segments([_Segment("at", {"qq": odd})], "10000")[1] == ()


def test_all_parts_that_a_handler_may_use_are_read(plugins: None) -> None:
    from jianggao.chat.connection.ignored_messages import _Segment
    from jianggao.chat.receiving.messages import read_message

    message = read_message(
        [
            _Segment("text", {"text": " 看这个"}),
            _Segment("face", {"id": "1"}),
            _Segment("image", {"file": "a.jpg", "file_size": "10"}),
            _Segment("file", {"name": "外传.docx", "file": "f1", "size": 20, "url": None}),
            _Segment("forward", {"id": "77"}),
            _Segment("forward", {}),
            _Segment("text", {"text": "吧 "}),
        ]
    )
    assert message.text == "看这个吧" and message.forwards == ("77",)
    assert [(picture.name, picture.size) for picture in message.pictures] == [("a.jpg", 10)]
    (file,) = message.files
    assert (file.name, file.size, file.kind) == ("外传.docx", 20, "file") and "url" not in file.data


def test_the_bot_itself_is_addressed_and_no_mention(plugins: None) -> None:
    from jianggao.chat.connection.ignored_messages import _Segment
    from jianggao.chat.receiving.messages import read_segments

    segments = [
        _Segment("at", {"qq": "10000"}),
        _Segment("text", {"text": "开通"}),
        _Segment("at", {"qq": "20001"}),
        _Segment("at", {"qq": "all"}),
        _Segment("text", {"text": "1年"}),
    ]
    assert read_segments(segments, "10000") == ("开通 1年", ("20001",), True)
    assert read_segments(segments[1:2], "10000") == ("开通", (), False)


def test_nothing_is_read_of_more_segments_than_people_send(plugins: None) -> None:
    from jianggao.chat.connection.ignored_messages import _Segment
    from jianggao.chat.receiving.messages import read_segments

    text = _Segment("text", {"text": "检"})
    assert read_segments([text] * 1_000, "1")[0] == "检" * 1_000
    assert read_segments([text] * 1_001, "1") == ("", (), False)


def test_who_is_mentioned_stands_in_its_place_in_what_was_typed(plugins: None) -> None:
    from jianggao.chat.connection.ignored_messages import _Segment
    from jianggao.chat.receiving.messages import read_message

    def segment(kind: str, **data: str) -> _Segment:
        return _Segment(kind, dict(data))

    message = read_message(
        [
            segment("text", text="转移 20001"),
            segment("at", qq="20002"),
            segment("at", qq="all"),
            segment("text", text="x"),
        ]
    )
    assert message.typed == "转移 20001 @20002 x" and message.text == "转移 20001x"
