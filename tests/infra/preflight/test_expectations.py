"""What the preflight asks for is what the program makes: compared with the rehearsed stacks."""

from __future__ import annotations

import pytest

from infra.preflight.expectations import names, namespaces
from tests.infra.platforms import STACKS, resources_of
from tests.infra.stack_settings import settings_of

TYPES = {
    "azure-native:keyvault:Vault": "vaultName",
    "azure-native:operationalinsights:Workspace": "workspaceName",
    "azure-native:machinelearningservices:Workspace": "workspaceName",
    "azure-native:storage:StorageAccount": "accountName",
    "azure-native:containerregistry:Registry": "registryName",
    "azure-native:synapse:Workspace": "workspaceName",
    "azure-native:cognitiveservices:Account": "accountName",
}


@pytest.mark.parametrize("stack", STACKS)
def test_the_names_are_those_of_the_program(stack: str) -> None:
    made = {
        resource["inputs"][TYPES[resource["type"]]]
        for resource in resources_of(stack)
        if resource["type"] in TYPES
    }
    assert {name.name for name in names(settings_of(stack))} == made


@pytest.mark.parametrize("stack", STACKS)
def test_every_provider_that_the_program_uses_is_asked_for(stack: str) -> None:
    used = {
        part.split("/")[0].lower()
        for resource in resources_of(stack)
        for part in str(resource.get("id") or "").split("/providers/")[1:]
    }
    # What templates make has no id in the inventory.
    used |= {
        made["type"].split("/")[0].lower()
        for resource in resources_of(stack)
        if resource["type"].startswith("azure-native:resources:Deployment")
        for made in resource["inputs"]["properties"]["template"]["resources"]
    }
    always = {"microsoft.resources", "microsoft.authorization"}
    asked = {name.lower() for name in namespaces(settings_of(stack))}
    assert used - always <= asked
