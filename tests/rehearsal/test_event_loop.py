"""The loop that a program runs on: when it is idle, and what an error says that the SDK raised from itself."""

from __future__ import annotations

import asyncio

from rehearsal.program.event_loop import make_loop
from rehearsal.program.project import read_project
from rehearsal.program.traceback_text import user_traceback
from tests.rehearsal.conftest import Project


def test_the_loop_is_idle_when_no_task_has_a_step_to_take() -> None:
    loop, idle = make_loop()
    ended: list[int] = []

    async def take(steps: int) -> None:
        for _ in range(steps):
            await asyncio.sleep(0)
        ended.append(steps)

    async def main() -> tuple[list[int], bool]:
        tasks = [loop.create_task(take(steps)) for steps in (1, 5, 20)]
        waiting = loop.create_task(asyncio.sleep(3600))
        await idle
        timer_ended = waiting.done()
        waiting.cancel()
        await asyncio.gather(*tasks)
        return ended, timer_ended

    try:
        assert loop.run_until_complete(main()) == ([1, 5, 20], False)
    finally:
        loop.close()


def test_an_error_raised_from_itself_is_told_once(project: Project) -> None:
    folder = project("import pulumi\n")
    error = ValueError("before any creation")
    error.__cause__ = error
    assert user_traceback(error, read_project(folder)).count("before any creation") == 1
