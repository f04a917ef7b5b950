"""Reads the settings from `.env` and the environment, and checks them before anything starts.

The rules stand in docs/rules.md, Settings. This file is long because all settings stand in it, each beside what
reads it and what to write for it.
"""

from __future__ import annotations

import io
import json
import os
import re
import unicodedata
from collections.abc import Mapping
from datetime import time, timedelta, tzinfo
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    model_validator,
)

from jianggao.day_counts import days_of, is_off
from jianggao.errors import CannotStart
from jianggao.text.whole_numbers import whole_number
from jianggao.trial_setting import TRIAL_HINTS, Trial, read_trial, read_wait

_LOG_LEVELS = ("DEBUG", "INFO", "SUCCESS", "WARNING", "ERROR", "CRITICAL")
_DEBUG = 10
"""The number of the level DEBUG; LOG_LEVEL may be a number too."""
_LISTS = ("SUPERUSERS", "IGNORED_USERS", "COMMAND_START", "COMMAND_SEP", "NICKNAME")
"""Settings that are lists. NoneBot reads them as JSON alone, and stops at `SUPERUSERS=1,2`."""
_HOURS = re.compile(r"\s*([01]?\d|2[0-3]):([0-5]\d)\s*[-–—~]\s*([01]?\d|2[0-4]):([0-5]\d)\s*", re.ASCII)
_MOST_DAYS_EXPIRED = 3_660
_MAY_BE_EMPTY = frozenset({"quiet_hours"})
"""Settings of which an empty value says something: that there are none."""


def _as_list(value: object) -> object:
    """Returns what was written as a list of texts: `12345`, `12345,67890` or `["12345"]`."""
    if isinstance(value, str):
        text = value.strip()
        try:
            value = json.loads(text)
        except ValueError:
            # A Chinese input method types the full-width comma.
            value = [part for part in text.replace("，", ",").split(",") if part.strip()]
    if isinstance(value, (int, str)):
        value = [value]  # `12345` alone is JSON too: a number
    return [str(part).strip() for part in value] if isinstance(value, list) else value


def _as_hosts(value: object) -> object:
    """Returns `127.0.0.1:3000,nas` as a list of hosts in lower case."""
    listed = _as_list(value)
    return [str(part).lower() for part in listed] if isinstance(listed, list) else listed


def _as_zone(value: object) -> object:
    """Returns the time zone of a name such as Asia/Shanghai. Raises ValueError if there is none."""
    try:
        return ZoneInfo(str(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):  # ValueError, OSError: `../etc`, or a folder's name
        raise ValueError("时区名要像 Asia/Shanghai") from None


def _as_hours(value: object) -> object:
    """Returns `22:00-08:00` as two times, None for an empty text. Raises ValueError for another form, and for
    hours that end when they begin: nobody knows whether they are none or all (which is 00:00-24:00)."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    match = _HOURS.fullmatch(unicodedata.normalize("NFKC", value))
    begins = match and time(int(match[1]), int(match[2]))
    ends = match and (time.max if match[3] + match[4] == "2400" else time(int(match[3]), int(match[4])))
    if begins == ends:
        raise ValueError("要像 22:00-08:00")
    return begins, ends


def _as_days(value: object) -> object:
    """Returns `7天`, `两周` or the bare number 7 as a number of days, None for `off` and an empty text. Raises
    ValueError for anything else."""
    if not isinstance(value, str):
        return value
    if is_off(value):
        return None
    number = whole_number(value.strip())
    return days_of(value) if number is None else number


def _as_span(value: object) -> object:
    """Returns `5-15` (seconds) as its two ends; one number is both."""
    if not isinstance(value, str):
        return value
    # Word processors make the long dash of the short one.
    low, dash, high = unicodedata.normalize("NFKC", value).replace("–", "-").partition("-")
    return (low, high if dash else low)


def _as_backup_dir(value: object) -> object:
    """Returns None for `off`: no daily backups are made."""
    return None if isinstance(value, str) and value.strip().lower() == "off" else value


def _as_address(value: object) -> object:
    """Returns an IP address, that of this machine for `localhost`. Raises ValueError for other names: NoneBot
    takes none."""
    text = str(value).strip()
    return str(ip_address("127.0.0.1" if text.lower() == "localhost" else text))


def _as_log_level(value: object) -> str:
    """Returns the name or number of a level in capitals. Raises ValueError for unknown levels and those below
    DEBUG: at TRACE NoneBot logs whole messages."""
    level = str(value).strip().upper()
    if level not in _LOG_LEVELS and (whole_number(level) or 0) < _DEBUG:
        raise ValueError(level)
    return level


def _in_ascii(value: object) -> object:
    """Returns an account in the digits that QQ writes: a Chinese keyboard may type １２３４５."""
    return unicodedata.normalize("NFKC", value) if isinstance(value, str) else value


# QQ numbers have 5 to 11 digits by now; one more on either side costs nothing.
Account = Annotated[str, BeforeValidator(_in_ascii), Field(pattern=r"^[0-9]{4,12}$")]
Accounts = Annotated[frozenset[Account], BeforeValidator(_as_list)]
# A host or an IPv6 address in brackets, each with a port or without.
FileHost = Annotated[str, Field(pattern=r"^[a-z0-9._-]+(:[0-9]{1,5})?$|^\[[0-9a-f:]+\](:[0-9]{1,5})?$")]
FileHosts = Annotated[frozenset[FileHost], BeforeValidator(_as_hosts)]
Count = Annotated[int, Field(ge=1, le=1_000_000)]
Seconds = Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)]


class Settings(BaseModel):
    """All settings of the bot.

    In `.env` their names stand in capitals. What is set there and isn't a field here is NoneBot's or its
    adapter's.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True, extra="ignore")

    host: Annotated[str, BeforeValidator(_as_address)] = "127.0.0.1"
    """The address that the bot listens on."""
    port: Annotated[int, Field(ge=1, le=65535)] = 8080
    """The port that the bot listens on."""
    log_level: Annotated[str, BeforeValidator(_as_log_level)] = "INFO"
    """The level from which on lines are logged; what people write is logged at no level."""
    driver: str = "~fastapi"
    """NoneBot's driver; with `~fastapi+~websockets` and ONEBOT_WS_URLS the bot is the one that connects."""
    superusers: Accounts = frozenset()
    """The operators' QQ numbers."""
    onebot_access_token: str = ""
    """The token that the OneBot implementation must send; a connection without it is refused."""
    library_dir: Path = Path("data/speeches")
    """The folder that speeches are imported from."""
    database_file: Path = Path("data/bot.db")
    """The database file; its key files lie beside it."""
    backup_dir: Annotated[Path | None, BeforeValidator(_as_backup_dir)] = Path("data/backups")
    """The folder of daily backups; None if none are made. If not set, it is `backups` beside the database."""
    log_dir: Path = Path("data/logs")
    """The folder of the log files."""
    metrics: bool = False
    """Whether /metrics is served to this machine, for Prometheus."""
    timezone: Annotated[tzinfo, BeforeValidator(_as_zone)] = ZoneInfo("Asia/Shanghai")
    """The time zone by which days begin and end."""
    quiet_hours: Annotated[tuple[time, time] | None, BeforeValidator(_as_hours)] = (time(22), time(8))
    """From when until before when nothing is pushed, mostly over midnight; None for no such hours."""
    subscribe_text: str = "订阅会员可看近三年全部讲稿的全文，详情请联系群主。"
    """The operator's answer to 订阅, which also follows each refusal."""
    trial: Annotated[Trial | None, BeforeValidator(read_trial)] = None
    """What somebody who never was a member may have once, by 试用; None if there are no trials."""
    trial_wait: Annotated[timedelta, BeforeValidator(read_wait)] = timedelta(days=1)
    """How long somebody must have been the bot's friend before that."""
    preview_share: Annotated[float, Field(ge=0, le=0.30)] = 0.30
    """The largest share of a speech's letters that its previews may have; everyone may see these."""
    member_group_share: Annotated[float, Field(ge=0, le=0.5)] = 0.5
    """The largest share of a speech's letters that a member group may see, what is public included."""
    full_texts_per_day: Count = 20
    """How many full texts a member may get in a day."""
    sections_per_day: Count = 500
    """How many sections a member may get in a day; previews don't count."""
    asker_per_minute: Count = 12
    """How many commands of one person are answered in a minute."""
    group_per_minute: Count = 8
    """How many commands in one group are answered in a minute."""
    send_interval: Seconds = 1.5
    """Seconds between any two messages that an account of the bot sends."""
    group_send_interval: Seconds = 3.0
    """Seconds between two messages to the same group."""
    group_sends_per_minute: Count = 8
    """How many messages a group gets in a minute."""
    push_interval: Annotated[tuple[Seconds, Seconds], BeforeValidator(_as_span)] = (5.0, 15.0)
    """Seconds between two pushes, from and to; each time a number between them is drawn at random."""
    free_group_join: Literal["off", "approve"] = "off"
    """Whether requests to join a free group are approved; if not, they are left to people."""
    remove_expired: Annotated[
        Annotated[int, Field(ge=1, le=_MOST_DAYS_EXPIRED)] | None, BeforeValidator(_as_days)
    ] = None
    """After how many days the bot removes those whose time is over from member groups; None: it removes
    nobody."""
    ignored_users: Accounts = frozenset()
    """Accounts that never get an answer, such as other bots."""
    _home: Path | None = PrivateAttr(None)

    @property
    def own_word_lists(self) -> Path | None:
        """Returns the folder of the operator's own word lists, of which none may exist; None for settings that
        belong to no folder."""
        return None if self._home is None else self._home / "data"

    mark_strength: Literal["light", "strong"] = "light"
    """How many marks a copy carries (docs/tracing.md)."""
    evidence_mb: Annotated[int, Field(ge=10, le=1_000_000)] = 1_000
    """How many megabytes the evidence of resale reports may take, filed and unfinished together."""
    file_hosts: FileHosts = frozenset()
    """Hosts (`host` or `host:port`) that files may be fetched from though their addresses aren't public."""

    @property
    def logs_and_backups(self) -> tuple[Path, ...]:
        """The folders that hold what an operator may delete when the disk is full."""
        return (self.log_dir,) if self.backup_dir is None else (self.log_dir, self.backup_dir)

    @property
    def backups_are_in(self) -> Path:
        """The folder into which 备份 writes; there is one also where no daily backups are made."""
        return self.backup_dir or self.database_file.parent / "backups"

    @model_validator(mode="before")
    @classmethod
    def _backups_beside_the_database(cls, values: Any) -> Any:
        """Puts the backups beside a database that was moved, so that two bots never share a folder of
        backups."""
        if isinstance(values, dict) and "database_file" in values and "backup_dir" not in values:
            return {**values, "backup_dir": Path(values["database_file"]).parent / "backups"}
        return values


_HINTS = {
    "log_level": "写 DEBUG、INFO、WARNING 或 ERROR；更细的 TRACE 会把聊天内容写进日志，不支持",
    "superusers": "写 QQ 号，几个用逗号隔开，例如 SUPERUSERS=12345",
    "ignored_users": "写 QQ 号，几个用逗号隔开，例如 IGNORED_USERS=12345",
    "host": "写 IP 地址，例如 127.0.0.1（本机）或 0.0.0.0（别的机器也能连）",
    "port": "写 1 到 65535 的整数",
    "timezone": "写时区名，例如 Asia/Shanghai",
    "quiet_hours": "写成 22:00-08:00，不要静默时段就留空",
    "push_interval": "写成 5-15（秒）",
    "free_group_join": "写 off 或 approve",
    "remove_expired": f"写 7天、2周 这样的时长（最多 {_MOST_DAYS_EXPIRED} 天），不移出就留空",
    "preview_share": "写 0 到 0.30 的小数",
    "member_group_share": "写 0 到 0.5 的小数",
    "file_hosts": "写主机名或 主机:端口，几个用逗号隔开，例如 FILE_HOSTS=127.0.0.1:3000",
    "mark_strength": "写 light 或 strong",
    "metrics": "写 true 或 false",
    "evidence_mb": "写 10 到 1000000 的整数（MB）",
    **TRIAL_HINTS,
}
_COUNT_HINT = "写 1 到 1000000 的整数"
_SECONDS_HINT = "写 0 到 86400 的秒数"


def read_environment(env_file: Path | None, environ: Mapping[str, str]) -> dict[str, str]:
    """Returns the values by name in capitals: those of the file, replaced by those of the environment.

    Raises CannotStart if the file can't be read, isn't UTF-8, or has a line that is no setting.
    """
    values = {}
    if env_file is not None and env_file.is_file():
        try:
            # Notepad puts a mark before UTF-8, which would be part of the first name.
            text = env_file.read_text("utf-8-sig")
        except (UnicodeDecodeError, OSError):
            raise CannotStart(f"{env_file} 读不出来。请用 UTF-8 编码保存。") from None
        for binding in parse_stream(io.StringIO(text)):
            # dotenv_values would log this in English, and leave out the setting.
            if binding.error or (binding.key and binding.value is None):
                line = binding.original.line
                raise CannotStart(f"{env_file} 第 {line} 行看不懂。每行写一项，像这样：PORT=8080")
        written = dotenv_values(stream=io.StringIO(text))
        values = {name.upper(): value for name, value in written.items() if value is not None}
    return {**values, **{name.upper(): value for name, value in environ.items()}}


def load_settings(values: Mapping[str, str], base: Path | None = None) -> Settings:
    """Returns the settings in `values`, names in capitals; relative paths start at `base`, the bot's home.

    Empty values count as not set, but for QUIET_HOURS, where they mean that there are no quiet hours.

    Raises CannotStart with one line for every wrong value: its name, and what to write.
    """
    given: dict[str, Any] = {
        name: values[name.upper()]
        for name in Settings.model_fields
        if values.get(name.upper(), "").strip() or (name in _MAY_BE_EMPTY and name.upper() in values)
    }
    try:
        settings = Settings(**given)
    except ValidationError as error:
        # A list has an error for each wrong member: one line is enough.
        wrong = dict.fromkeys(str(detail["loc"][0]) for detail in error.errors())
        raise CannotStart("\n".join(f"设置 {name.upper()} 不对：{_hint(name)}。" for name in wrong)) from None
    if base is None:
        return settings
    placed = settings.model_copy(
        update={
            **{name: base / getattr(settings, name) for name in ("library_dir", "database_file", "log_dir")},
            "backup_dir": settings.backup_dir and base / settings.backup_dir,
        }
    )
    placed._home = base
    return placed


def require_live(settings: Settings, env_file: Path | None = None) -> None:
    """Raises CannotStart if a bot on QQ lacks a setting: without a token anybody could connect."""
    if not settings.onebot_access_token:
        raise CannotStart(
            f"缺少设置 ONEBOT_ACCESS_TOKEN：在 {env_file or '.env'} 里写一串自己定的长口令，并在 QQ 端填同一串。"
        )


def nonebot_values(values: Mapping[str, str], settings: Settings, environ: dict[str, str]) -> dict[str, Any]:
    """Returns the arguments of NoneBot's own `init`: its settings, its adapters' and this bot's, lists as
    lists.

    Lists in `environ` are rewritten as JSON, since NoneBot reads it too and stops at `SUPERUSERS=1,2`.
    """
    for name in _LISTS:
        for spelling in (name, name.lower()):
            if spelling in environ:
                environ[spelling] = json.dumps(_as_list(environ[spelling]))
    passed: dict[str, Any] = {}
    for name, value in values.items():
        if name in environ or name.lower() in environ or name in os.environ:
            continue  # NoneBot reads it there itself
        passed[name.lower()] = _as_list(value) if name in _LISTS else _decoded(value)
    return passed | {
        "host": settings.host,
        "port": settings.port,
        "driver": settings.driver,
        "superusers": set(settings.superusers),
        "onebot_access_token": settings.onebot_access_token or None,
    }


def _decoded(value: str) -> Any:
    """Returns what was written as JSON, or as text where it is none, as NoneBot reads its settings."""
    try:
        return json.loads(value)
    except ValueError:
        return value


def _hint(name: str) -> str:
    """Returns what to write for the setting of this name."""
    if name in _HINTS:
        return _HINTS[name]
    annotation = Settings.model_fields[name].annotation
    if annotation is int:
        return _COUNT_HINT
    return _SECONDS_HINT if annotation is float else "看 .env.example 里的写法"
