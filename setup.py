"""Puts the plugins and the data, which stand at the top of the repository, into the one package that is
installed."""

from __future__ import annotations

import shutil
from glob import escape
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

_PLUGINS = ["plugins", *(f"plugins.{name}" for name in find_packages("plugins"))]
# By name: whoever runs the bot from a checkout has speeches of their own in data/speeches, which nobody else
# may get.
_SAMPLES = (Path(__file__).parent / "data" / "samples.txt").read_text("utf-8").splitlines()

for _name in _SAMPLES:
    if (Path(__file__).parent / "data" / "speeches" / _name).is_symlink():
        raise SystemExit(f"data/speeches/{_name} is a link: whatever it leads to would be packed")


class BuildAnew(build_py):
    """Builds in an empty folder: setuptools leaves `build` behind, with files that have been deleted
    since."""

    def run(self) -> None:
        """Builds the package."""
        if not self.editable_mode:
            shutil.rmtree(self.build_lib, ignore_errors=True)
        super().run()


setup(
    packages=[
        *find_packages(include=["jianggao", "jianggao.*"]),
        *(f"jianggao.{name}" for name in _PLUGINS),
        "jianggao.data",
    ],
    package_dir={"jianggao": "jianggao", "jianggao.plugins": "plugins", "jianggao.data": "data"},
    include_package_data=False,
    package_data={
        "jianggao": ["py.typed"],
        "jianggao.benchmarks": ["judged.jsonl"],
        "jianggao.database.migrations": ["[0-9][0-9][0-9][0-9]_*.sql"],
        "jianggao.text": ["word_vectors.gz"],
        "jianggao.sandbox": ["scenarios/[0-9][0-9]-*.yaml"],
        "jianggao.sandbox.web": ["page/*.html", "page/*.css", "page/*.js"],
        "jianggao.data": [
            "synonyms.txt",
            "everyday_words.txt",
            "plain_words.txt",
            *(escape(f"speeches/{name}") for name in _SAMPLES),
        ],
    },
    cmdclass={"build_py": BuildAnew},
)
