"""Azure ML reaches a cluster without local accounts through trusted access only."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.arm_id_parsing import extended_by
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_CLOSED = {"disableLocalAccounts": True, "aadProfile": {"managed": True}, "agentPoolProfiles[0].count": 3}


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    cluster = world.find(extended_by(resource.id))
    if cluster is None or cluster.value("disableLocalAccounts") is not True:
        return
    bound = any(
        binding.id.lower().startswith(f"{cluster.id.lower()}/")
        for binding in world.of_types((tokens.TRUSTED_ACCESS,))
    )
    if not bound:
        yield Violation(
            "clusterName",
            f"{cluster.urn} has no local accounts, and no TrustedAccessRoleBinding lets an ML "
            "workspace in; declare one "
            "before extension and attach",
        )


RULE = Rule(
    id="AKS008",
    service="AKS",
    title="local accounts off needs trusted access for Azure ML",
    applies_to=(tokens.EXTENSION,),
    status=0,
    code="",
    source=(
        "Azure/AML-Kubernetes docs/azureml-aks-ta-support.md (learn.microsoft.com "
        "how-to-deploy-kubernetes-extension disagrees)"
    ),
    check=_check,
    trips=Case(
        (declare(tokens.AKS, _CLOSED, name="cluster"), declare(tokens.EXTENSION, depends_on=("cluster",)))
    ),
    passes=Case(
        (
            declare(tokens.AKS, _CLOSED, name="cluster"),
            declare(tokens.TRUSTED_ACCESS, name="binding", depends_on=("cluster",)),
            declare(tokens.EXTENSION, depends_on=("binding",)),
        )
    ),
    severity=Severity.WARNING,
)
