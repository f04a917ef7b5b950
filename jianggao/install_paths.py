"""Says where the parts of the program stand that are not modules, and how it is started.

In a checkout the plugins and the data stand beside the package, where people look for them; an installed
package holds them inside itself. Nothing else differs between the two.
"""

from __future__ import annotations

from pathlib import Path

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
COMMAND = "jianggao" if IS_INSTALLED else "python bot.py"
"""What a person types before a verb, in messages that tell what to do."""
