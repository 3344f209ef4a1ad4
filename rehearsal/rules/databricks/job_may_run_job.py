"""A job that runs another one needs the right to."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import SOMEBODY
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_STARTS = ("CAN_MANAGE_RUN", "CAN_MANAGE", "IS_OWNER")
_MOST = 3


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    jobs = {job.id: job for job in world.of_types((tokens.JOB,))}
    principal = resource.text("runAs.servicePrincipalName")
    for index, called in _called(resource):
        if called not in jobs:
            continue
        path = f"tasks[{index}].runJobTask.jobId"
        if _depth(jobs[called], jobs) >= _MOST:
            yield Violation(path, f"runs jobs more than {_MOST} deep; remove one of the steps between")
        if principal and not _may_start(principal, called, world):
            yield Violation(
                path,
                f"{jobs[called].urn} cannot be started by {principal}, as whom the job runs; give it CAN_MANAGE_RUN",
            )


def _called(job: Resource) -> Iterator[tuple[int, str]]:
    for index in range(len(job.items("tasks"))):
        job_id = job.value(f"tasks[{index}].runJobTask.jobId")
        if isinstance(job_id, int | float | str) and job_id:
            yield index, job_id if isinstance(job_id, str) else f"{job_id:.0f}"


def _depth(job: Resource, jobs: dict[str, Resource]) -> int:
    """Ids are given at creation, so no job can name one that comes after it: there is no circle."""
    return max((_depth(jobs[called], jobs) + 1 for _, called in _called(job) if called in jobs), default=0)


def _may_start(principal: str, job_id: str, world: World) -> bool:
    return any(
        control.get("servicePrincipalName") == principal and control.get("permissionLevel") in _STARTS
        for permissions in world.of_types((tokens.PERMISSIONS,))
        if permissions.text("jobId") == job_id
        for control in permissions.items("accessControls")
    )


def _case(level: str) -> Case:
    step = {"taskKey": "score", "runJobTask": {"jobId": Ref("score")}}
    run_as = {"servicePrincipalName": SOMEBODY}
    return Case(
        (
            declare(tokens.JOB, name="score"),
            declare(
                tokens.PERMISSIONS,
                {
                    "clusterPolicyId": REMOVE,
                    "jobId": Ref("score"),
                    "accessControls": [{"servicePrincipalName": SOMEBODY, "permissionLevel": level}],
                },
                name="permissions",
            ),
            declare(
                tokens.JOB, {"gitSource": REMOVE, "jobClusters": REMOVE, "tasks": [step], "runAs": run_as}
            ),
        )
    )


RULE = Rule(
    id="DBX162",
    service="Databricks job",
    title="jobs run others that their principal may start, three deep at most",
    applies_to=(tokens.JOB,),
    status=403,
    code="PERMISSION_DENIED",
    source="learn.microsoft.com azure/databricks/jobs/run-job; azure/databricks/security/auth/access-control (jobs)",
    check=_check,
    trips=_case("CAN_VIEW"),
    passes=_case("CAN_MANAGE_RUN"),
    severity=Severity.WARNING,
)
