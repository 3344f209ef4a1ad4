"""The studio shows data of an account that is closed to the public once the workspace's identity can read the
account's private endpoints in the network of people."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.ml_managed_network import OPEN_OUTBOUND
from azure_facts.roles import Role
from rehearsal.cloud.identities import principal_id
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.rules import tokens
from rehearsal.rules.examples import declare
from rehearsal.rules.machine_learning.outbound import IDENTITY_ID, grant, holds, primary_principal, workspace
from rehearsal.rules.rule import Case, Ref, Rule, Violation

_PARTS = ("blob", "file")
_READING = (Role.READER, Role.CONTRIBUTOR, Role.OWNER)


def _check(resource: Resource, world: World) -> Iterator[Violation]:
    account = world.find(resource.text("storageAccount"))
    principal = primary_principal(resource, world)
    if account is None or not principal or account.text("publicNetworkAccess") != "Disabled":
        return
    for endpoint in world.of_types((tokens.PRIVATE_ENDPOINT,)):
        for connection in endpoint.items("privateLinkServiceConnections"):
            groups = connection.get("groupIds")
            target = str(connection.get("privateLinkServiceId")).lower()
            if target != account.id.lower() or not isinstance(groups, list) or not set(groups) & set(_PARTS):
                continue
            if not any(holds(world, principal, role, endpoint.id) for role in _READING):
                yield Violation(
                    "storageAccount",
                    f"the studio's view of data fails: the workspace's identity may not read {endpoint.urn}; grant it "
                    "Reader there",
                )


def _case(role: Role) -> Case:
    identity = {
        "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY_ID]},
        "primaryUserAssignedIdentity": IDENTITY_ID,
        "storageAccount": Ref("account"),
    }
    connection = {"name": "blob", "privateLinkServiceId": Ref("account"), "groupIds": ["blob"]}
    approver = Role.AZURE_AI_ENTERPRISE_NETWORK_CONNECTION_APPROVER
    principal = principal_id(IDENTITY_ID)
    return Case(
        (
            declare(tokens.IDENTITY, name="identity"),
            declare(tokens.STORAGE_ACCOUNT, {"publicNetworkAccess": "Disabled"}, name="account"),
            declare(
                tokens.PRIVATE_ENDPOINT, {"privateLinkServiceConnections": [connection]}, name="endpoint"
            ),
            *(
                grant(Ref("account"), principal, needed, f"needs-{index}", ("identity",))
                for index, needed in enumerate((Role.CONTRIBUTOR, approver))
            ),
            grant(Ref("endpoint"), principal, role, depends_on=("identity",)),
            workspace(
                OPEN_OUTBOUND, changes=identity, depends_on=("identity", "grant", "needs-0", "needs-1")
            ),
        )
    )


RULE = Rule(
    id="AML226",
    service="Azure ML workspace",
    title="the studio can show data of a closed account",
    applies_to=(tokens.ML_WORKSPACE,),
    status=0,
    code="",
    source="learn.microsoft.com machine-learning/how-to-managed-network, Azure Machine Learning studio",
    check=_check,
    trips=_case(Role.NETWORK_CONTRIBUTOR),
    passes=_case(Role.READER),
    severity=Severity.WARNING,
)
