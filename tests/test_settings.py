"""The settings: what is read, what is refused with which line, and that README and .env.example name them."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from dotenv import dotenv_values
from project_root import ROOT

from jianggao.errors import CannotStart
from jianggao.settings import (
    Settings,
    load_settings,
    nonebot_values,
    read_environment,
    require_live,
)


def test_the_example_has_every_setting_with_its_default() -> None:
    example = {
        name: value for name, value in dotenv_values(ROOT / ".env.example").items() if value is not None
    }
    assert set(example) == {name.upper() for name in Settings.model_fields}
    assert load_settings(example) == Settings()


def test_the_readme_has_every_setting() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in Settings.model_fields if f"`{name.upper()}`" not in readme] == []


@pytest.mark.parametrize(
    ("written", "accounts"),
    [
        ("12345", {"12345"}),
        ("１２３４５，６７８９０", {"12345", "67890"}),
        ("12345,67890", {"12345", "67890"}),
        ("12345，67890", {"12345", "67890"}),
        (" 12345 , 67890 ", {"12345", "67890"}),
        ('["12345", "67890"]', {"12345", "67890"}),
        ("[12345]", {"12345"}),
    ],
)
def test_accounts_are_read_in_these_forms(written: str, accounts: set[str]) -> None:
    assert load_settings({"SUPERUSERS": written}).superusers == accounts


def test_lists_of_one_for_nonebot_too() -> None:
    environ = {"COMMAND_START": "/", "SUPERUSERS": "12345"}
    settings = load_settings(environ)
    nonebot_values({}, settings, environ)
    assert environ == {"COMMAND_START": '["/"]', "SUPERUSERS": '["12345"]'}


def test_settings_of_nonebot_and_its_adapter_pass_through() -> None:
    passed = nonebot_values({"ONEBOT_SECRET": "s", "API_TIMEOUT": "30"}, load_settings({}), {})
    assert passed["onebot_secret"] == "s" and passed["api_timeout"] == 30


@pytest.mark.parametrize(
    ("name", "value", "hint"),
    [
        ("SUPERUSERS", "张三", "QQ 号"),
        ("PORT", "0", "1 到 65535"),
        ("PORT", "八千", "1 到 65535"),
        ("TIMEZONE", "Mars/Olympus", "Asia/Shanghai"),
        ("TIMEZONE", "../etc", "Asia/Shanghai"),
        ("QUIET_HOURS", "22", "22:00-08:00"),
        ("QUIET_HOURS", "22:00-24:30", "22:00-08:00"),
        ("QUIET_HOURS", "8:00-8:00", "22:00-08:00"),
        ("PREVIEW_SHARE", "0.31", "0.30"),
        ("PREVIEW_SHARE", "-0.1", "0.30"),
        ("MEMBER_GROUP_SHARE", "0.51", "0.5"),
        ("FULL_TEXTS_PER_DAY", "0", "1 到 1000000"),
        ("SECTIONS_PER_DAY", "1000001", "1 到 1000000"),
        ("ASKER_PER_MINUTE", "1.5", "1 到 1000000"),
        ("GROUP_PER_MINUTE", "many", "1 到 1000000"),
        ("SEND_INTERVAL", "-1", "秒"),
        ("SEND_INTERVAL", "nan", "秒"),
        ("SEND_INTERVAL", "inf", "秒"),
        ("GROUP_SENDS_PER_MINUTE", "0", "1 到 1000000"),
        ("PUSH_INTERVAL", "fast", "5-15"),
        ("MARK_STRENGTH", "heavy", "light"),
        ("LOG_LEVEL", "TRACE", "DEBUG"),
        ("LOG_LEVEL", "5", "DEBUG"),
    ],
)
def test_a_wrong_value_is_one_line_with_its_name_and_what_to_write(name: str, value: str, hint: str) -> None:
    with pytest.raises(CannotStart) as refused:
        load_settings({name: value})
    assert str(refused.value).count("\n") == 0
    assert name in str(refused.value) and hint in str(refused.value)


def test_every_wrong_value_is_told_at_once() -> None:
    with pytest.raises(CannotStart) as refused:
        load_settings({"PORT": "x", "TIMEZONE": "y", "SEND_INTERVAL": "z"})
    assert len(str(refused.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("name", "expected"),
    [("SEND_INTERVAL", 0.0), ("GROUP_SEND_INTERVAL", 0.0), ("PUSH_INTERVAL", (0.0, 0.0))],
)
def test_intervals_may_be_nothing(name: str, expected: object) -> None:
    assert getattr(load_settings({name: "0"}), name.lower()) == expected


def test_rates_take_up_to_a_million() -> None:
    assert load_settings({"ASKER_PER_MINUTE": "1000000"}).asker_per_minute == 1_000_000


@pytest.mark.parametrize("written", ["5-15", "5–15", "5 - 15"])
def test_spans_are_read_in_these_forms(written: str) -> None:
    assert load_settings({"PUSH_INTERVAL": written}).push_interval == (5, 15)


@pytest.mark.parametrize("written", ["23:30-07:00", "23:30 - 7:00", "23：30–07：00", "２３:３０~7:00"])
def test_quiet_hours(written: str) -> None:
    assert load_settings({"QUIET_HOURS": written}).quiet_hours == (time(23, 30), time(7))


def test_the_whole_day_may_be_quiet() -> None:
    assert load_settings({"QUIET_HOURS": "00:00-24:00"}).quiet_hours == (time(0), time.max)


def test_empty_quiet_hours_are_none() -> None:
    assert load_settings({"QUIET_HOURS": " "}).quiet_hours is None
    assert load_settings({}).quiet_hours == (time(22), time(8))


def test_empty_values_are_the_defaults() -> None:
    names = [name.upper() for name in Settings.model_fields if name != "quiet_hours"]
    assert load_settings(dict.fromkeys(names, " ")) == Settings()


def test_a_live_bot_needs_a_token() -> None:
    with pytest.raises(CannotStart, match="ONEBOT_ACCESS_TOKEN"):
        require_live(load_settings({}))
    require_live(load_settings({"ONEBOT_ACCESS_TOKEN": "x"}))


def test_the_environment_stands_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("PORT=9000\r\nsubscribe_text=找群主\r\n".encode("utf-8-sig"))
    values = read_environment(file, {"PORT": "9001"})
    assert values["PORT"] == "9001" and values["SUBSCRIBE_TEXT"] == "找群主"


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("SUBSCRIBE_TEXT=找群主".encode("gb18030"))
    with pytest.raises(CannotStart, match="UTF-8"):
        read_environment(file, {})


def test_a_missing_file_is_no_error(tmp_path: Path) -> None:
    assert read_environment(tmp_path / ".env", {"port": "1"}) == {"PORT": "1"}
    assert read_environment(None, {}) == {}


def test_relative_paths_start_at_the_home(tmp_path: Path) -> None:
    settings = load_settings({"LIBRARY_DIR": "texts", "LOG_DIR": "/var/log/bot"}, tmp_path)
    assert settings.library_dir == tmp_path / "texts"
    assert settings.database_file == tmp_path / "data" / "bot.db"
    assert settings.backup_dir == tmp_path / "data" / "backups"
    assert settings.log_dir == Path("/var/log/bot")


def test_backups_follow_a_database_that_was_moved() -> None:
    assert load_settings({"DATABASE_FILE": "other/bot.db"}).backup_dir == Path("other/backups")
    settings = load_settings({"DATABASE_FILE": "other/bot.db", "BACKUP_DIR": "/mnt/backups"})
    assert settings.backup_dir == Path("/mnt/backups") == settings.backups_are_in


def test_without_daily_backups_there_is_still_a_folder_for_those_that_are_asked_for(tmp_path: Path) -> None:
    settings = load_settings({"BACKUP_DIR": " OFF ", "DATABASE_FILE": "db/bot.db"}, tmp_path)
    assert settings.backup_dir is None
    assert settings.backups_are_in == tmp_path / "db" / "backups"
    assert settings.logs_and_backups == (tmp_path / "data" / "logs",)


@pytest.mark.parametrize(
    ("written", "hosts"),
    [
        ("127.0.0.1:3000", {"127.0.0.1:3000"}),
        ("NAS, 10.0.0.2:80", {"nas", "10.0.0.2:80"}),
        ("[::1]:3000", {"[::1]:3000"}),
    ],
)
def test_hosts_are_read_in_these_forms(written: str, hosts: set[str]) -> None:
    assert load_settings({"FILE_HOSTS": written}).file_hosts == hosts


@pytest.mark.parametrize("written", ["http://nas", "nas/files", "nas:port", "a b"])
def test_what_is_no_host_is_refused(written: str) -> None:
    with pytest.raises(CannotStart, match="FILE_HOSTS"):
        load_settings({"FILE_HOSTS": written})


@pytest.mark.parametrize(("written", "level"), [("debug", "DEBUG"), ("Warning", "WARNING"), ("25", "25")])
def test_levels_of_the_log_are_names_or_numbers(written: str, level: str) -> None:
    assert load_settings({"LOG_LEVEL": written}).log_level == level


def test_every_setting_has_a_hint_that_says_what_to_write() -> None:
    """A setting that can be wrong names its form; one that falls back on .env.example takes any text or
    path."""
    for name, field in Settings.model_fields.items():
        try:
            load_settings({name.upper(): "\x00 wrong"})
        except CannotStart as refused:
            assert ".env.example" not in str(refused), name
        else:
            assert field.annotation in (str, Path) or name == "backup_dir", name


def test_own_word_lists_are_in_the_home_wherever_the_database_is(tmp_path: Path) -> None:
    settings = load_settings({"DATABASE_FILE": "/elsewhere/bot.db"}, tmp_path)
    assert settings.own_word_lists == tmp_path / "data"
    assert load_settings({}).own_word_lists is None


@pytest.mark.parametrize(
    "line", ['PORT="81', "ONEBOT_ACCESS_TOKEN: abc", "='x'", "PORT：9000", "PORT＝9000", "PORT"]
)
def test_a_line_that_is_no_setting_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    file = tmp_path / ".env"
    file.write_text(f"# 设置\nSUPERUSERS=12345\n{line}\n", "utf-8")
    with pytest.raises(CannotStart) as refused:
        read_environment(file, {})
    assert str(refused.value) == f"{file} 第 3 行看不懂。每行写一项，像这样：PORT=8080"


def test_blank_lines_remarks_and_several_lines_in_quotes_are_read(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text('\n# 说明\nexport PORT = 81  # 端口\nSUBSCRIBE_TEXT="一\n二"\nEMPTY=\n', "utf-8")
    assert read_environment(file, {}) == {"PORT": "81", "SUBSCRIBE_TEXT": "一\n二", "EMPTY": ""}


@pytest.mark.parametrize(
    ("written", "host"),
    [("localhost", "127.0.0.1"), (" 0.0.0.0 ", "0.0.0.0"), ("::", "::"), ("::1", "::1"), ("", "127.0.0.1")],
)
def test_the_host_is_an_address(written: str, host: str) -> None:
    assert load_settings({"HOST": written}).host == host


@pytest.mark.parametrize("written", ["example.com", "a..b", "。", "127.0.0.1:80", "[::]"])
def test_another_host_is_refused_with_what_to_write(written: str) -> None:
    with pytest.raises(CannotStart, match=r"^设置 HOST 不对：写 IP 地址，例如 127\.0\.0\.1"):
        load_settings({"HOST": written})
