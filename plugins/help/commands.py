"""Handles 帮助: lists the commands that the asker can use in this place."""

from __future__ import annotations

from jianggao.chat import CommandTable, Request, Scope, register_matcher
from jianggao.chat.commands.command_registry import Command, registry
from jianggao.errors import NotFound
from jianggao.text.quoting import quoted

commands = CommandTable("help")
_TABLES = (".xlsx", ".xls", ".csv", ".et")
_TABLE_WITHOUT_COMMAND = "收到一个表格，没有办什么。要按它批量开通，先发“导入会员”，再把表格发来。"


@commands.handles(
    "帮助", aliases=("菜单", "help"), usage="帮助 [命令]", example="帮助 检索", summary="看能发什么"
)
async def handle_help(request: Request) -> str:
    """帮助: lists the commands, or explains the one that is named."""
    if request.argument:
        return _about(request, request.argument.split()[0].removeprefix("/"))
    if request.superuser and not request.in_group and _is_table(request):
        return _TABLE_WITHOUT_COMMAND
    lines = [f"{command.usage} —— {command.summary}" for command in _usable(request)]
    hint = (
        "群里可用“/检索 …”或 @我；私聊直接发关键词就行。"
        if request.in_group
        else "直接发关键词就是检索，发编号就是看段落。"
    )
    return "\n".join([*lines, hint])


def _is_table(request: Request) -> bool:
    """Returns whether the message is a file whose name is a table's."""
    return any(file.name.lower().endswith(_TABLES) for file in request.message.files)


def _usable(request: Request) -> list[Command]:
    """Returns the commands to list: superusers' ones only for them, and in private alone; what the settings
    turn off for nobody."""
    shows_all = request.superuser and not request.in_group
    settings = request.application.settings
    return [
        command
        for command in registry.commands
        if (command.scope is not Scope.SUPERUSER or shows_all) and command.is_offered(settings)
    ]


def _about(request: Request, word: str) -> str:
    """Returns the usage, an example and the other words of a command. Raises NotFound."""
    command = registry.words.get(word)
    if command is None or command not in _usable(request):
        raise NotFound(f"没有{quoted(word)}这个命令。发“帮助”看全部。")
    also = [*command.aliases, *command.short]
    lines = [f"{command.usage}\n{command.summary}。", f"例如：{command.example}"]
    return "\n".join([*lines, *([f"也可以写：{'、'.join(also)}"] if also else [])])


matcher = register_matcher(commands.plugin)
