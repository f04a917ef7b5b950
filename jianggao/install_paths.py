"""Says where the parts of the program stand that are not modules, and how it is started.

In a checkout the plugins and the data stand beside the package, where people look for them; an installed
package holds them inside itself. Nothing else differs between the two.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from jianggao.text.quoting import for_shell

_PACKAGE = Path(__file__).resolve().parent
IS_INSTALLED = (_PACKAGE / "plugins").is_dir()
"""Whether the package carries its plugins and data inside itself."""
PROJECT = _PACKAGE if IS_INSTALLED else _PACKAGE.parent
"""The folder that holds `plugins` and `data`."""
PLUGIN_PACKAGE = "jianggao.plugins" if IS_INSTALLED else "plugins"
"""The package that NoneBot loads the plugins from."""
SAMPLE_LIBRARY = PROJECT / "data" / "speeches"
"""The speeches that come with the program."""
SYNONYMS = PROJECT / "data" / "synonyms.txt"
"""The synonyms that come with the program."""
EVERYDAY_WORDS = PROJECT / "data" / "everyday_words.txt"
"""The everyday words that come with the program, with what speeches say for them."""
PLAIN_WORDS = PROJECT / "data" / "plain_words.txt"
"""The official terms that come with the program, with the plain words that speeches say for them."""


def typed_program(entry: str, *, is_installed: bool = IS_INSTALLED) -> str:
    """Returns the name of the program as a person types it in the current folder, where this process was
    started by `entry` (the first of `sys.argv`)."""
    path = Path(entry)
    if path.name != "bot.py":
        return "jianggao" if is_installed else "python bot.py"
    try:
        here = path.absolute().parent == Path.cwd()
    except FileNotFoundError:  # the current folder has been deleted
        here = False
    return "python bot.py" if here else f"python {for_shell(path)}"


PROGRAM = typed_program(sys.argv[0])
"""The name of the program, as it is typed."""
_OPTIONS_WITH_VALUES = ("--home", "--port", "--host", "--folder")


def typed_command(arguments: Sequence[str], program: str = PROGRAM) -> str:
    """Returns what a person types before a verb, where this process was started with these arguments: with
    the same `--home`, since the same verb for the current folder would change another bot."""
    home = None
    left = iter(arguments)
    for word in left:
        if not word.startswith("-"):
            break  # the verb; what follows is its own
        name, has_value, value = word.partition("=")
        if name in _OPTIONS_WITH_VALUES and not has_value:
            following = next(left, None)
            if following is None:
                break
            value = following
        if name == "--home":
            home = value
    if home is None:
        return program
    try:
        return f"{program} --home {for_shell(Path(home).absolute())}"
    except FileNotFoundError:  # the current folder has been deleted
        return f"{program} --home {for_shell(Path(home))}"


COMMAND = typed_command(sys.argv[1:])
"""What a person types before a verb, in messages that tell what to do."""
