"""重新载入, 下架, 恢复上架, 查看报告, 备份, 绑定, 帮助."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from aiosqlite import Connection
from simulated_chat import FREE_GROUP, MEMBER, SUPERUSER, VISITOR, Chat

from jianggao.library import hidden_sections, listing


async def test_new_material_is_read_in(chat: Chat, library: Path) -> None:
    (library / "水利" / "新渠.txt").write_text(
        "在新渠通水仪式上的讲话\n同志们：\n一、水到了\n今天早上六点四十分，第一股水流过石榴湾的渡槽，守了一夜的老人把鞋脱了。\n",
        "utf-8",
    )
    assert "新增 1" in await chat.ask("重新载入", SUPERUSER)
    assert "【石榴湾】" in await chat.ask("石榴湾", MEMBER)


async def test_much_gone_is_held_back_until_confirmed(chat: Chat, library: Path) -> None:
    for at in range(8):
        (library / "水利" / f"旧{at}.txt").write_text(
            f"旧稿第{at}篇的讲话\n同志们：\n这是旧稿的第{at}段，留着对照用。\n", "utf-8"
        )
    await chat.say("重新载入", SUPERUSER)
    shutil.rmtree(library / "水利")
    answer = await chat.ask("重新载入", SUPERUSER)
    assert "先不下线" in answer and "重新载入 确认" in answer
    assert "旧稿" in await chat.ask("检索 旧稿", MEMBER)
    assert "下线" in await chat.ask("重新载入 确认", SUPERUSER)
    assert "没有找到" in await chat.ask("检索 旧稿", MEMBER)


async def test_a_missing_folder_withdraws_nothing(chat: Chat, library: Path) -> None:
    library.rename(library.with_name("elsewhere"))
    assert "不在原处" in await chat.ask("重新载入", SUPERUSER)
    assert "共 " in await chat.ask("检索 台账", MEMBER)


async def test_taken_down_for_everyone_and_put_back(chat: Chat) -> None:
    assert "已下架" in await chat.ask("下架 8", SUPERUSER)
    for person in (VISITOR, MEMBER, SUPERUSER):
        assert "没有第 8 篇" in await chat.ask("段落 8.3", person)
        assert "没有第 8 篇" in await chat.ask("全文 8", person)
        assert "8." not in await chat.ask("干渠", person)
    await chat.say("重新载入", SUPERUSER)
    assert "没有第 8 篇" in await chat.ask("段落 8.3", MEMBER)
    assert "已经下架" in await chat.ask("下架 8", SUPERUSER)
    assert "已恢复上架" in await chat.ask("恢复上架 8", SUPERUSER)
    assert "干渠" in await chat.ask("段落 8.3", MEMBER)
    assert "没有下架" in await chat.ask("恢复上架 8", SUPERUSER)


async def test_a_long_speech_is_indexed_in_pieces_before_it_is_put_back(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A single transaction would hold up all others that change something."""
    monkeypatch.setattr(hidden_sections, "LONG_SPEECH", 2)
    monkeypatch.setattr(hidden_sections, "SECTIONS_AT_ONCE", 2)
    await chat.ask("下架 8", SUPERUSER)
    await chat.say("重新载入", SUPERUSER)
    listed: list[int] = []
    list_speech = listing.list_speech

    async def noted(connection: Connection, number: int) -> None:
        rows = await connection.execute_fetchall("SELECT count(*) FROM indexed_sections WHERE speech = 8")
        listed.append(next(iter(rows))[0])
        await list_speech(connection, number)
        rows = await connection.execute_fetchall("SELECT count(*) FROM indexed_sections WHERE speech = 8")
        listed.append(next(iter(rows))[0])

    monkeypatch.setattr(listing, "list_speech", noted)
    assert "已恢复上架" in await chat.ask("恢复上架 8", SUPERUSER)
    before, after = listed
    assert before == after > 2
    assert "干渠" in await chat.ask("段落 8.3", MEMBER)


async def test_wrong_use_says_the_form(chat: Chat) -> None:
    assert "例如：下架 12" in await chat.ask("下架", SUPERUSER)
    assert "例如：下架 12" in await chat.ask("下架 1.2", SUPERUSER)
    assert "没有第 99 篇" in await chat.ask("下架 99", SUPERUSER)
    refused = await chat.ask("重新载入 全部", SUPERUSER)
    assert "“确认”" in refused and "“时间没错”" in refused and "写法：重新载入 [确认/时间没错]" in refused


async def test_the_report_lists_what_was_taken_out(chat: Chat) -> None:
    report = await chat.ask("查看报告 冬修.txt", SUPERUSER)
    assert "春耕文稿社编辑，咨询QQ10000001" in report


async def test_a_backup_holds_the_database_and_its_keys(chat: Chat) -> None:
    answer = await chat.ask("备份", SUPERUSER)
    assert ".key" in answer
    folder = next((chat.application.database.path.parent / "backups").iterdir())
    names = {path.name for path in folder.iterdir()}
    keys = {"bot.previews.key", "bot.codes.key", "bot.marks.key"}
    assert names == {"bot.db", "bot.db.manifest.json", *keys}
    assert str(chat.application.database.path.parent) not in answer


async def test_groups_are_bound_once_and_unbound(chat: Chat) -> None:
    assert "先发“解绑”" in await chat.ask("绑定会员群", SUPERUSER, FREE_GROUP)
    assert "免费群" in await chat.ask("解绑", SUPERUSER, FREE_GROUP)
    assert await chat.say("检索 台账", VISITOR, FREE_GROUP) == []
    assert "已绑定为会员群" in await chat.ask("绑定会员群", SUPERUSER, FREE_GROUP)
    listed = await chat.ask("群列表", SUPERUSER)
    assert listed.count("会员群") == 2
    assert "在要绑定的群里" in await chat.ask("绑定会员群", SUPERUSER)


async def test_help_is_for_the_role_and_the_place(chat: Chat) -> None:
    for person, group, sees in (
        (VISITOR, None, False),
        (SUPERUSER, None, True),
        (SUPERUSER, FREE_GROUP, False),
    ):
        answer = await chat.ask("帮助", person, group)
        assert ("开通" in answer) is sees
        assert "检索 词…" in answer
    about = await chat.ask("帮助 检索", VISITOR)
    assert "例如：检索" in about and "查" in about
    assert "没有“开通”" in await chat.ask("帮助 开通", VISITOR)
    assert "没有“飞行”" in await chat.ask("帮助 飞行", VISITOR)


async def test_every_command_is_told_with_an_example_that_works(chat: Chat) -> None:
    from jianggao.chat.commands.command_registry import registry

    for command in registry.commands:
        parsed = registry.parse(command.example, addressed=True, superuser=True)
        assert parsed is not None and parsed.command is command
        assert command.name in await chat.ask(f"帮助 {command.name}", SUPERUSER)


async def test_recent_errors_are_told_by_time_kind_and_place(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jianggao.recent_errors import RecentErrors, RecordedError

    errors = RecentErrors()
    monkeypatch.setattr("plugins.operations.commands.recent_errors", errors)
    nothing = await chat.ask("最近错误", SUPERUSER)
    assert "没有记到错误" in nothing and "data/logs/bot.log" in nothing
    noon = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)
    for minute in range(30):
        errors.add(
            RecordedError(
                noon + timedelta(minutes=minute), "OSError", f"jianggao/application.py:{minute // 2}"
            )
        )
    errors.add(RecordedError(noon + timedelta(hours=1), "ValueError", "plugins/shared_texts.py:5"))
    answer = await chat.ask("最近错误", SUPERUSER)
    lines = answer.splitlines()
    assert "31 个错误" in lines[0] and lines[1] == "03-18 13:00 ValueError（plugins/shared_texts.py:5）"
    assert lines[2] == "03-18 12:29 OSError（jianggao/application.py:14） 连续 2 次"
    assert (
        "还有 6 条" in answer and "OSError 30 次、ValueError 1 次" in answer and "data/logs/bot.log" in answer
    )
    assert len(answer) < 800


async def test_recent_errors_are_for_superusers_in_private(chat: Chat) -> None:
    assert await chat.say("最近错误", MEMBER, FREE_GROUP) == []
    sent = await chat.say("最近错误", SUPERUSER, FREE_GROUP)
    assert [(one.group, one.person) for one in sent] == [(None, SUPERUSER), (FREE_GROUP, None)]
    assert sent[1].text == "已私信"
