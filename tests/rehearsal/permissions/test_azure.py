"""What roles of Azure give whom: scopes, data actions, conditions, custom roles, identities."""

from __future__ import annotations

import dataclasses

import pytest

from azure_facts.actions import action
from azure_facts.blob_conditions import no_writing_in
from rehearsal.model.unknown_texts import MARK
from rehearsal.model.world import World
from rehearsal.permissions.model import Right
from rehearsal.permissions.rights import Rights
from rehearsal.promises.model import Party, PartyKind
from rehearsal.reachability.model import Verdict
from tests.rehearsal.permissions.worlds import (
    ACCOUNT,
    CLUSTER,
    CONTAINER,
    GROUP,
    IDENTITY,
    JOBS,
    PEOPLE,
    SUBSCRIPTION,
    VAULT,
    assigned,
    declared,
    jobs_identity,
    resource,
)

ENGINEERS = Party(PartyKind.PERSONA, PEOPLE, "engineers")
CUSTOM = "c0000000-0000-4000-8000-000000000009"


def right(world: World, word: str, on: str, who: Party = ENGINEERS) -> Right:
    return Rights.of(world).right(who, action(word), on)


@pytest.mark.parametrize(
    ("role", "scope", "on", "verdict"),
    [
        ("Storage Blob Data Reader", CONTAINER, CONTAINER, Verdict.OPEN),
        ("Storage Blob Data Reader", ACCOUNT, CONTAINER, Verdict.OPEN),
        ("Storage Blob Data Reader", GROUP.upper(), CONTAINER, Verdict.OPEN),
        ("Storage Blob Data Reader", SUBSCRIPTION, CONTAINER, Verdict.OPEN),
        ("Storage Blob Data Reader", CONTAINER, ACCOUNT, Verdict.CLOSED),
        ("Storage Blob Data Reader", f"{CONTAINER}-2", CONTAINER, Verdict.CLOSED),
        ("Contributor", ACCOUNT, CONTAINER, Verdict.CLOSED),
        ("Reader", ACCOUNT, CONTAINER, Verdict.CLOSED),
    ],
)
def test_a_role_counts_below_its_scope_and_for_its_own_plane(
    role: str, scope: str, on: str, verdict: Verdict
) -> None:
    assert right(declared(assigned(role, scope, PEOPLE)), "read blobs", on).verdict is verdict


MANAGEMENT_GROUP = "/providers/Microsoft.Management/managementGroups/platform"


@pytest.mark.parametrize(
    ("role", "verdict"), [("Storage Blob Data Reader", Verdict.UNKNOWN), ("Reader", Verdict.CLOSED)]
)
def test_a_role_on_a_management_group_may_count(role: str, verdict: Verdict) -> None:
    """Where it would allow the operation; which subscriptions lie there, the program does not say."""
    grant = assigned(role, MANAGEMENT_GROUP, PEOPLE)
    assert right(declared(grant), "read blobs", CONTAINER).verdict is verdict


@pytest.mark.parametrize(
    ("role", "verdict"), [("Storage Blob Data Reader", Verdict.UNKNOWN), ("Reader", Verdict.CLOSED)]
)
def test_a_role_that_people_activate_may_count(role: str, verdict: Verdict) -> None:
    eligible = dataclasses.replace(
        assigned(role, ACCOUNT, PEOPLE), type="azure-native:authorization:PimRoleEligibilitySchedule"
    )
    assert right(declared(eligible), "read blobs", CONTAINER).verdict is verdict


def test_a_group_that_another_stack_says_is_held_against_nobody() -> None:
    group = f"{MARK}landing-zone-group_id"
    elsewhere = Party(PartyKind.PERSONA, group, "engineers")
    assert right(declared(), "read blobs", CONTAINER, elsewhere).verdict is Verdict.UNKNOWN


def test_a_right_names_the_role_and_the_assignment() -> None:
    grant = assigned("Storage Blob Data Reader", CONTAINER, PEOPLE)
    found = right(declared(grant), "read blobs", CONTAINER)
    assert found.held == (f"Storage Blob Data Reader on {CONTAINER}",)
    assert found.urns == (grant.urn,)


def test_what_is_missing_names_the_operation_the_scope_and_the_least_role() -> None:
    found = right(declared(), "read blobs", CONTAINER)
    assert found.missing == (
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read on "
        f"{CONTAINER} (Storage Blob Data Reader has it)"
    )


def test_every_operation_of_an_action_is_needed() -> None:
    """`fetch a kubeconfig` reads the cluster and lists a credential: two roles may give them."""
    reader = assigned("Reader", CLUSTER, PEOPLE)
    user = assigned("Azure Kubernetes Service Cluster User Role", CLUSTER, PEOPLE)
    cluster = resource("containerservice:ManagedCluster", "aks", CLUSTER)
    assert right(declared(cluster, reader), "fetch a kubeconfig", CLUSTER).verdict is Verdict.CLOSED
    assert right(declared(cluster, reader, user), "fetch a kubeconfig", CLUSTER).verdict is Verdict.OPEN


@pytest.mark.parametrize("without", ["definition", "assignment"])
def test_a_custom_role_takes_its_definition_and_an_assignment(without: str) -> None:
    definition = resource(
        "authorization:RoleDefinition",
        "tracker",
        f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{CUSTOM}",
        roleName="Blob looker",
        permissions=[{"dataActions": ["Microsoft.Storage/*/blobs/read"]}],
    )
    grant = assigned(CUSTOM, ACCOUNT, PEOPLE)
    whole = right(declared(grant, definition), "read blobs", CONTAINER)
    assert whole.verdict is Verdict.OPEN
    assert set(whole.urns) == {grant.urn, definition.urn}
    left = [grant] if without == "definition" else [definition]
    # A role that nobody defines may give anything.
    expected = Verdict.UNKNOWN if without == "definition" else Verdict.CLOSED
    assert right(declared(*left), "read blobs", CONTAINER).verdict is expected


def test_a_condition_that_leaves_the_object_out_leaves_the_right_out() -> None:
    grant = assigned("Storage Blob Data Contributor", ACCOUNT, PEOPLE, condition=no_writing_in("azureml"))
    world = declared(grant)
    runs = f"{ACCOUNT}/blobServices/default/containers/azureml"
    assert right(world, "write blobs", CONTAINER).verdict is Verdict.OPEN
    assert right(world, "read blobs", runs).verdict is Verdict.OPEN
    assert right(world, "write blobs", runs).verdict is Verdict.CLOSED
    assert "has a condition that leaves it out" in right(world, "write blobs", runs).missing
    # Of the account as a whole: every container is open but that one.
    assert right(world, "write blobs", ACCOUNT).held == (
        f"Storage Blob Data Contributor on {ACCOUNT}, under a condition",
    )


def test_an_unreadable_condition_is_not_known() -> None:
    grant = assigned("Storage Blob Data Reader", ACCOUNT, PEOPLE, condition="@Resource[x] DateTimeEquals 3")
    assert right(declared(grant), "read blobs", CONTAINER).verdict is Verdict.UNKNOWN


def test_a_user_assigned_identity_is_known_by_its_object_id() -> None:
    who = Party(PartyKind.IDENTITY, IDENTITY.upper())
    identity = jobs_identity()
    grant = assigned("Storage Blob Data Reader", ACCOUNT, JOBS)
    found = right(declared(identity, grant), "read blobs", CONTAINER, who)
    assert found.verdict is Verdict.OPEN
    assert set(found.urns) == {grant.urn, identity.urn}
    other = assigned("Storage Blob Data Reader", ACCOUNT, PEOPLE)
    assert right(declared(identity, other), "read blobs", CONTAINER, who).verdict is Verdict.CLOSED


def test_a_system_assigned_identity_must_be_there() -> None:
    factory_id = f"{GROUP}/providers/Microsoft.DataFactory/factories/adf"
    who = Party(PartyKind.SYSTEM, factory_id)
    principal = "f0000000-0000-4000-8000-000000000001"
    grant = assigned("Storage Blob Data Reader", ACCOUNT, principal)
    outputs: dict[str, object] = {"identity": {"type": "SystemAssigned", "principalId": principal}}
    factory = resource("datafactory:Factory", "adf", factory_id, outputs)
    bare = resource("datafactory:Factory", "adf", factory_id)
    assert right(declared(factory, grant), "read blobs", CONTAINER, who).verdict is Verdict.OPEN
    found = right(declared(bare, grant), "read blobs", CONTAINER, who)
    assert found.verdict is Verdict.CLOSED
    assert found.missing == "adf has no system-assigned identity"


def test_a_cluster_s_nodes_have_an_identity_that_azure_makes() -> None:
    nodes = "f0000000-0000-4000-8000-000000000002"
    outputs: dict[str, object] = {"identityProfile": {"kubeletidentity": {"objectId": nodes}}}
    cluster = resource("containerservice:ManagedCluster", "aks", CLUSTER, outputs)
    grant = assigned("Storage Blob Data Reader", ACCOUNT, nodes)
    who = Party(PartyKind.SYSTEM, CLUSTER)
    assert right(declared(cluster, grant), "read blobs", CONTAINER, who).verdict is Verdict.OPEN


def test_an_application_is_known_in_azure_by_its_service_principal() -> None:
    grant = assigned("Storage Blob Data Reader", ACCOUNT, PEOPLE)
    client = "e0000000-0000-4000-8000-000000000001"
    known = Party(PartyKind.APPLICATION, client, object_id=PEOPLE)
    assert right(declared(grant), "read blobs", CONTAINER, known).verdict is Verdict.OPEN
    bare = Party(PartyKind.APPLICATION, client)
    assert right(declared(grant), "read blobs", CONTAINER, bare).verdict is Verdict.UNKNOWN


def test_what_others_declare_is_not_known_unless_the_program_grants_it() -> None:
    elsewhere = f"{SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.Storage/storageAccounts/sthub"
    assert right(declared(), "read blobs", elsewhere).verdict is Verdict.UNKNOWN
    grant = assigned("Storage Blob Data Reader", elsewhere, PEOPLE)
    assert right(declared(grant), "read blobs", elsewhere).verdict is Verdict.OPEN


def test_a_role_of_no_table_may_give_it() -> None:
    grant = assigned("d0000000-0000-4000-8000-00000000000d", ACCOUNT, PEOPLE)
    found = right(declared(grant), "read blobs", CONTAINER)
    assert found.verdict is Verdict.UNKNOWN
    assert "is in no table of roles" in found.missing


def test_a_vault_goes_by_roles_or_by_policies_never_by_both() -> None:
    by_role = assigned("Key Vault Secrets User", VAULT, PEOPLE)
    policy = resource(
        "keyvault:AccessPolicy",
        "people",
        "kv/people",
        vaultName="kv",
        policy={"objectId": PEOPLE, "permissions": {"secrets": ["get", "list"]}},
    )
    roles = resource("keyvault:Vault", "kv", VAULT, properties={"enableRbacAuthorization": True})
    policies = resource("keyvault:Vault", "kv", VAULT, properties={"enableRbacAuthorization": False})
    assert right(declared(roles, by_role), "read secrets", VAULT).verdict is Verdict.OPEN
    assert right(declared(roles, policy), "read secrets", VAULT).verdict is Verdict.CLOSED
    assert right(declared(policies, by_role), "read secrets", VAULT).verdict is Verdict.CLOSED
    found = right(declared(policies, policy), "read secrets", VAULT)
    assert found.verdict is Verdict.OPEN
    assert found.urns == (policy.urn,)
    assert right(declared(policies, policy), "set secrets", VAULT).missing == (
        "secrets set by an access policy of the vault"
    )


def test_a_cluster_asks_azure_or_has_groups_of_administrators() -> None:
    role = assigned("Azure Kubernetes Service RBAC Reader", CLUSTER, PEOPLE)

    def cluster(**profile: object) -> World:
        return declared(resource("containerservice:ManagedCluster", "aks", CLUSTER, aadProfile=profile), role)

    stranger = Party(PartyKind.GROUP, "a0000000-0000-4000-8000-000000000002")
    assert right(cluster(enableAzureRBAC=True), "kubectl get", CLUSTER).verdict is Verdict.OPEN
    assert right(cluster(enableAzureRBAC=True), "kubectl get", CLUSTER, stranger).verdict is Verdict.CLOSED
    admins = cluster(enableAzureRBAC=True, adminGroupObjectIDs=[stranger.id])
    assert right(admins, "kubectl get", CLUSTER, stranger).verdict is Verdict.OPEN
    assert right(cluster(enableAzureRBAC=False), "kubectl get", CLUSTER, stranger).verdict is Verdict.UNKNOWN


def test_a_word_without_a_right_needs_none() -> None:
    assert right(declared(), "send telemetry", ACCOUNT).verdict is Verdict.OPEN
