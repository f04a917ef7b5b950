"""The one way out to QQ: a queue for each account, and a guard against every other way."""

from nonebot.plugin import PluginMetadata

from jianggao.chat.sending.guard import install_guard
from jianggao.chat.sending.sender import Delivery, delivery_for

__plugin_meta__ = PluginMetadata(
    name="发送", description="按 QQ 能承受的节奏发出消息。", usage="没有命令。", type="library"
)
__all__ = ["Delivery", "delivery_for"]

install_guard()
