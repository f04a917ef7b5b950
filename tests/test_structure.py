"""The shape of source and tests: sizes, complexity, names that mean one thing, and a test file for each
module."""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from project_root import ROOT
from radon.complexity import cc_visit

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

LONGEST_FUNCTION = 50
LONGEST_FILE = 350
REASON_FOR_LENGTH = "This file is long because"
MOST_COMPLEX = 20
"""The end of radon's grade C."""
REASON_FOR_COMPLEXITY = "# Complex because"
UNTESTED = {
    "jianggao/__main__.py",  # run as a process by test_packaging
    "jianggao/chat/commands/command_table.py",  # test_command_registry registers commands by it
    "jianggao/chat/commands/reply.py",  # fields alone; test_replies says what each does
    "jianggao/library/destinations.py",  # fields alone; test_reconcile says which a text has
    "jianggao/sandbox/qq/profiles.py",  # constants; the stories play each profile
    "jianggao/sources/word_names.py",  # test_word reads documents by them
    "jianggao/search/request_frames.py",  # test_requests reads requests by them
    "jianggao/sources/source_text.py",  # fields alone; test_files reads files into them
}
"""Modules that need no test file of their own."""


def modules() -> Iterator[Path]:
    for folder in ("jianggao", "plugins"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def scripts_and_tests() -> Iterator[Path]:
    for folder in ("docs", "tests"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def page_files() -> Iterator[Path]:
    page = ROOT / "jianggao" / "sandbox" / "web" / "page"
    yield from sorted(file for file in page.iterdir() if file.suffix in (".css", ".js"))


def what_it_says_of_itself(file: Path) -> str:
    if file.suffix == ".py":
        return ast.get_docstring(parsed(file)) or ""
    comment = re.match(r"/\*.*?\*/", file.read_text("utf-8"), re.DOTALL)
    return comment.group() if comment else ""


def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{name_of(file)}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for file in modules()
        for node in ast.walk(parsed(file))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long


def test_a_long_file_says_why() -> None:
    """Of source, tests and scripts in the docstring; of the sandbox's page in the comment that the file
    begins with."""
    unexplained = [
        f"{name_of(file)}: {len(file.read_text('utf-8').splitlines())} lines"
        for file in (*modules(), *scripts_and_tests(), *page_files())
        if len(file.read_text("utf-8").splitlines()) > LONGEST_FILE
        and REASON_FOR_LENGTH not in what_it_says_of_itself(file)
    ]
    assert not unexplained


def test_a_complex_function_says_why() -> None:
    unexplained = [
        f"{name_of(file)}:{block.lineno} {block.name}: {block.complexity}"
        for file in modules()
        for block in cc_visit(file.read_text("utf-8"))
        if block.complexity > MOST_COMPLEX
        and REASON_FOR_COMPLEXITY
        not in "\n".join(file.read_text("utf-8").splitlines()[block.lineno - 2 : block.endline])
    ]
    assert not unexplained


def test_a_class_name_stands_in_one_file_only() -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for file in modules():
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.ClassDef):
                places[node.name].add(name_of(file))
    assert not {name: sorted(files) for name, files in places.items() if len(files) > 1}


def test_every_module_and_function_of_the_core_says_what_it_does() -> None:
    silent = [
        f"{name_of(file)}:{getattr(node, 'lineno', 1)} {getattr(node, 'name', '')}"
        for file in modules()
        if file.is_relative_to(ROOT / "jianggao")
        for node in (parsed(file), *parsed(file).body)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and not getattr(node, "name", "").startswith("_")
        and ast.get_docstring(node) is None
    ]
    assert not silent


def test_the_modules_without_tests_of_their_own_are_known() -> None:
    """The tests of `jianggao/a/b.py` stand in `tests/a/test_b.py`, those of `plugins/a/b.py` in
    `tests/plugins/a/test_b.py`."""
    missing = set()
    for file in modules():
        if file.name == "__init__.py":
            continue
        parts = file.relative_to(ROOT).with_suffix("").parts
        parts = parts[1:] if parts[0] == "jianggao" else parts
        if not ROOT.joinpath("tests", *parts[:-1], f"test_{parts[-1]}.py").is_file():
            missing.add(name_of(file))
    assert missing == UNTESTED


@pytest.mark.parametrize("file", ["bot.py", *sorted(name_of(file) for file in modules())])
def test_a_file_speaks_of_the_project_alone(file: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    assert "/work/" not in text and "TODO" not in text


def test_every_room_and_module_stands_under_a_contract() -> None:
    """What no contract names may import anything."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = {
        name for contract in contracts for layer in contract.get("layers", ()) for name in layer.split(" : ")
    }
    sources = {name for contract in contracts for name in contract.get("source_modules", ())}
    packages = {f"jianggao.{path.parent.name}" for path in (ROOT / "jianggao").glob("*/__init__.py")}
    modules = {f"jianggao.{path.stem}" for path in (ROOT / "jianggao").glob("[!_]*.py")}
    above_the_core = {f"jianggao.{name}" for name in ("cli", "chat", "sandbox", "benchmarks", "start")}
    assert packages <= layers and modules <= layers | sources
    assert packages | modules <= sources | above_the_core
    plugins = {f"plugins.{path.parent.name}" for path in (ROOT / "plugins").glob("*/__init__.py")}
    assert {name for contract in contracts for name in contract.get("modules", ())} == plugins
