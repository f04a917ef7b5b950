"""What the papers name exists: files, modules, functions, commands; and their lines are short enough to
read."""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest
from project_root import ROOT

PAPERS = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
FOLDERS = ("jianggao", "plugins", "tests", "docs", "data", r"\.ci")
MADE_BY_THE_BOT = ("data/backups", "data/bot.db", "data/logs")
"""Paths below `data` that are there only once the bot has run."""
WIDTH = 110

named = pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)


@cache
def files() -> dict[str, set[Path]]:
    """The project's files by name."""
    found: dict[str, set[Path]] = {}
    for folder in (ROOT / "jianggao", ROOT / "plugins", ROOT / "tests", ROOT / "docs", ROOT / "data"):
        for path in folder.rglob("*"):
            found.setdefault(path.name, set()).add(path)
    for path in ROOT.iterdir():
        found.setdefault(path.name, set()).add(path)
    return found


@cache
def definitions(path: Path) -> set[str]:
    """The names that a module defines: `function`, `Class`, `Class.method`, `CONSTANT`."""
    names: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
            names |= {
                f"{node.name}.{member.name}"
                for member in node.body
                if isinstance(member, (ast.FunctionDef, ast.AsyncFunctionDef))
            }
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


@named
def test_every_path_exists(paper: Path) -> None:
    text = paper.read_text("utf-8")
    paths = re.findall(rf"(?<![\w./-])(?:{'|'.join(FOLDERS)})/[\w./*-]*[\w/*]", text)
    missing = [
        path
        for path in dict.fromkeys(paths)
        if not path.startswith(MADE_BY_THE_BOT) and not list(ROOT.glob(path.rstrip("/")))
    ]
    assert missing == []


@named
def test_every_file_name_is_one_of_the_projects(paper: Path) -> None:
    names = re.findall(r"`(?:[\w-]+/)*([\w-]+\.(?:py|sql|md|yaml|toml))`", paper.read_text("utf-8"))
    assert [name for name in dict.fromkeys(names) if name not in files()] == []


@named
def test_every_link_to_a_file_leads_to_one(paper: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", paper.read_text("utf-8"))
    assert [link for link in links if not (paper.parent / link).exists()] == []


@named
def test_every_module_can_be_found(paper: Path) -> None:
    modules = re.findall(r"`((?:jianggao|plugins)(?:\.\w+)+)`", paper.read_text("utf-8"))
    assert [module for module in dict.fromkeys(modules) if find_spec(module) is None] == []


@named
def test_every_function_stands_in_the_file_that_is_named(paper: Path) -> None:
    pairs = re.findall(r"([\w./-]+\.py)::([\w.]+)", paper.read_text("utf-8"))
    missing = [
        f"{path}::{name}"
        for path, name in dict.fromkeys(pairs)
        if not (ROOT / path).is_file() or name not in definitions(ROOT / path)
    ]
    assert missing == []


@named
def test_every_verb_exists(paper: Path) -> None:
    from jianggao.cli.main import command_line

    verbs = re.findall(r"(?:python bot\.py|`jianggao) (?!-)([a-z][a-z-]*)", paper.read_text("utf-8"))
    assert [verb for verb in dict.fromkeys(verbs) if verb not in command_line.list_commands(None)] == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "paper", [path for path in PAPERS if path.name != "README.md"], ids=lambda path: path.name
)
def test_lines_are_short(paper: Path) -> None:
    """Rows of tables, links and text between fences can't be broken. README is Chinese: a paragraph is a line
    there."""
    fenced = False
    long: list[str] = []
    for at, line in enumerate(paper.read_text("utf-8").splitlines(), 1):
        fenced ^= line.startswith("```")
        if len(line) > WIDTH and not fenced and not line.startswith("|") and " " in line.strip():
            long.append(f"{paper.name}:{at}")
    assert long == []


def command_words() -> tuple[set[str], set[str]]:
    """The names of all commands of the plugins, and these with their other words."""
    names: set[str] = set()
    words: set[str] = set()
    for path in sorted((ROOT / "plugins").glob("*/commands.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "handles"
            ):
                name, *_ = [ast.literal_eval(argument) for argument in node.args]
                others = [
                    ast.literal_eval(each.value) for each in node.keywords if each.arg in ("aliases", "short")
                ]
                names.add(name)
                words |= {name, *(word for group in others for word in group)}
    return names, words


def test_the_readme_has_every_command_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    table = readme.partition("| 谁 | 命令 | 得到 |")[2].partition("\n\n")[0]
    named_words = re.findall(r"`([\u4e00-\u9fff]+)[^`:]*`", table)
    names, words = command_words()
    assert [word for word in named_words if word not in words] == []
    assert [name for name in sorted(names) if name not in named_words] == []


def test_the_sections_of_the_rules_that_docstrings_name_exist() -> None:
    rules = (ROOT / "docs" / "rules.md").read_text("utf-8")
    sections = set(re.findall(r"(?m)^## (.+)$", rules)) | {"Invariants"}
    missing = []
    for folder in ("jianggao", "plugins", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for words in re.findall(r"docs/rules\.md, ([A-Z][\w', ]*)", path.read_text("utf-8")):
                missing += [
                    f"{path.relative_to(ROOT)}: {name}"
                    for name in re.split(r", | and ", words.strip())
                    if name.strip() not in sections
                ]
    assert missing == []


@pytest.mark.parametrize("script", sorted((ROOT / "docs").glob("*.py")), ids=lambda path: path.name)
def test_what_the_scripts_import_of_the_program_exists(script: Path) -> None:
    """They need programs that not every machine has, so that none of the tests runs them all."""
    missing = []
    for node in ast.walk(ast.parse(script.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jianggao"):
            spec = find_spec(node.module or "")
            assert spec is not None and spec.origin is not None, node.module
            missing += [name.name for name in node.names if name.name not in definitions(Path(spec.origin))]
    assert missing == []
