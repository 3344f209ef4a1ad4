"""What `az k8s-extension` adds silently, a template must spell out."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.arm_id_parsing import extended_by
from azure_facts.ml_extension import (
    CLUSTER_ID_KEYS,
    CLUSTER_NAME_KEY,
    DOMAIN_KEY,
    EXTENSION_TYPE,
    FIXED_SETTINGS,
    REGION_KEYS,
)
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import CLUSTER_ID
from rehearsal.rules.examples import REMOVE, declare
from rehearsal.rules.rule import Case, Rule, Violation

_OTHER_KEYS = {
    CLUSTER_NAME_KEY: "the cluster's name",
    DOMAIN_KEY: "<region>.cloudapp.azure.com",
    **dict.fromkeys(REGION_KEYS, "the region, lower case without spaces"),
    **{key: f"'{value}'" for key, value in FIXED_SETTINGS.items()},
}


def _check(resource: Resource, _world: World) -> Iterator[Violation]:
    if resource.text("extensionType").lower() != EXTENSION_TYPE.lower():
        return
    settings = resource.value("configurationSettings")
    settings = settings if isinstance(settings, dict) else {}
    for key in CLUSTER_ID_KEYS:
        if key not in settings:
            yield Violation(f'configurationSettings["{key}"]', "missing; set it to the cluster's ARM id")
        elif str(settings[key]).lower() != _cluster_id(resource):
            yield Violation(
                f'configurationSettings["{key}"]', "must be the ARM id of the cluster it is installed on"
            )
    for key, what in _OTHER_KEYS.items():
        if key not in settings:
            yield Violation(f'configurationSettings["{key}"]', f"missing; set it to {what}")


def _cluster_id(resource: Resource) -> str:
    return extended_by(resource.id).lower()


RULE = Rule(
    id="EXT001",
    service="Azure ML extension for Kubernetes",
    title="the settings that the CLI computes are spelled out",
    applies_to=(tokens.EXTENSION,),
    status=400,
    code="ExtensionCreationFailed",
    source="Azure/azure-cli-extensions k8s-extension partner_extensions/AzureMLKubernetes.py",
    check=_check,
    trips=Case((declare(tokens.EXTENSION, {'configurationSettings["relayserver.enabled"]': REMOVE}),)),
    passes=Case((declare(tokens.EXTENSION, {"configurationSettings.clusterId": CLUSTER_ID.upper()}),)),
)
