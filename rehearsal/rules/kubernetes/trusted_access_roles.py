"""Azure ML takes one trusted-access role."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_ROLE = "Microsoft.MachineLearningServices/workspaces/mlworkload"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    source, roles = resource.text("sourceResourceId"), resource.value("roles")
    is_ml = "/providers/microsoft.machinelearningservices/workspaces/" in source.lower()
    for index, role in enumerate(roles if isinstance(roles, list) else []):
        if is_ml and str(role).lower() != _ROLE.lower():
            yield Violation(f"roles[{index}]", f"'{role}' is no role of an ML workspace; use '{_ROLE}'")


RULE = Rule(
    id="AKS005",
    service="AKS trusted access",
    title="an ML workspace is bound to its own role",
    applies_to=(tokens.TRUSTED_ACCESS,),
    status=400,
    code="InvalidTrustedAccessRole",
    source="learn.microsoft.com azure/aks/trusted-access-feature; Azure/AML-Kubernetes docs/azureml-aks-ta-support.md",
    check=_check,
    trips=Case((declare(tokens.TRUSTED_ACCESS, {"roles": ["mlworkload"]}),)),
    passes=Case((declare(tokens.TRUSTED_ACCESS),)),
)
