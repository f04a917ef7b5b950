"""The populated world and a way to make calls on it, for the tests of each kind of call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.actions import Actions
from jianggao.sandbox.qq.profiles import PROFILES
from jianggao.sandbox.qq.world import World

START = datetime(2026, 3, 18, 4, 0, tzinfo=timezone.utc)

Call = Callable[..., dict[str, Any]]
"""Makes a call as (name, params, profile="napcat") and returns its answer."""


@pytest.fixture
def world() -> World:
    world = World(cast.BOT, lambda: START)
    cast.populate(world)
    return world


@pytest.fixture
def call(world: World) -> Call:
    def make_call(name: str, params: dict[str, Any], profile: str = "napcat") -> dict[str, Any]:
        return Actions(world, PROFILES[profile]).call(name, params)

    return make_call
