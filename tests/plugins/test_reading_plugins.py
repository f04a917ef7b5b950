"""Plugins that show texts have neither SQL nor a transaction: they ask a reader, and hand on what it
returned."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from project_root import ROOT

PLUGINS = ("search", "excerpts", "full_text")
FILES = [path for name in PLUGINS for path in sorted((ROOT / "plugins" / name).glob("*.py"))]
FORBIDDEN = {"write", "read", "execute", "execute_fetchall", "executemany", "transaction", "write_or_later"}
"""Methods of a database, a connection and the writer."""
READS = {"search", "similar", "quotables", "section", "random", "outline", "outlines_on"}
"""Methods of a Reader whose results name deliveries or contents."""


EVERY_FILE = sorted((ROOT / "plugins").rglob("*.py"))


def calls(tree: ast.AST) -> list[str]:
    return [
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_plugin_holds_no_sql_and_no_transaction(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module or ""
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    }
    assert not {
        name for name in imported if name.startswith(("aiosqlite", "sqlite3", "jianggao.access.deliveries"))
    }
    assert not FORBIDDEN & set(calls(tree))


@pytest.mark.parametrize("name", ["search", "excerpts"])
def test_whatever_a_reader_returned_leaves_as_a_reading_reply(name: str) -> None:
    """One that is made otherwise is neither judged again nor settled."""
    tree = ast.parse((ROOT / "plugins" / name / "commands.py").read_text("utf-8"))
    assert READS & set(calls(tree)) and "reading_reply" in calls(tree)
    made = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reply"
    ]
    assert made == []


@pytest.mark.parametrize("path", EVERY_FILE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_plugin_opens_a_transaction_itself(path: Path) -> None:
    """Changes and reads go through the request, which records the message with them."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = ast.unparse(node.func)
            assert node.func.attr not in FORBIDDEN or called == "request.read", (
                f"line {node.lineno}: {called}"
            )
