"""Where a resource is in ARM, read from its id."""

from __future__ import annotations

import pytest

from rehearsal.export.places import ArmPlace, arm_place

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
GROUP = f"{SUBSCRIPTION}/resourceGroups/rg-example"
VAULT = f"{GROUP}/providers/Microsoft.KeyVault/vaults/kv-example"
ROLE = "providers/Microsoft.Authorization/roleAssignments/11111111-0000-0000-0000-000000000000"


@pytest.mark.parametrize(
    ("arm_id", "place"),
    [
        (GROUP, ArmPlace("Microsoft.Resources/resourceGroups", "rg-example", SUBSCRIPTION)),
        (VAULT, ArmPlace("Microsoft.KeyVault/vaults", "kv-example", GROUP)),
        (
            f"{VAULT}/secrets/token",
            ArmPlace("Microsoft.KeyVault/vaults/secrets", "kv-example/token", GROUP),
        ),
        (
            f"{VAULT}/{ROLE}",
            ArmPlace("Microsoft.Authorization/roleAssignments", ROLE.rpartition("/")[2], GROUP, VAULT),
        ),
        (
            f"{GROUP}/{ROLE}",
            ArmPlace("Microsoft.Authorization/roleAssignments", ROLE.rpartition("/")[2], GROUP),
        ),
        (
            f"{SUBSCRIPTION}/{ROLE}",
            ArmPlace("Microsoft.Authorization/roleAssignments", ROLE.rpartition("/")[2], SUBSCRIPTION),
        ),
        (
            f"/providers/Microsoft.Management/managementGroups/mg-ml/{ROLE}",
            ArmPlace(
                "Microsoft.Authorization/roleAssignments",
                ROLE.rpartition("/")[2],
                "/providers/Microsoft.Management/managementGroups/mg-ml",
            ),
        ),
        (
            "/providers/Microsoft.Management/managementGroups/mg-ml",
            ArmPlace("Microsoft.Management/managementGroups", "mg-ml", "/"),
        ),
    ],
)
def test_the_id_says_type_name_and_scope(arm_id: str, place: ArmPlace) -> None:
    assert arm_place(arm_id) == place
