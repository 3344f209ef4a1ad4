"""A job from git names one of branch, tag and commit, and its notebooks relative to the repository."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.databricks_git import NOTEBOOK_SUFFIXES
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.value("gitSource") is None:
        return
    given = [name for name in ("branch", "tag", "commit") if resource.value(f"gitSource.{name}")]
    if len(given) != 1:
        yield Violation(
            "gitSource", f"{' and '.join(given) or 'neither branch, tag nor commit'}; give exactly one"
        )
    for index, task in enumerate(resource.items("tasks")):
        notebook = task.get("notebookTask")
        path = str(notebook.get("notebookPath", "")) if isinstance(notebook, dict) else ""
        source = notebook.get("source", "GIT") if isinstance(notebook, dict) else "GIT"
        place = f"tasks[{index}].notebookTask.notebookPath"
        if source == "GIT" and path.startswith("/"):
            yield Violation(place, f"'{path}' must be relative to the repository, without a leading '/'")
        elif source == "GIT" and path.endswith(NOTEBOOK_SUFFIXES):
            yield Violation(place, f"'{path}' must not carry the file's extension")


RULE = Rule(
    id="DBX007",
    service="Databricks job",
    title="git source: one reference, relative notebook paths",
    applies_to=(tokens.JOB,),
    status=400,
    code="INVALID_PARAMETER_VALUE",
    source="terraform-provider-databricks docs/resources/job.md (git_source, notebook_task)",
    check=_check,
    trips=Case((declare(tokens.JOB, {"tasks[0].notebookTask.notebookPath": "/notebooks/train"}),)),
    passes=Case((declare(tokens.JOB),)),
)
