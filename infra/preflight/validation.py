"""Whether ARM would accept the deployments of the stack's export; asked only where there is one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from infra.azure_judges.arm_errors import ArmError
from infra.azure_judges.deployments import WITH_RIGHTS_TO_WRITE
from infra.azure_judges.export_files import ExportFormError, read_export
from infra.azure_judges.validation import Answer, Judge
from infra.azure_judges.validation_report import summary, what_helps
from infra.preflight.finding import Finding, Verdict
from infra.preflight.task import Task

_CHECK = "validation by ARM"
_SECONDS = 900
_MOST_NAMES = 5


def validation_by_arm(task: Task) -> Iterator[Finding]:
    """Each error that ARM names; a note where nobody has exported the stack."""
    name = task.settings.environment.name
    if task.export is None:
        run = f"make preflight STACK={name} VALIDATE=1"
        yield Finding(
            _CHECK, Verdict.NOTE, "not asked: it exports the stack first, and takes some minutes", run
        )
        return
    yield from _asked(task, task.export, f"make validate STACK={name}")


def _asked(task: Task, folder: Path, run: str) -> Iterator[Finding]:
    try:
        export = read_export(folder)
        export.check_subscription(task.settings.azure.tenant_id, task.settings.azure.subscription_id)
    except ExportFormError as error:
        yield Finding(_CHECK, Verdict.UNKNOWN, str(error), run)
        return
    until = time.monotonic() + _SECONDS
    judge = Judge(task.azure, WITH_RIGHTS_TO_WRITE, task.settings.azure.location, until)
    for answer in judge.validation(export).answers:
        yield from _findings(answer, run)


def _findings(answer: Answer, run: str) -> Iterator[Finding]:
    if answer.unasked:
        yield Finding(_CHECK, Verdict.UNKNOWN, f"{answer.scope}: {answer.unasked}", answer.run)
        return
    for error in answer.errors:
        yield Finding(_CHECK, Verdict.FAILED, f"{_whom(answer, error)}: {summary(error)}", what_helps(error))
    for note in answer.notes:
        yield Finding(_CHECK, Verdict.NOTE, f"{answer.scope}: {note}", run)
    if not answer.errors:
        count = len(answer.resources)
        yield Finding(
            _CHECK, Verdict.OK, f"{answer.scope}: ARM would accept the deployment of {count} resources"
        )


def _whom(answer: Answer, error: ArmError) -> str:
    return ", ".join(one.name for one in error.resources[:_MOST_NAMES]) or answer.scope
