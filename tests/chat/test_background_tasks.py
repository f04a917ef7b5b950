"""Tasks beside the answering are held, waited for, and broken off in the end."""

from __future__ import annotations

import asyncio


async def test_all_are_waited_for_also_those_that_others_start(plugins: None) -> None:
    from jianggao.chat.background_tasks import BackgroundTasks

    tasks, ended = BackgroundTasks(), []

    async def inner() -> None:
        ended.append("inner")

    async def outer() -> None:
        tasks.start(inner())
        ended.append("outer")

    tasks.start(outer())
    assert len(tasks) == 1
    await tasks.all_done()
    assert ended == ["outer", "inner"] and len(tasks) == 0


async def test_what_takes_too_long_is_cancelled(plugins: None) -> None:
    from jianggao.chat.background_tasks import BackgroundTasks

    tasks = BackgroundTasks()
    endless = tasks.start(asyncio.Event().wait())
    await tasks.all_done(within=0.01)
    assert endless.cancelled() and len(tasks) == 0


async def test_the_result_of_a_task_is_its_works(plugins: None) -> None:
    from jianggao.chat.background_tasks import BackgroundTasks

    assert await BackgroundTasks().start(asyncio.sleep(0, "done")) == "done"
