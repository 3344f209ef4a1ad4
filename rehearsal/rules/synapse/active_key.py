"""A workspace with a key of ours waits for that key."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.rule import Case, Rule, Violation

_BELOW = (tokens.SYNAPSE_SQL_POOL, tokens.SYNAPSE_SPARK_POOL, "azure-native:synapse:WorkspaceAadAdmin")


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    if not resource.value("encryption.cmk"):
        return
    name = resource.text("workspaceName").lower()

    def of_this(types: tuple[str, ...]) -> list[Resource]:
        return [item for item in world.of_types(types) if item.text("workspaceName").lower() == name]

    active = [key for key in of_this((tokens.SYNAPSE_KEY,)) if key.value("isActiveCMK") is True]
    for item in of_this(_BELOW):
        if not any(world.depends_on(item, key) for key in active):
            yield Violation(
                "encryption.cmk",
                f"{item.urn} does not wait for an active key (synapse.Key with is_active_cmk=True, after the grant to "
                "the workspace's identity); until then the workspace refuses it",
            )


_ENCRYPTED = declare(
    tokens.SYNAPSE_WORKSPACE,
    {
        "encryption": {
            "cmk": {
                "kekIdentity": {"useSystemAssignedIdentity": True},
                "key": {
                    "name": "platform",
                    "keyVaultUrl": "https://kv-ml-dev-7k2ap.vault.azure.net/keys/platform",
                },
            }
        }
    },
    name="workspace",
)
_KEY = declare(tokens.SYNAPSE_KEY, name="key", depends_on=("workspace",))

RULE = Rule(
    id="SYN325",
    service="Synapse",
    title="a workspace with a key of our own waits until the key is active",
    applies_to=(tokens.SYNAPSE_WORKSPACE,),
    status=400,
    code="WorkspaceActivationRequired",
    source="learn.microsoft.com synapse-analytics security/workspaces-encryption; "
    "terraform-provider-azurerm issue 13948",
    check=_check,
    trips=Case((_ENCRYPTED, _KEY, declare(tokens.SYNAPSE_SQL_POOL, depends_on=("workspace",)))),
    passes=Case((_ENCRYPTED, _KEY, declare(tokens.SYNAPSE_SQL_POOL, depends_on=("workspace", "key")))),
)
