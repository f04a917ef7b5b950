"""After warming up no query pays for loading a dictionary."""

from __future__ import annotations

import subprocess
import sys

from project_root import ROOT

PROGRAM = """
import sys
from jianggao.search import warm_up
assert "jieba.analyse" not in sys.modules
warm_up()
assert "jieba.analyse" in sys.modules and "pypinyin" in sys.modules
from jianggao.text.pinyin import syllables
assert syllables.cache_info().currsize == 1
"""


def test_dictionaries_are_loaded_by_it_and_not_by_the_import() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
