"""What the preflight asks for is what the program makes: compared with the rehearsed stacks."""

from __future__ import annotations

import pytest

from infra.conventions.vm_sizes import quota_family
from infra.preflight.expectations import Cores, cores, names, namespaces
from infra.settings.load import load_from_stack_file
from infra.settings.platform import PlatformSettings
from tests.infra.platforms import ROOT, STACKS, TODAY, resources_of

TYPES = {
    "azure-native:keyvault:Vault": "vaultName",
    "azure-native:operationalinsights:Workspace": "workspaceName",
    "azure-native:machinelearningservices:Workspace": "workspaceName",
    "azure-native:storage:StorageAccount": "accountName",
    "azure-native:containerregistry:Registry": "registryName",
}


def settings_of(stack: str) -> PlatformSettings:
    return load_from_stack_file(ROOT / f"Pulumi.{stack}.yaml", today=TODAY).settings


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
    always = {"microsoft.resources", "microsoft.authorization"}
    asked = {name.lower() for name in namespaces(settings_of(stack))}
    assert used - always <= asked


def test_cores_are_summed_by_family() -> None:
    found = {(one.machine_learning, one.family): one.most for one in cores(settings_of("prod"))}
    assert found[False, "standardDDSv5Family"] >= 208
    assert cores(settings_of("dev")) == (
        Cores(machine_learning=False, family="standardDDSv5Family", most=4 * (2 + 3) + 4 * 6 + 4 * 3),
        Cores(machine_learning=True, family="standardDDSv5Family", most=4 * 4),
        Cores(machine_learning=True, family="standardEDSv5Family", most=4),
    )


@pytest.mark.parametrize(
    ("size", "family"),
    [
        ("Standard_D4ds_v5", "standardDDSv5Family"),
        ("Standard_E4-2ds_v5", "standardEDSv5Family"),
        ("Standard_NC24ads_A100_v4", "standardNCADSA100v4Family"),
        ("Standard_NC4as_T4_v3", "standardNCASv3T4Family"),
        ("small", None),
    ],
)
def test_a_size_counts_to_its_family(size: str, family: str | None) -> None:
    assert quota_family(size) == family
