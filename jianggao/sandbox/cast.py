"""Names who and what is in the simulated QQ at its start: people, groups, and three things to try first."""

from __future__ import annotations

from dataclasses import dataclass

from jianggao.sandbox.qq.world import Group, Person, Role, World

BOT = "10001"
"""The bot's account. The other accounts and groups:"""
SUPERUSER, MEMBER, EXPIRED, VISITOR, RESELLER = "90001", "20001", "20002", "30001", "30002"
SECOND_MEMBER = "20003"
PROBE = "90009"
"""A superuser whom nobody sees. `Simulation.settle` asks by it whether the bot has dealt with all that was
said: an account of its own, because a question inside somebody's open conversation would answer that."""
MEMBER_GROUP, FREE_GROUP, OTHER_GROUP = "700001", "700002", "700003"
"""OTHER_GROUP is bound to nothing."""

PEOPLE = (
    (Person(SUPERUSER, "馆长老秦", "管理员：开通会员、重新载入、备份", "superuser"), True),
    (Person(MEMBER, "周笔杆", "会员：能看近三年全部讲稿", "member"), True),
    (Person(EXPIRED, "老吴", "会员到期了", "expired"), True),
    (Person(VISITOR, "小林", "访客：只看公开部分", "visitor"), True),
    (Person(RESELLER, "倒爷", "访客，没有加机器人为好友", "reseller"), False),
    (Person(SECOND_MEMBER, "沈砚台", "另一位会员：同一篇的两份副本好拿来比", "member"), True),
)
"""The people, and whether each is the bot's friend."""
GROUPS = (
    (Group(MEMBER_GROUP, "会员群·写材料的人", "会员群"), (SUPERUSER, MEMBER, EXPIRED, SECOND_MEMBER)),
    (Group(FREE_GROUP, "免费群·写材料的人", "免费群"), (SUPERUSER, MEMBER, VISITOR, RESELLER)),
    (Group(OTHER_GROUP, "同学聚会群", "没有绑定的群"), (SUPERUSER, VISITOR)),
)
"""The groups and their members. The bot is in all of them."""
ALIASES = {
    "管理员": SUPERUSER,
    "会员": MEMBER,
    "会员乙": SECOND_MEMBER,
    "到期会员": EXPIRED,
    "访客": VISITOR,
    "倒爷": RESELLER,
    "会员群": MEMBER_GROUP,
    "免费群": FREE_GROUP,
    "没绑定的群": OTHER_GROUP,
    "机器人": BOT,
}
"""What scenarios call accounts and groups."""


@dataclass(frozen=True, slots=True)
class TourStep:
    """Something to try on the page."""

    title: str
    say: str
    """What is typed."""
    speaker: str
    chat: str
    about: str
    """What to look at."""


TOUR = (
    TourStep(
        "找一段",
        "检索 老人",
        VISITOR,
        f"group:{FREE_GROUP}",
        "访客在免费群检索，看得到的带片段，看不到的带 🔒。",
    ),
    TourStep("要全文", "全文 1", VISITOR, f"private:{VISITOR}", "访客要全文，会被婉拒，并告诉他怎么订阅。"),
    TourStep("会员要全文", "全文 1", MEMBER, f"private:{MEMBER}", "会员要同一篇，收到文件，点开就能下载。"),
)


def populate(world: World) -> None:
    """Adds all people and groups to an empty world: the superuser owns the groups, the bot is an admin."""
    world.add_person(Person(BOT, "讲稿机器人", "机器人", "bot"))
    for person, friend in PEOPLE:
        world.add_person(person, friend=friend)
    world.friends.add(PROBE)
    for group, members in GROUPS:
        group = Group(group.number, group.name, group.about)
        group.roles = dict.fromkeys((BOT, *members), Role.MEMBER)
        group.roles[SUPERUSER] = Role.OWNER
        group.roles[BOT] = Role.ADMIN
        world.add_group(group)


def account_of(name: str, world: World) -> str:
    """Returns the account or group that a scenario means: by its alias, a name, or a number. Raises
    ValueError."""
    if name in ALIASES:
        return ALIASES[name]
    for person in world.people.values():
        if name in (person.account, person.name):
            return person.account
    if name.isdigit():
        return name
    raise ValueError(f"没有“{name}”这个人。有：{'、'.join(ALIASES)}")
