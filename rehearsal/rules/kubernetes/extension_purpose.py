"""The extension knows two purposes."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.ml_extension import EXTENSION_TYPE
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_KNOWN = ("DevTest", "FastProd")
_PATH = "configurationSettings.clusterPurpose"


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    purpose = resource.text(_PATH)
    if resource.text("extensionType") == EXTENSION_TYPE and purpose and purpose not in _KNOWN:
        yield Violation(_PATH, f"'{purpose}' must be one of {', '.join(_KNOWN)}")


RULE = Rule(
    id="EXT007",
    service="Azure ML extension for Kubernetes",
    title="clusterPurpose is DevTest or FastProd",
    applies_to=(tokens.EXTENSION,),
    status=400,
    code="ExtensionCreationFailed",
    source="Azure/azure-cli-extensions k8s-extension partner_extensions/AzureMLKubernetes.py",
    check=_check,
    trips=Case((declare(tokens.EXTENSION, {_PATH: "DenseProd"}),)),
    passes=Case((declare(tokens.EXTENSION, {_PATH: "FastProd"}),)),
)
