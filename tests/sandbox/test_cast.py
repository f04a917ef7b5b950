"""The world begins with the people, groups and roles that scenarios and the page name."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import Chat, Role, World


@pytest.fixture
def world() -> World:
    world = World(cast.BOT, lambda: datetime(2026, 3, 18, tzinfo=timezone.utc))
    cast.populate(world)
    return world


def test_everybody_is_in_their_groups_with_a_role(world: World) -> None:
    for group, members in cast.GROUPS:
        roles = world.groups[group.number].roles
        assert set(roles) == {cast.BOT, *members}
        assert roles[cast.SUPERUSER] is Role.OWNER and roles[cast.BOT] is Role.ADMIN


def test_only_friends_are_friends(world: World) -> None:
    friends = {person.account for person, is_friend in cast.PEOPLE if is_friend}
    assert world.friends == friends | {cast.PROBE}
    assert cast.RESELLER not in world.friends


def test_two_worlds_share_nothing_that_changes(world: World) -> None:
    other = World(cast.BOT, world.clock)
    cast.populate(other)
    world.leave(cast.VISITOR, cast.FREE_GROUP)
    world.groups[cast.FREE_GROUP].name = "改了名"
    assert cast.VISITOR in other.groups[cast.FREE_GROUP].roles
    assert other.groups[cast.FREE_GROUP].name == "免费群·写材料的人"


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("访客", cast.VISITOR),
        ("会员群", cast.MEMBER_GROUP),
        ("小林", cast.VISITOR),
        ("30001", "30001"),
        ("55", "55"),
    ],
)
def test_a_name_an_alias_and_a_number_name_an_account(world: World, name: str, account: str) -> None:
    assert cast.account_of(name, world) == account


def test_an_unknown_name_is_refused_with_those_there_are(world: World) -> None:
    with pytest.raises(ValueError, match=r"谁也不是.*管理员、会员"):
        cast.account_of("谁也不是", world)


def test_the_tour_is_taken_by_people_in_chats_that_they_are_in(world: World) -> None:
    for step in cast.TOUR:
        chat = Chat.read(step.chat)
        members = world.groups[chat.number].roles if chat.kind == "group" else {chat.number}
        assert step.speaker in members and step.say and step.about
