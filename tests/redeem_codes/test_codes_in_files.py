"""A file with a code in its text is recognised, whatever kind of file it is."""

from __future__ import annotations

import io
import random
import time
import zipfile

import docx
import openpyxl
import pytest

from jianggao.redeem_codes.code_form import new_code
from jianggao.redeem_codes.codes_in_files import file_holds_code

CODE = new_code(random.Random(3).randbytes)
SAID = f"他卖的就是这个：{CODE}，一年"


def document(words: str) -> bytes:
    made, file = docx.Document(), io.BytesIO()
    paragraph = made.add_paragraph(words[:14])
    paragraph.add_run(words[14:])
    made.save(file)
    return file.getvalue()


def workbook(words: str) -> bytes:
    made, file = openpyxl.Workbook(), io.BytesIO()
    made.active.append(["甲", words])
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_a_code_in_a_text_file_is_seen_in_any_encoding(encoding: str) -> None:
    assert file_holds_code(("前言\n" * 20_000 + SAID).encode(encoding))
    assert not file_holds_code("前言，没有卡密。".encode(encoding))


@pytest.mark.parametrize("make", [document, workbook])
def test_a_code_in_a_package_is_seen(make: object) -> None:
    assert callable(make)
    assert file_holds_code(make(SAID)) and not file_holds_code(make("没有卡密"))


def test_what_is_broken_or_binary_is_read_without_an_error_and_in_little_time() -> None:
    noise = random.Random(1).randbytes(5_000_000)
    began = time.perf_counter()
    assert not file_holds_code(noise) and not file_holds_code(b"PK\x03\x04" + noise[:1000])
    assert time.perf_counter() - began < 20
    assert not file_holds_code(b"") and not file_holds_code(document(SAID)[:500])
    assert file_holds_code(b"\xd0\xcf\x11\xe0\0\0" + SAID.encode("utf-16-le"))


def test_a_package_that_unpacks_to_too_much_is_read_to_its_bound() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.txt", "0" * 50_000_000)
    began = time.perf_counter()
    assert not file_holds_code(file.getvalue())
    assert time.perf_counter() - began < 10
