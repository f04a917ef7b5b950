"""The front door: what reaches a command at all."""

from nonebot.plugin import PluginMetadata, require

require("jianggao.chat.sending")

from jianggao.chat.commands.conversations import Incoming, Reopened, Said, dialogues  # noqa: E402
from jianggao.chat.commands.dispatch import register_matcher  # noqa: E402
from jianggao.chat.commands.registry import (  # noqa: E402
    ACCOUNT_NUMBER,
    CommandTable,
    Scope,
    parse_account,
    parse_number,
    parse_whole,
)
from jianggao.chat.commands.request import Reply, Request  # noqa: E402
from jianggao.chat.connection.adapter import QuietAdapter  # noqa: E402
from jianggao.chat.current import get_house, set_house  # noqa: E402
from jianggao.chat.receiving.admission import install_front_door  # noqa: E402

__plugin_meta__ = PluginMetadata(
    name="前门",
    description="认出命令，挡住其余。",
    usage="绑定会员群 · 绑定免费群 · 解绑 · 群列表",
    type="application",
)
__all__ = [
    "ACCOUNT_NUMBER",
    "CommandTable",
    "Incoming",
    "QuietAdapter",
    "Reopened",
    "Reply",
    "Request",
    "Said",
    "Scope",
    "dialogues",
    "get_house",
    "parse_account",
    "parse_number",
    "parse_whole",
    "register_matcher",
    "set_house",
]

install_front_door()
from plugins.groups import commands
