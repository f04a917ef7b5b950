"""What a search may tell."""

from __future__ import annotations

from guarded_rules.rule import Rule

RULES = (
    Rule(
        "what went since it was found is searched for again",
        "jianggao/reading/search_answers.py",
        "    if not all(_is_there(hit, looked_up) for hit in hits(found)):",
        "    if False:",
        "tests/reading/test_found_and_gone.py",
    ),
    Rule(
        "what can't be found any more isn't shown",
        "jianggao/reading/search_answers.py",
        "    return hit.speech in looked_up.titles and (isinstance",
        "    return True or (isinstance",
        "tests/reading/test_found_and_gone.py",
    ),
    Rule(
        "1 similar sections are told by what is seen",
        "jianggao/reading/search_answers.py",
        "    is_shown = isinstance(session.access.visible(facts_of(row)), Shown)\n    body",
        "    is_shown = True\n    body",
        "tests/search/test_two_libraries.py",
    ),
    Rule(
        "1 in a member group similar sections are told by what may be shown there",
        "jianggao/reading/search_answers.py",
        "    is_shown = isinstance(session.access.visible(facts_of(row)), Shown)\n    body",
        "    is_shown = session.reads_beyond_previews(row) and session.searchable is not None\n    body",
        "tests/search/test_member_group_words.py",
    ),
    Rule(
        "1 in a member group suggestions and shared words come from texts that may be shown there",
        "jianggao/reading/session.py",
        "self.synonyms, in_group=in_group)",
        "self.synonyms)",
        "tests/search/test_member_group_words.py",
    ),
    Rule(
        "1 a visitor's words are looked up among public ones alone",
        "jianggao/search/visible_index.py",
        "        if self.readable is not None:\n            rows += self",
        "        if True:\n            self.readable = self.readable or (0, 1 << 62)\n            rows += self",
        "tests/search/test_same_work.py",
    ),
    Rule(
        "1 a member's words are looked up in months that the span holds whole",
        "jianggao/search/visible_index.py",
        "(reading, *whole_months(*self.readable))",
        "(reading, *whole_months(0, 1 << 62))",
        "tests/search/test_months_of_words.py",
    ),
    Rule(
        "a question ends at its deadline",
        "jianggao/database/reading_threads.py",
        "        self.deadline.check()\n        try:",
        "        try:",
        "tests/search/test_time_of_questions.py",
    ),
    Rule(
        "a statement ends at the deadline",
        "jianggao/database/reading_threads.py",
        "        connection.set_progress_handler(deadline.has_passed, STEPS)",
        "        connection.set_progress_handler(None, 0)",
        "tests/database/test_reading_threads.py",
    ),
    Rule(
        "a read of a question ends at the deadline",
        "jianggao/database/connection.py",
        "await uncancelled(connection.set_progress_handler(deadline.has_passed, STEPS))",
        "pass",
        "tests/database/test_reading_threads.py",
    ),
    Rule(
        "nobody waits for a stuck reading",
        "jianggao/database/reading_threads.py",
        "timeout=None if left == math.inf else left + GRACE)",
        "timeout=None)",
        "tests/database/test_reading_threads.py",
    ),
    Rule(
        "a stuck reading doesn't hold the end of the process",
        "jianggao/database/reading_threads.py",
        'name="jianggao-reading", daemon=True)',
        'name="jianggao-reading", daemon=False)',
        "tests/database/test_reading_threads.py",
    ),
    Rule(
        "closing interrupts what reads",
        "jianggao/database/connection.py",
        "            await reader.interrupt()",
        "            pass",
        "tests/database/test_reading_threads.py",
    ),
    Rule(
        "a turn is waited for no longer than the deadline",
        "jianggao/database/reading_threads.py",
        "        return await asyncio.wait_for(step, None if left == math.inf else left)",
        "        return await step",
        "tests/database/test_reading_threads.py",
    ),
    Rule(
        "letters are cut only where that leads to the end",
        "jianggao/text/pinyin.py",
        "        if leads[stop]:",
        "        if True:",
        "tests/search/test_time_of_questions.py",
    ),
    Rule(
        "questions that ran out of time are counted",
        "jianggao/reading/session.py",
        "                await session._count_slow(kind)",
        "                pass",
        "tests/search/test_time_of_questions.py",
    ),
    Rule(
        "1 quotes are of what may be shown here",
        "jianggao/reading/theme_answers.py",
        "    condition = session.access.condition()",
        '    condition = ("1", ())',
        "tests/search/test_two_libraries.py tests/search/test_themes.py",
    ),
)
