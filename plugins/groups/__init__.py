"""Which groups the bot serves: binding a group, the list of bound ones, and who is in the member groups."""

from nonebot.plugin import PluginMetadata

from .commands import matcher

__plugin_meta__ = PluginMetadata(
    name="群",
    description="绑定会员群、免费群，看绑定了哪些群，核对会员群里的人。",
    usage="绑定会员群 · 绑定免费群 · 解绑 · 群列表 · 核对会员群",
    type="application",
)
__all__ = ["matcher"]
