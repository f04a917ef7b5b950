"""Lines that are known beforehand to be notices or text."""

from __future__ import annotations

from parsed_texts import HEAD, TITLE, TODAY, A, B

from jianggao.parsing.known_notices import NO_NOTICES, KnownNotices
from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.parser import parse


def read(known: KnownNotices, *lines: str) -> ParsedSpeech:
    speech = parse("\n".join(lines), "a.txt", TODAY, notices=known)
    assert isinstance(speech, ParsedSpeech)
    return speech


def test_lines_are_known_by_their_normal_form() -> None:
    known = KnownNotices(removed=frozenset({"渠水之声qq群"}))
    assert known.removes("【渠水之聲】 ＱＱ群！")
    assert not known.removes("渠水之声QQ群的事")
    assert not known.removes("——")
    assert not NO_NOTICES.removes("渠水之声")


def test_what_stands_in_both_is_kept() -> None:
    known = KnownNotices(frozenset({"渠水"}), frozenset({"渠水"}))
    assert known.keeps("渠水")
    assert not known.removes("渠水")


def test_known_notices_go_at_the_head_in_the_middle_and_at_the_end() -> None:
    line = "渠水有声，天天相伴。"
    known = KnownNotices(removed=frozenset({"渠水有声天天相伴"}))
    for lines in ((line, *HEAD, B), (TITLE, line, "同志们：", A, B), (*HEAD, line, B), (*HEAD, B, line)):
        assert read(NO_NOTICES, *lines).removed == ()
        speech = read(known, *lines)
        assert speech.removed == (line,)
        assert speech.removed_because == ("已知的广告",)
        assert (speech.title, speech.doubtful) == (TITLE, ())


def test_kept_lines_stay_whatever_they_look_like() -> None:
    for line, normal in (("听雨文稿整理", "听雨文稿整理"), ("— 3 —", "3"), ("阅读原文", "阅读原文")):
        known = KnownNotices(kept=frozenset({normal}))
        for lines in ((line, *HEAD, B), (*HEAD, line, B), (*HEAD, B, line)):
            assert read(NO_NOTICES, *lines).removed == (line,) or line == "听雨文稿整理"
            speech = read(known, *lines)
            assert (speech.removed, speech.doubtful) == ((), ())
            assert line in speech.text


def test_a_known_notice_is_no_longer_doubtful() -> None:
    line = "更多讲话稿，尽在听雨。"
    assert read(NO_NOTICES, *HEAD, B, line).doubtful == (line,)
    assert read(NO_NOTICES, *HEAD, B, line).removed == ()
    known = KnownNotices(removed=frozenset({"更多讲话稿尽在听雨"}))
    assert read(known, *HEAD, B, line).removed == (line,)
    kept = KnownNotices(kept=frozenset({"更多讲话稿尽在听雨"}))
    assert read(kept, *HEAD, B, line).doubtful == ()
