"""Which groups the bot serves: binding a group, and the list of bound ones."""

from nonebot.plugin import PluginMetadata

from .commands import matcher

__plugin_meta__ = PluginMetadata(
    name="群",
    description="绑定会员群、免费群，看绑定了哪些群。",
    usage="绑定会员群 · 绑定免费群 · 解绑 · 群列表",
    type="application",
)
__all__ = ["matcher"]
