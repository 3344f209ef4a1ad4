"""Machine-learning runtimes run for one user or group, not shared."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_SHARED = ("USER_ISOLATION", "DATA_SECURITY_MODE_STANDARD")


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    clusters = [("", resource.plain_inputs)]
    clusters += [
        (f"jobClusters[{index}].newCluster.", new)
        for index, item in enumerate(resource.items("jobClusters"))
        if isinstance(new := item.get("newCluster"), dict)
    ]
    for path, cluster in clusters:
        if "-ml-" in str(cluster.get("sparkVersion", "")) and cluster.get("dataSecurityMode") in _SHARED:
            yield Violation(
                f"{path}dataSecurityMode",
                "a machine-learning runtime is not for shared access; use 'SINGLE_USER' (dedicated)",
            )


def _case(mode: str) -> Case:
    changes = {"sparkVersion": "16.4.x-cpu-ml-scala2.12", "dataSecurityMode": mode}
    return Case((declare(tokens.CLUSTER, changes),))


RULE = Rule(
    id="DBX042",
    service="Databricks cluster",
    title="dedicated access with a machine-learning runtime",
    applies_to=(tokens.CLUSTER, tokens.JOB),
    status=0,
    code="",
    source="terraform-provider-databricks docs/resources/cluster.md (data_security_mode); learn.microsoft.com "
    "azure/databricks/compute/standard-limitations",
    check=_check,
    trips=_case("USER_ISOLATION"),
    passes=_case("SINGLE_USER"),
    severity=Severity.WARNING,
)
