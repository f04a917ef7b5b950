"""Source files and imports."""

from __future__ import annotations

from guarded_rules.rule import Rule

RULES = (
    Rule(
        "8 no path out of an archive",
        "jianggao/library/reading.py",
        "    if not is_safe_name(inner):",
        "    if False:",
        "tests/library/test_reading.py",
    ),
    Rule(
        "8 import takes paths inside the library alone",
        "jianggao/library/importer.py",
        "    if not absolute.is_relative_to(root.resolve()):\n        raise",
        "    if False:\n        raise",
        "tests/test_offline.py tests/library/test_importer.py",
    ),
    Rule(
        "what people send is never read as Markdown",
        "jianggao/library/reading.py",
        '    return _read_docx(content, name) if content.startswith(b"PK") else _read_plain(content, name)',
        '    return _read_docx(content, name) if content.startswith(b"PK") else _read_member(content, name)',
        "tests/library/test_bounded_files.py",
    ),
    Rule(
        "a text's length is judged before any pattern runs",
        "jianggao/library/reading.py",
        "    if len(text) > MAX_CHARACTERS:\n",
        "    if False:\n",
        "tests/library/test_bounded_files.py",
    ),
    Rule(
        "a file of people's has only so much processor time and memory",
        "jianggao/library/reading_apart.py",
        "        resource.setrlimit(kind, (soft, hard))",
        "        pass",
        "tests/library/test_reading_apart.py",
    ),
    Rule(
        "a worker that takes too long is killed",
        "jianggao/library/reading_apart.py",
        "        process.kill()\n",
        "        pass\n",
        "tests/library/test_reading_apart.py",
    ),
    Rule(
        "so many workers at once and no more",
        "jianggao/library/reading_apart.py",
        "        while self._running >= self._workers:",
        "        while False:",
        "tests/library/test_reading_apart.py",
    ),
    Rule(
        "a worker ends with the bot",
        "jianggao/library/reading_apart.py",
        "    incoming.read()\n    os._exit(1)",
        "    incoming.read()",
        "tests/library/test_reading_apart.py",
    ),
    Rule(
        "a worker knows none of the bot's secrets",
        "jianggao/library/reading_apart.py",
        "            env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},",
        "            env=dict(os.environ),",
        "tests/library/test_reading_apart.py",
    ),
    Rule(
        "9 source files are only read",
        "jianggao/library/reading.py",
        "            content = _read_at_most(file, MAX_FILE)\n",
        "            content = _read_at_most(file, MAX_FILE)\n            path.write_bytes(content.rstrip())\n",
        "tests/test_offline.py",
    ),
    Rule(
        "words that stand in very many speeches are shown no further",
        "jianggao/membership/previews.py",
        "        if any(map(self.crowded.touches, new)):",
        "        if False:",
        "tests/membership/test_public_budget.py",
    ),
    Rule(
        "one lecture in several collections is the same words",
        "jianggao/library/shown.py",
        'min(_ENOUGH_SHARED, _LEAST_PART * min(len(runs), row["characters"] / SAMPLED))',
        '_LEAST_PART * min(len(runs), row["characters"] / SAMPLED)',
        "tests/membership/test_public_budget.py -k thick",
    ),
    Rule(
        "a folder that can't be read is no deletion",
        "jianggao/library/importer.py",
        "            if path not in present and not found.hides(known[path].file.location)",
        "            if path not in present",
        "tests/library/test_source_files.py -k folder",
    ),
    Rule(
        "a text that can't be parsed ends no import, and not the file's other texts",
        "jianggao/library/prepared.py",
        "    except Exception as error:\n        return failed(source.path, error)",
        "    except ZeroDivisionError as error:\n        return failed(source.path, error)",
        "tests/library/test_source_files.py -k parser",
    ),
    Rule(
        "a worker that dies costs its own file",
        "jianggao/library/preparing.py",
        "        except BrokenExecutor:",
        "        except ZeroDivisionError:",
        "tests/library/test_source_files.py -k worker",
    ),
    Rule(
        "sections that come or go are found by nobody",
        "jianggao/library/search/sight.py",
        """    conditions += f"{scope.narrowed} AND {seen('s.id')}\"""",
        "    conditions += scope.narrowed",
        "tests/library/test_long_texts.py -k moment",
    ),
    Rule(
        "an undated text gets no day from a clock that is wrong",
        "jianggao/library/importer.py",
        "            raise _NoDay\n",
        "            pass\n",
        "tests/library/test_clock_of_imports.py",
    ),
)
