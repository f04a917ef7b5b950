"""The steps that a story is made of, and stories as read from YAML. A step's docstring says what it does; its fields
are what one writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from jianggao.errors import WrongUse
from jianggao.sandbox.qq.faults import KINDS
from jianggao.sandbox.qq.profiles import PROFILES


class StoryStep(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True, coerce_numbers_to_str=True)


class SayStep(StoryStep):
    """Someone writes. Without `in`, in private."""

    speaker: str = Field(alias="as")
    place: str | None = Field(None, alias="in")
    text: str = ""
    at: Annotated[list[str], BeforeValidator(lambda v: [v] if isinstance(v, str) else v)] = []
    reply_to_bot: bool = False
    """Quote the bot's last message there."""
    repeat: int = Field(1, ge=1, le=1000)


class ExpectStep(StoryStep):
    """The bot's next messages there: one of them holds the text, or fits the pattern."""

    place: str | None = Field(None, alias="in")
    text: str | None = None
    pattern: str | None = None
    without: str | None = None
    """And doesn't hold this."""


class ExpectPrivateStep(StoryStep):
    """The same in someone's private chat; `kind` says what must come."""

    to: str
    text: str | None = None
    pattern: str | None = None
    without: str | None = None
    kind: Literal["message", "file", "forward"] | None = None


class ExpectNoneStep(StoryStep):
    """Nothing more has come there (or, with `to`, in private)."""

    place: str | None = Field(None, alias="in")
    to: str | None = None


class FaultStep(StoryStep):
    """Something goes wrong from here on, `count` times: wherever it happens next, or only `in` a group, or in private
    with whom it is `to`. Where two are answered at once, one of these says whom it is meant for: who comes first isn't
    certain."""

    name: str
    count: int = 1
    value: float = 0.0
    place: str | None = Field(None, alias="in")
    to: str | None = None

    @model_validator(mode="after")
    def _one_chat(self) -> FaultStep:
        if self.place is not None and self.to is not None:
            raise ValueError("in（哪个群）和 to（和谁的私聊）只能写一个")
        return self


class LeakStep(StoryStep):
    """Someone sends on what another received in private, in his own private chat with the bot: by `text` pasted in
    messages of at most 3,000 characters, by `file` the untouched file."""

    of: str
    """Who received it."""
    who: str = Field(alias="as")
    speech: str | None = None
    """The number asked for, or words of the title; without it the newest full text."""
    how: Literal["text", "file"] = "text"
    part: Literal["whole", "third"] = "whole"
    cleaned: bool = False
    """Without notices, blank lines and blanks at the ends of lines, and in NFKC."""
    edited: int = Field(0, ge=0, le=50)
    """So many of a hundred characters are replaced."""

    @model_validator(mode="after")
    def _untouched_file(self) -> LeakStep:
        if self.how == "file" and (self.part != "whole" or self.cleaned or self.edited):
            raise ValueError("how: file 发的是原样的文件，不能写 part、cleaned、edited")
        return self


class JoinStep(StoryStep):
    """Someone joins a group, or leaves it."""

    who: str = Field(alias="as")
    place: str = Field(alias="in")
    leave: bool = False


class MuteStep(StoryStep):
    """The bot is muted in a group; 0 seconds lifts it."""

    place: str = Field(alias="in")
    seconds: int = 600


class BefriendStep(StoryStep):
    """Someone becomes the bot's friend, or ceases to be."""

    who: str = Field(alias="as")
    friend: bool = True


class AdvanceStep(StoryStep):
    """Time passes."""

    days: float = 0
    hours: float = 0
    minutes: float = 0


class RestartStep(StoryStep):
    """The bot ends and starts again; `kill`: without a farewell."""

    kill: bool = False


class DisconnectStep(StoryStep):
    """The line breaks once."""


STEPS: dict[str, type[StoryStep]] = {
    "say": SayStep,
    "expect": ExpectStep,
    "expect_private": ExpectPrivateStep,
    "expect_none": ExpectNoneStep,
    "leak": LeakStep,
    "fault": FaultStep,
    "join": JoinStep,
    "mute": MuteStep,
    "befriend": BefriendStep,
    "advance": AdvanceStep,
    "restart": RestartStep,
    "disconnect": DisconnectStep,
}


@dataclass(frozen=True, slots=True)
class Story:
    """A story as read: its steps in order, each with its name."""

    name: str
    steps: tuple[StoryStep, ...]
    profile: str = "napcat"
    settings: dict[str, str] = field(default_factory=dict)


def read_story(text: str, name: str) -> Story:
    """The story in a YAML text. Raises WrongUse, saying where it is wrong and how it is written."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise WrongUse(f"{name} 不是 YAML：{error}") from None
    if not isinstance(data, dict) or not isinstance(data.get("steps"), list) or not data["steps"]:
        raise WrongUse(f"{name} 里要有 steps: 一串步骤。")
    unknown = set(data) - {"name", "profile", "settings", "steps"}
    if unknown:
        raise WrongUse(
            f"{name} 里不认得 {'、'.join(map(str, sorted(unknown)))}。可以写 name、profile、settings、steps。"
        )
    profile = data.get("profile", "napcat")
    if profile not in PROFILES:
        raise WrongUse(f"{name}：没有“{profile}”这种实现。有：{'、'.join(PROFILES)}")
    steps = tuple(_read_step(step, at, name) for at, step in enumerate(data["steps"], 1))
    settings = {str(key): str(value) for key, value in (data.get("settings") or {}).items()}
    return Story(str(data.get("name", name)), steps, profile, settings)


def _read_step(step: Any, at: int, name: str) -> StoryStep:
    if isinstance(step, str):
        step = {step: {}}
    if not isinstance(step, dict) or len(step) != 1 or next(iter(step)) not in STEPS:
        raise WrongUse(f"{name} 第 {at} 步不认得：{step}。可以写 {'、'.join(STEPS)}。")
    kind, fields = next(iter(step.items()))
    try:
        read = STEPS[kind](**(fields or {}))
    except (ValidationError, TypeError) as error:
        raise WrongUse(f"{name} 第 {at} 步（{kind}）写得不对：{error}") from None
    if isinstance(read, FaultStep) and read.name not in KINDS:
        raise WrongUse(f"{name} 第 {at} 步：没有“{read.name}”这种故障。有：{'、'.join(KINDS)}")
    return read


def read_file(path: Path) -> Story:
    """The story in a file. Raises WrongUse."""
    try:
        return read_story(path.read_text("utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUse(f"{path} 读不出来：{error}") from None


def describe(step: StoryStep) -> str:
    """A step in one line."""
    kind = next(name for name, model in STEPS.items() if type(step) is model)
    fields = step.model_dump(by_alias=True, exclude_defaults=True)
    return f"{kind} " + "，".join(f"{name}={value}" for name, value in fields.items())
