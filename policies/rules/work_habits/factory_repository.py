"""Data Factory writes to a repository of its own."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.cases import changed_sample
from policies.frame.judged import Stack
from policies.frame.rule import (
    UNKNOWN_STRING,
    Anchors,
    Outcome,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
)


def _check(stack: Stack) -> Iterator[StackFinding]:
    written = {
        stack.text(factory, "repoConfiguration.repositoryName").lower()
        for factory in stack.of("azure-native:datafactory:Factory")
    }
    for folder in stack.of("databricks:index/repo:Repo"):
        name = stack.text(folder, "url").rstrip("/").rpartition("/")[2].removesuffix(".git").lower()
        if name and name in written:
            yield StackFinding(f"it is a folder of {name}, which Data Factory writes to", folder.urn)


_FOLDER = Sample("databricks:index/repo:Repo", {"url": "https://github.com/example-org/forecasting"})

_FACTORY = Sample(
    "azure-native:datafactory:Factory",
    {"repoConfiguration": {"type": "FactoryGitHubConfiguration", "repositoryName": "pipelines"}},
    name="f",
)

RULE = StackRule(
    id="AMLP-WH-008",
    title="Data Factory writes to a repository of its own",
    severity=Severity.MEDIUM,
    check=_check,
    why=(
        "The factory commits generated JSON on publish; in the folder that jobs run from, that is a "
        "change nobody reviewed."
    ),
    fix="Give Data Factory another repository than the git folders'",
    anchors=Anchors(benchmark=("DS-6",), source="learn.microsoft.com data-factory source-control"),
    cases=StackCases(
        allowed=(
            _FOLDER,
            _FACTORY,
        ),
        denied=(
            _FOLDER,
            changed_sample(_FACTORY, {"repoConfiguration.repositoryName": "forecasting"}),
        ),
        omitted=(_FOLDER,),
        unknown=(Sample("databricks:index/repo:Repo", {"url": UNKNOWN_STRING}),),
        omitted_is=Outcome.PASSED,
    ),
)
