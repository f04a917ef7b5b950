"""Mojibake is restored where the way back is exact; whatever reads as a text stays as it is."""

from __future__ import annotations

import pytest
from page_texts import FIRST, SALUTATION, SECOND, THIRD, TITLE
from speech_texts import FULL, PLAIN

from jianggao.sources.mojibake import restored
from jianggao.text.characters import BROKEN

TEXT = "\n".join([TITLE, "", SALUTATION, FIRST, "一、先堵漏眼", SECOND, "二、再清账目", THIRD, "谢谢"])
TRADITIONAL = (
    "在看渠人大會上的講話\n\n各位鄉親：\n渠水從這裡過，人從這裡走，把這條渠看好，也把家看好。\n謝謝大家。"
)


def western(content: bytes) -> str:
    return "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
        for byte in content
    )


@pytest.mark.parametrize("text", [TEXT, FULL, PLAIN])
@pytest.mark.parametrize(
    ("encoding", "described"), [("utf-8", "UTF-8 当成西文"), ("gb18030", "GBK 当成西文")]
)
def test_chinese_that_was_read_as_western(text: str, encoding: str, described: str) -> None:
    for mangled in (western(text.encode(encoding)), text.encode(encoding).decode("latin-1")):
        found = restored(mangled)
        assert found.text == text
        assert found.problems == (f"文字原是乱码（{described}存的），已还原。请核对",)


def test_utf8_that_was_read_twice_as_western() -> None:
    assert restored(western(western(TEXT.encode()).encode())).text == TEXT


def test_big5_that_was_read_as_western_or_as_gbk() -> None:
    assert restored(western(TRADITIONAL.encode("big5"))).text == TRADITIONAL
    assert restored(TRADITIONAL.encode("big5").decode("gb18030")).text == TRADITIONAL


def as_gbk(line: str) -> str:
    """The line as a program shows it that takes its UTF-8 for GBK, "" where it would lose a byte."""
    try:
        return line.encode().decode("gb18030")
    except UnicodeDecodeError:
        return ""


def test_lines_of_utf8_that_were_read_as_gbk_without_a_loss() -> None:
    rows = [as_gbk(row) or row for row in TEXT.split("\n")]
    assert sum(row != right for row, right in zip(rows, TEXT.split("\n"), strict=True)) >= 2
    found = restored("\n".join(rows))
    assert found.text == TEXT
    assert found.problems == ("文字原是乱码（UTF-8 当成 GBK 存的），已还原。请核对",)


def test_a_lost_byte_costs_its_character() -> None:
    mangled = "\n".join(row.encode().decode("gb18030", "replace") for row in TEXT.split("\n"))
    assert BROKEN in mangled
    found = restored(mangled)
    rows, right = found.text.split("\n"), TEXT.split("\n")
    assert [len(row) - row.count(BROKEN) for row in rows] >= [len(row) - 3 for row in right]
    assert found.problems and BROKEN in found.text


def test_some_lines_alone() -> None:
    mangled = TEXT.replace(FIRST, western(FIRST.encode())).replace(THIRD, western(THIRD.encode()))
    assert restored(mangled).text == TEXT


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        FULL,
        PLAIN,
        TRADITIONAL,
        "联通\n目录\n",
        "鑫淼焱垚犇骉羴猋贔毳，龘靐齉爩。\n",
        "村名里有个㙍字，还有个𠮷字，还有个镕字。\n",
        "これは日本語の文章です。水路を直して、水を引きます。\n",
        "Straße für Öl, naïve café, São Paulo, Ångström, Łódź.\n",
        "Русский текст: канал и вода.\nΕλληνικά: νερό.\n",
        "名单：张琮瑄、李赟、王喆、赵堃、孙璟雯、周翯、吴昶、郑翀\n" * 8,
        "有人在墙上写了“锟斤拷”三个字，谁也不认识。\n",
    ],
)
def test_what_reads_as_a_text_stays(text: str) -> None:
    found = restored(text)
    assert (found.text, found.problems, found.refusal) == (text, (), "")


def test_characters_that_are_gone() -> None:
    lost = FULL.encode("gbk").decode("utf-8", "replace").encode().decode("gbk", "replace")
    assert restored(lost).refusal == "是乱码（锟斤拷，原来的字已经丢了），没法还原。请找原来的文件"
    holed = SECOND.encode().decode("gbk", "ignore")
    assert restored(holed).refusal == "是乱码，没法还原。请找原来的文件，或用另一种编码另存为 UTF-8"
    assert restored(FULL[:99] + BROKEN * 20).refusal == "是乱码，丢的字太多，没法还原。请找原来的文件"


@pytest.mark.parametrize("residue", ["锟斤拷", "锟斤拷锟斤拷", "锟斤拷锟", "烫烫烫烫", "烫烫烫屯屯屯"])
def test_a_few_lost_characters_are_told(residue: str) -> None:
    text = f"{FIRST}麦子黄了{residue}，镰刀要先磨。{SECOND}"
    (problem,) = restored(text).problems
    assert restored(text).text == text and problem.startswith("有 1 处乱码（锟斤拷")


def test_who_speaks_of_lost_characters_has_lost_none() -> None:
    quoted = (f"屏上只有“{run}”，没有别的。" for run in ("锟斤拷", "锟斤拷" * 3, "烫" * 9, "锟斤拷烫烫烫烫"))
    for said in (*quoted, "红薯烫烫烫，屯屯有人家。"):
        assert restored(said).problems == ()


def test_a_line_that_is_left_is_told() -> None:
    left = SECOND.encode().decode("gbk", "ignore")
    assert restored(f"{TEXT}\n{left}").problems == ("有 1 行像乱码，没能还原。请对照原文改正源文件",)


@pytest.mark.parametrize("encoding", ["cp437", "cp850", "cp1251", "cp866", "koi8-r", "mac-roman"])
@pytest.mark.parametrize("written_in", ["utf-8", "gb18030"])
def test_chinese_that_was_read_in_another_encoding_of_one_byte(encoding: str, written_in: str) -> None:
    mangled = TEXT.encode(written_in).decode(encoding, "surrogateescape")
    mangled = "".join(chr(ord(one) - 0xDC00) if "\udc80" <= one <= "\udcff" else one for one in mangled)
    found = restored(mangled)
    assert found.text == TEXT and "已还原" in found.problems[0]


@pytest.mark.parametrize("encoding", ["cp1252", "cp1250"])
def test_a_reading_that_lost_bytes_is_refused_or_told(encoding: str) -> None:
    found = restored(TEXT.encode().decode(encoding, "replace"))
    assert "乱码" in (found.refusal or "".join(found.problems))


def test_question_marks_for_all_characters() -> None:
    asked = "".join(one if one < "~" else "?" for one in TEXT)
    assert "乱码" in restored(asked).refusal
    assert restored(TEXT.replace("一、", "????、")).refusal == ""
    assert restored("问谁？" + "?" * 30 + "\n" + TEXT).refusal == ""


@pytest.mark.parametrize(
    "text",
    [
        "Дорогие соседи! Зимой мы чистили канал вдвоём, а весной вода пришла ко всем.\n" * 9,
        "Αγαπητοί γείτονες, τον χειμώνα καθαρίσαμε το κανάλι και την άνοιξη ήρθε το νερό.\n" * 9,
        "となりの皆さん、冬に水路をさらったので、春には水がみんなの田に届きました。\n" * 9,
        "À la fin de l'été, nos voisins dégagèrent le fossé, et l'eau coula près des prés.\n" * 9,
        "Сусіди! Взимку ми чистили канал удвох, а навесні вода прийшла до всіх.\n" * 9,
    ],
)
def test_texts_of_other_languages_stay(text: str) -> None:
    assert restored(text).text == text and not restored(text).refusal
