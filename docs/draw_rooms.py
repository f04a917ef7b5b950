"""Draws docs/rooms.svg, the picture of the rooms in architecture.md: `python docs/draw_rooms.py`.

What stands in the picture is read from the source: the arrows are the imports between rooms, and the rows
follow the contract "Rooms import downwards only" in pyproject.toml. `tests/docs/test_draw_rooms.py` draws it
again and compares, so it can't go stale.

Arrows that follow from others are left out: where a room imports two rooms and one of them imports the other,
only the longer way is drawn.

This file is long because it is a script that runs by itself: what it reads, where each box goes and how it is
drawn stand together, without a module beside it that only a script would import.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "rooms.svg"
CONTRACT = "Rooms import downwards only"
PURPOSES = {
    "plugins": "the commands people type",
    "cli": "the verbs of the terminal",
    "sandbox": "a simulated QQ and its page",
    "benchmarks": "speed, quality, traceability",
    "start": "checks, then starts the bot",
    "chat": "QQ in, QQ out",
    "doctor": "finds and mends damage",
    "application": "opens everything together",
    "backups": "making and restoring them",
    "personal_data": "what is stored of one person",
    "resale_reports": "reports of resellers",
    "reading": "the one way to a text",
    "reminders": "of the end of subscriptions",
    "documents": "copies, Word documents",
    "tracing": "marks in copies, leaks",
    "access": "who may see what, quotas",
    "redeem_codes": "made, redeemed, revoked",
    "bulk_membership": "imports and exports of it",
    "joining": "who may join, who must go",
    "membership": "the ledger of subscriptions",
    "search": "finds and ranks sections",
    "library": "stored speeches, import",
    "phrases": "sentences worth quoting",
    "parsing": "a text becomes a speech",
    "spreadsheets": "tables read and written",
    "sources": "a file becomes text",
    "outbound": "queue, pace, outbox",
    "people": "names, operators' notes",
    "database": "one SQLite file, its keys",
    "text": "characters and words",
}
"""What each room is for, in a few words."""
OUTSIDE = ("plugins", "cli", "sandbox", "benchmarks", "start", "chat")
"""Rooms that know of QQ, the terminal or a test; all others are the core."""

BOX_WIDTH, BOX_HEIGHT = 188, 50
LANE_WIDTH = 12
"""What an arrow needs where it passes a row of boxes."""
GAP, ROW_HEIGHT, MARGIN = 18, 98, 28
COLORS = {"outside": ("#e8f0fb", "#6b93c9"), "core": ("#fdf6e6", "#c9a45c"), "ground": ("#f1f1ee", "#a9a9a2")}


@dataclass
class Spot:
    """A place in a row: a room's box, or the lane of an arrow that passes the row."""

    name: str
    is_room: bool
    x: float = 0.0
    """The middle."""
    above: list[Spot] = field(default_factory=list)
    below: list[Spot] = field(default_factory=list)

    @property
    def width(self) -> int:
        return BOX_WIDTH if self.is_room else LANE_WIDTH


def rooms() -> list[str]:
    """Returns the names of all rooms: the packages in `jianggao`, `plugins`, and the modules that the
    contract names."""
    packages = sorted(path.parent.name for path in (ROOT / "jianggao").glob("*/__init__.py"))
    modules = [name for layer in layers() for name in layer if name not in packages]
    return [*packages, *modules, "plugins"]


def helpers() -> list[str]:
    """Returns the names of the small modules in `jianggao` that every room may import: drawn as the
    ground."""
    names = {path.stem for path in (ROOT / "jianggao").glob("*.py")} - {"__init__", "__main__"}
    return sorted(names - set(rooms()))


def layers() -> list[list[str]]:
    """Returns the rooms that the contract names, the highest layer first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layered,) = (contract["layers"] for contract in contracts if contract["name"] == CONTRACT)
    return [
        [name.strip(" ()").removeprefix("jianggao.") for name in layer.replace("|", ":").split(":")]
        for layer in layered
    ]


def imports() -> dict[str, set[str]]:
    """Returns for each room the rooms that its files import, also within functions."""
    names = rooms()
    found: dict[str, set[str]] = {name: set() for name in names}
    for name in names:
        folder = ROOT / "plugins" if name == "plugins" else ROOT / "jianggao" / name
        files = folder.rglob("*.py") if folder.is_dir() else [folder.with_suffix(".py")]
        for path in files:
            found[name] |= {room for room in _imported(path) if room in names and room != name}
    return found


def _imported(path: Path) -> Iterator[str]:
    """Yields the rooms that a file imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            modules = [f"{node.module}.{alias.name}" for alias in node.names]
        for module in modules:
            parts = module.split(".")
            if parts[0] == "plugins":
                yield "plugins"
            elif parts[0] == "jianggao" and len(parts) > 1:
                yield parts[1]


def rows_of(edges: dict[str, set[str]]) -> list[list[str]]:
    """Returns the rooms by row, the highest first: each as low as the contract and the imports let it stand.

    Rooms of one row don't import one another. A room that the contract doesn't name stands by its imports
    alone. A room that imports none stands right below those that import it, so that arrows are short.
    """
    order = [name for layer in reversed(layers()) for name in sorted(layer)]
    order = [name for name in order if name in edges]
    for name in sorted(set(edges) - set(order)):
        at = max((order.index(other) + 1 for other in edges[name] if other in order), default=0)
        order.insert(at, name)
    levels: dict[str, int] = {}
    for name in order:
        levels[name] = max((levels[other] + 1 for other in edges[name] if other in levels), default=0)
    for name in (name for name in order if not edges[name]):
        levels[name] = max(0, min((levels[user] for user in order if name in edges[user]), default=1) - 1)
    rows: list[list[str]] = [[] for _ in range(max(levels.values()) + 1)]
    for name in order:
        rows[-1 - levels[name]].append(name)
    return rows


def without_shortcuts(edges: dict[str, set[str]]) -> dict[str, set[str]]:
    """Returns the imports without those that follow from others (the transitive reduction)."""
    reached: dict[str, set[str]] = {}

    def reach(name: str) -> set[str]:
        if name not in reached:
            reached[name] = set()  # a circle, which the contract forbids, must not hang the drawing
            reached[name] = edges[name].union(*(reach(other) for other in edges[name]))
        return reached[name]

    return {
        name: {other for other in others if not any(other in reach(way) for way in others - {other})}
        for name, others in edges.items()
    }


def place(rows: list[list[str]], arrows: dict[str, set[str]]) -> list[list[Spot]]:
    """Returns the spots of all rows with their positions: boxes and lanes, in an order in which few arrows
    cross."""
    level = {name: at for at, row in enumerate(rows) for name in row}
    spots = [[Spot(name, True) for name in row] for row in rows]
    boxes = {spot.name: spot for row in spots for spot in row}
    for name in sorted(arrows):
        for other in sorted(arrows[name]):
            way = [boxes[name]]
            for at in range(level[name] + 1, level[other]):
                way.append(Spot(f"{name} to {other}", False))
                spots[at].append(way[-1])
            for upper, lower in zip(way, [*way[1:], boxes[other]], strict=True):
                upper.below.append(lower)
                lower.above.append(upper)
    _order(spots)
    return spots


def _order(spots: list[list[Spot]]) -> None:
    """Sorts each row by the middle of what its spots are joined to, several times down and up, and sets
    positions."""
    for row in spots:
        _line_up(row)
    for round_ in range(24):
        going_down = round_ % 2 == 0
        for row in spots if going_down else reversed(spots):
            wanted = {id(spot): _middle(spot.above if going_down else spot.below, spot) for spot in row}
            row.sort(key=lambda spot: (wanted[id(spot)], spot.name))
            _line_up(row)
    for _ in range(60):
        for row in (*spots, *reversed(spots)):
            _settle(row)


def _middle(neighbours: list[Spot], spot: Spot) -> float:
    return sum(other.x for other in neighbours) / len(neighbours) if neighbours else spot.x


def _line_up(row: list[Spot]) -> None:
    """Sets the spots of a row side by side, their middle at 0."""
    at = -sum(spot.width + GAP for spot in row) / 2
    for spot in row:
        spot.x = at + (spot.width + GAP) / 2
        at += spot.width + GAP


def _settle(row: list[Spot]) -> None:
    """Moves each spot half the way to the middle of what it is joined to, as far as its neighbours leave
    room."""
    for at, spot in enumerate(row):
        target = (spot.x + _middle(spot.above + spot.below, spot)) / 2
        if at:
            target = max(target, row[at - 1].x + (row[at - 1].width + spot.width) / 2 + GAP)
        if at + 1 < len(row):
            target = min(target, row[at + 1].x - (row[at + 1].width + spot.width) / 2 - GAP)
        spot.x = target


def draw() -> str:
    """Returns the picture as SVG."""
    edges = imports()
    missing = sorted(set(edges) - set(PURPOSES))
    if missing:
        raise SystemExit(f"PURPOSES in docs/draw_rooms.py says nothing of {', '.join(missing)}")
    spots = place(rows_of(edges), without_shortcuts(edges))
    left = min(spot.x - spot.width / 2 for row in spots for spot in row) - MARGIN
    right = max(spot.x + spot.width / 2 for row in spots for spot in row) + MARGIN
    width, ground = round(right - left), MARGIN + ROW_HEIGHT * len(spots)
    height = ground + BOX_HEIGHT + 40 + MARGIN
    body = [*_arrows(spots, left), *_boxes(spots, left), *_ground(ground, width), *_legend(height, width)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            ' font-family="Helvetica, Arial, sans-serif">',
            "<title>The rooms of jianggao and what they import</title>",
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
            '<path d="M0 0.8 L7.5 4 L0 7.2 z" fill="#7d8590"/></marker></defs>',
            f'<rect width="{width}" height="{height}" rx="10" fill="#ffffff"/>',
            *body,
            "</svg>\n",
        ]
    )


def _top(row: int) -> int:
    return MARGIN + ROW_HEIGHT * row


def _arrows(spots: list[list[Spot]], left: float) -> Iterator[str]:
    """Yields a curve for each arrow, from a box through its lanes to a box."""
    level = {id(spot): at for at, row in enumerate(spots) for spot in row}
    for row in spots:
        for spot in (spot for spot in row if spot.is_room):
            for first in spot.below:
                way = [spot, first]
                while not way[-1].is_room:
                    way.append(way[-1].below[0])
                yield _curve(way, level, left)


def _curve(way: list[Spot], level: dict[int, int], left: float) -> str:
    start, end = way[0], way[-1]
    parts = [f"M{_leave(start, way[1], left)} {_top(level[id(start)]) + BOX_HEIGHT}"]
    for upper, lower in pairwise(way):
        x1 = round(_leave(upper, lower, left))
        x2 = round(_arrive(lower, upper, left))
        y1, y2 = _top(level[id(upper)]) + BOX_HEIGHT, _top(level[id(lower)])
        bend = (y2 - y1) * 0.5
        parts.append(f"C{x1} {round(y1 + bend)} {x2} {round(y2 - bend)} {x2} {y2}")
        if lower is not end:
            parts.append(f"V{y2 + BOX_HEIGHT}")
    return f'<path d="{" ".join(parts)}" fill="none" stroke="#7d8590" stroke-width="1.3" marker-end="url(#tip)"/>'


def _leave(spot: Spot, towards: Spot, left: float) -> int:
    return _port(spot, towards, spot.below, left)


def _arrive(spot: Spot, origin: Spot, left: float) -> int:
    return _port(spot, origin, spot.above, left)


def _port(spot: Spot, other: Spot, others: list[Spot], left: float) -> int:
    """Where at its edge a box is left towards another spot: side by side in the order in which the others
    stand."""
    if not spot.is_room:
        return round(spot.x - left)
    ordered = sorted(others, key=lambda each: (each.x, each.name))
    at = next(index for index, each in enumerate(ordered) if each is other)
    spread = min(24.0, (BOX_WIDTH - 40) / max(1, len(ordered)))
    return round(spot.x - left + (at - (len(ordered) - 1) / 2) * spread)


def _boxes(spots: list[list[Spot]], left: float) -> Iterator[str]:
    for at, row in enumerate(spots):
        for spot in (spot for spot in row if spot.is_room):
            kind = "outside" if spot.name in OUTSIDE else "core"
            yield from _box(
                round(spot.x - left - BOX_WIDTH / 2),
                _top(at),
                BOX_WIDTH,
                kind,
                spot.name,
                PURPOSES[spot.name],
            )


def _box(x: int, y: int, width: int, kind: str, name: str, purpose: str) -> Iterator[str]:
    fill, stroke = COLORS[kind]
    middle = x + width // 2
    yield f'<rect x="{x}" y="{y}" width="{width}" height="{BOX_HEIGHT}" rx="7" fill="{fill}" stroke="{stroke}"/>'
    yield _text(middle, y + 21, name, 'text-anchor="middle" font-size="15" font-weight="bold" fill="#1f2328"')
    yield _text(middle, y + 39, purpose, f'text-anchor="middle" {_SMALL}')


_SMALL = 'font-size="12" fill="#57606a"'


def _text(x: int, y: int, text: str, style: str) -> str:
    return f'<text x="{x}" y="{y}" {style}>{escape(text)}</text>'


def _ground(y: int, width: int) -> Iterable[str]:
    """The small modules below everything."""
    return _box(MARGIN, y, width - 2 * MARGIN, "ground", "used by all of them", " · ".join(helpers()))


def _legend(height: int, width: int) -> Iterator[str]:
    y = height - MARGIN
    kinds = (("outside", "knows of QQ, the terminal or tests"), ("core", "the core: knows of none of them"))
    for at, (kind, text) in enumerate(kinds):
        x = MARGIN + at * 250
        fill, stroke = COLORS[kind]
        yield f'<rect x="{x}" y="{y - 11}" width="14" height="14" rx="3" fill="{fill}" stroke="{stroke}"/>'
        yield _text(x + 22, y, text, _SMALL)
    text = "arrow: imports; what follows from other arrows is left out"
    yield _text(width - MARGIN, y, text, f'text-anchor="end" {_SMALL}')


if __name__ == "__main__":
    PICTURE.write_text(draw(), "utf-8")
