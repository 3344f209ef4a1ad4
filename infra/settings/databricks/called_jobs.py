"""Jobs that run other jobs: what they need of each other, and in which order they are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from infra.settings.base import Problem
from infra.settings.databricks.jobs import Job
from infra.settings.messages import absent

MOST_NESTED = 3
"""Run Job tasks below each other (learn.microsoft.com azure/databricks/jobs/run-job)."""


def called_by(job: Job) -> dict[str, str]:
    """Task to the job that it runs."""
    return {key: task.run_job.job for key, task in job.tasks.items() if task.run_job}


def called_jobs(jobs: Mapping[str, Job]) -> set[str]:
    """Every job that another one runs."""
    return {called for job in jobs.values() for called in called_by(job).values()}


def in_order(jobs: Mapping[str, Job]) -> list[str]:
    """Every job after those that it runs.

    Raises:
        CycleError: jobs run each other in a circle.
    """
    return list(TopologicalSorter({key: called_by(job).values() for key, job in jobs.items()}).static_order())


def called_job_problems(jobs: Mapping[str, Job]) -> Iterator[Problem]:
    """Jobs that are not there, that would never end, or that end after the one that waits for them."""
    missing = list(_missing(jobs))
    yield from missing
    if missing:
        return
    try:
        order = in_order(jobs)
    except CycleError as error:
        way = " -> ".join(reversed(error.args[1]))
        yield Problem("jobs", f"run each other in a circle, {way}; remove one run_job")
        return
    for key, job in jobs.items():
        for task, name in called_by(job).items():
            called = jobs[name]
            if called.trigger and called.trigger.continuous:
                yield Problem(
                    f"jobs.{key}.tasks.{task}.run_job.job",
                    f"'{name}' is continuous and never ends; run one that does",
                )
            elif job.timeout_minutes < called.timeout_minutes:
                yield Problem(
                    f"jobs.{key}.timeout_minutes",
                    f"is {job.timeout_minutes}, and it runs '{name}', which may take "
                    f"{called.timeout_minutes}; give more",
                )
    yield from _nested(jobs, order)


def _missing(jobs: Mapping[str, Job]) -> Iterator[Problem]:
    for key, job in jobs.items():
        for task, name in called_by(job).items():
            if name not in jobs:
                yield Problem(
                    f"jobs.{key}.tasks.{task}.run_job.job", absent(name, "jobs", jobs.keys() - {key})
                )


def _nested(jobs: Mapping[str, Job], order: list[str]) -> Iterator[Problem]:
    depth: dict[str, int] = {}
    for key in order:
        depth[key] = max((depth[called] + 1 for called in called_by(jobs[key]).values()), default=0)
        if depth[key] == MOST_NESTED + 1:
            yield Problem(
                f"jobs.{key}.tasks",
                f"run jobs {depth[key]} deep; Databricks supports {MOST_NESTED}: run the innermost from here",
            )
