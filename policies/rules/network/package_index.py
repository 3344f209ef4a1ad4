"""Production's packages come from an index that somebody watches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies.frame.judged import Judged
from policies.frame.paths import values
from policies.frame.rule import PROD_ONLY, UNKNOWN_STRING, Anchors, Cases, Outcome, Rule, Severity


def _check(judged: Judged) -> Iterator[str]:
    for path in ("libraries[].pypi", "tasks[].libraries[].pypi"):
        for at, library in values(judged.props, path):
            if isinstance(library, Mapping) and library.get("package") and not library.get("repo"):
                yield f"{at} takes {library.get('package')} from pip's public index"


def _job(**library: str) -> dict[str, object]:
    return {"tasks": [{"taskKey": "a", "libraries": [{"pypi": library}]}]}


RULE = Rule(
    id="AMLP-NW-063",
    title="Production's packages come from an index that somebody watches",
    severity=Severity.MEDIUM,
    types=(
        "databricks:index/job:Job",
        "databricks:index/cluster:Cluster",
        "databricks:index/clusterPolicy:ClusterPolicy",
    ),
    check=_check,
    why="What a stranger publishes tonight under a version that we name runs tomorrow as the jobs' principal.",
    fix="Give databricks.package_index, or databricks.job_requirements",
    anchors=Anchors(benchmark=("DS-2",), source="docs.databricks.com libraries/package-repositories (repo)"),
    kinds=PROD_ONLY,
    cases=Cases(
        allowed=(_job(package="a==1.0.0", repo="https://packages.example.com/simple"),),
        denied=(_job(package="a==1.0.0"), {"libraries": [{"pypi": {"package": "a==1.0.0"}}]}),
        omitted={"tasks": [{"taskKey": "a", "libraries": [{"requirements": "/Workspace/r.txt"}]}]},
        unknown=_job(package="a==1.0.0", repo=UNKNOWN_STRING),
        omitted_is=Outcome.PASSED,
    ),
)
