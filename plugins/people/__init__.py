"""People: moving a subscription to another account, operators' notes, and everybody's own data."""

from nonebot.plugin import PluginMetadata

from .commands import matcher

__plugin_meta__ = PluginMetadata(
    name="账号",
    description="换号，给人写备注，看和删自己的数据。",
    usage="换号 · 我的数据 · 删除我的数据 · 转移 · 备注",
    type="application",
)
__all__ = ["matcher"]
