"""Puts the plugins and the data, which stand at the top of the repository, into the one package that is installed."""

from __future__ import annotations

from setuptools import find_packages, setup

_PLUGINS = ["plugins", *(f"plugins.{name}" for name in find_packages("plugins"))]

setup(
    packages=[
        *find_packages(include=["jianggao", "jianggao.*"]),
        *(f"jianggao.{name}" for name in _PLUGINS),
        "jianggao.data",
    ],
    package_dir={"jianggao": "jianggao", "jianggao.plugins": "plugins", "jianggao.data": "data"},
    package_data={
        "jianggao": ["py.typed"],
        "jianggao.database.migrations": ["*.sql"],
        "jianggao.sandbox": ["scenarios/*.yaml"],
        "jianggao.sandbox.web": ["page/*"],
        "jianggao.data": ["synonyms.txt", "speeches/**/*"],
    },
)
