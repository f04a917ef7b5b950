"""Which command a typed text is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st


@given(typed=st.text(max_size=60), addressed=st.booleans(), superuser=st.booleans())
def test_no_text_makes_the_parser_stumble(
    plugins: None, typed: str, addressed: bool, superuser: bool
) -> None:
    from jianggao.chat.commands.command_registry import Scope, registry

    parsed = registry.parse(typed, addressed=addressed, superuser=superuser)
    if parsed is not None and parsed.command.scope is Scope.SUPERUSER:
        assert superuser


def parsed(text: str, *, addressed: bool = True, superuser: bool = False) -> Any:
    from jianggao.chat.commands.command_registry import registry

    found = registry.parse(text, addressed=addressed, superuser=superuser)
    return None if found is None else (found.command.name, found.argument)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("检索 台账", ("检索", "台账")),
        ("/检索 台账", ("检索", "台账")),
        ("搜索 台账", ("检索", "台账")),
        ("检索“台账”", ("检索", "“台账”")),
        ("检\u200b索 台账", ("检索", "台账")),
        ("检索台账写好了吗", None),
        ("搜 台账", None),
        ("/搜 台账", ("检索", "台账")),
        ("大家好", None),
        ("12.3", None),
        ("全文12", ("全文", "12")),
    ],
)
def test_in_a_group_only_words_that_stand_apart_are_commands(
    plugins: None, text: str, expected: tuple[str, str] | None
) -> None:
    assert parsed(text, addressed=False) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("台账", ("检索", "台账")),
        ("12.3", ("段落", "12.3")),
        ("", ("帮助", "")),
        ("检索台账", ("检索", "台账")),
        ("搜 台账", ("检索", "台账")),
        ("/没有这个命令", None),
        ("下架 12", None),
        ("下架", None),
    ],
)
def test_addressed_a_number_is_a_section_and_other_text_a_search(
    plugins: None, text: str, expected: tuple[str, str] | None
) -> None:
    assert parsed(text) == expected


def test_superusers_have_their_words(plugins: None) -> None:
    assert parsed("下架 12", superuser=True) == ("下架", "12")


def test_a_text_too_long_is_told_so_where_it_is_a_command(plugins: None) -> None:
    from jianggao.chat.commands.command_registry import LONGEST_TYPED

    assert parsed("检索 " + "长" * LONGEST_TYPED) == ("检索", "")
    assert parsed("长" * (LONGEST_TYPED + 1), addressed=False) is None


def test_a_word_can_be_taken_once(plugins: None) -> None:
    from dataclasses import replace

    from jianggao.chat.commands.command_registry import Registry, registry

    words = Registry()
    command = registry.words["检索"]
    words.add(command)
    with pytest.raises(ValueError, match="搜索"):
        words.add(replace(command, name="另一个", short=()))


def test_nothing_typed_stands_in_the_text_of_a_parsed_command(plugins: None) -> None:
    from jianggao.chat.commands.command_registry import registry

    assert "不该" not in repr(registry.parse("检索 谁也不该读到", addressed=True, superuser=False))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("开通:20013 1年", ("开通", "20013 1年")),
        ("開通 20013 1年", ("开通", "20013 1年")),
        ("开通QQ20013 1年", ("开通", "QQ20013 1年")),
        ("續期 20013 1年", ("续期", "20013 1年")),
        ("撤销记录3", ("撤销", "记录3")),
        ("查询会员 20011", ("会员查询", "20011")),
        ("到期清單", ("到期清单", "")),
    ],
)
def test_superusers_words_are_known_in_other_forms_and_nobody_elses(
    plugins: None, text: str, expected: tuple[str, str]
) -> None:
    assert parsed(text, superuser=True) == parsed(text, addressed=False, superuser=True) == expected
    assert parsed(text) in (None, ("检索", text)) and parsed(text, addressed=False) is None


@pytest.mark.parametrize("text", ["开通仪式", "开通:政务热线", "统计局", "撤销机构", "会员信息化"])
def test_what_only_begins_like_a_superusers_word_is_searched_for(plugins: None, text: str) -> None:
    assert parsed(text, superuser=True) == ("检索", text)
