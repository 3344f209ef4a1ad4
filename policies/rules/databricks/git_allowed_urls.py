"""The list of allowed repositories is not empty and not everything."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    found = judged.text("customConfig.projectsAllowList")
    if not found:
        yield "customConfig.projectsAllowList is not set"
    for url in filter(None, found.split(",")):
        if not urlsplit(url.strip()).path.strip("/"):
            yield f"customConfig.projectsAllowList holds '{url}': a whole host"


RULE = Rule(
    id="AMLP-DO-007",
    title="The list of allowed repositories is not empty and not everything",
    severity=Severity.HIGH,
    types=("databricks:index/workspaceConf:WorkspaceConf",),
    check=_check,
    why="An allow list of https://github.com allows everybody's repositories.",
    fix="Name the organisation: https://github.com/<organisation>",
    anchors=Anchors(benchmark=("DS-6",), source="docs.databricks.com repos/repos-setup allow lists"),
    cases=Cases(
        allowed=({"customConfig": {"projectsAllowList": "https://github.com/example-org"}},),
        denied=(
            {"customConfig": {"projectsAllowList": ""}},
            {"customConfig": {"projectsAllowList": "https://github.com"}},
            {"customConfig": {"projectsAllowList": "https://dev.azure.com/"}},
        ),
        omitted={},
        unknown={"customConfig": {"projectsAllowList": UNKNOWN_STRING}},
    ),
)
