"""A vault's access policies are declared in one place."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.example_azure import GROUP_NAME, SOMEBODY, TENANT
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Declared, Rule, Violation

_POLICY = "azure-native:keyvault:AccessPolicy"


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    vault = world.find(resource.id.lower().partition("/accesspolicy")[0].partition("/accesspolicies")[0])
    if vault is not None and vault.items("properties.accessPolicies"):
        yield Violation(
            "",
            f"{vault.urn} lists access policies too, and updating it takes this one away; keep them in one place",
        )


def _case(policies: list[object]) -> Case:
    return Case(
        (
            declare(
                tokens.VAULT,
                {"properties.enableRbacAuthorization": False, "properties.accessPolicies": policies},
                name="vault",
            ),
            Declared(
                _POLICY,
                {
                    "resourceGroupName": GROUP_NAME,
                    "vaultName": "kv-ml-dev-7k2ap",
                    "policy": {"tenantId": TENANT, "objectId": SOMEBODY, "permissions": {"secrets": ["get"]}},
                },
                depends_on=("vault",),
            ),
        )
    )


RULE = Rule(
    id="KV005",
    service="Key Vault",
    title="access policies either on the vault or as resources of their own",
    applies_to=(_POLICY,),
    status=0,
    code="",
    source="pulumi-azure-native 3.29.0 keyvault.AccessPolicy; "
    "terraform-provider-azurerm key_vault_access_policy (note)",
    check=_check,
    trips=_case([{"tenantId": TENANT, "objectId": SOMEBODY, "permissions": {"secrets": ["list"]}}]),
    passes=_case([]),
    severity=Severity.WARNING,
)
