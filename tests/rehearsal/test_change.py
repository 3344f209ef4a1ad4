"""What a change comes to: the provider's decision, and what Azure says to an update that it never makes."""

from __future__ import annotations

import pytest

from rehearsal.cloud.change import Change, ResourceRecord, plan_change
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.resource import Options
from rehearsal.model.values import Secret

GROUP = {"resourceGroupName": "rg-ml-dev", "location": "westeurope"}
STORAGE = "azure-native:storage:StorageAccount"
VAULT = "azure-native:keyvault:Vault"
WORKSPACE = "azure-native:machinelearningservices:Workspace"
COMPUTE = "azure-native:machinelearningservices:Compute"
CLUSTER = "azure-native:containerservice:ManagedCluster"
GRANT = "azure-native:authorization:RoleAssignment"
REGISTRY = "azure-native:machinelearningservices:Registry"
REPO = "databricks:index/repo:Repo"


NO_OPTIONS = Options()


def record(token: str, inputs: dict[str, object], options: Options = NO_OPTIONS) -> ResourceRecord:
    return ResourceRecord(f"urn:pulumi:dev::sample::{token}::it", token, inputs, options=options)


def change(
    token: str, old: dict[str, object], new: dict[str, object], options: Options = NO_OPTIONS
) -> Change:
    return plan_change(record(token, {**GROUP, **old}), record(token, {**GROUP, **new}, options))


def test_nothing_differs_also_when_only_a_secret_mark_does() -> None:
    same = plan_change(record(STORAGE, {"tags": {"a": Secret("b")}}), record(STORAGE, {"tags": {"a": "b"}}))
    assert same.kind is ChangeKind.SAME
    assert same.paths == ()


def test_an_update_names_the_leaves_that_differ() -> None:
    update = change(
        STORAGE,
        {"accountName": "st", "sku": {"name": "Standard_LRS"}, "tags": {"a": "1"}},
        {"accountName": "st", "sku": {"name": "Standard_ZRS"}, "tags": {"a": "1", "b c": "2"}},
    )
    assert (update.kind, update.paths) == (ChangeKind.UPDATE, ("sku.name", 'tags["b c"]'))
    assert update.refusal is None


@pytest.mark.parametrize(
    ("token", "old", "new", "replaces"),
    [
        (
            STORAGE,
            {"accountName": "st", "isHnsEnabled": False},
            {"accountName": "st", "isHnsEnabled": True},
            "isHnsEnabled",
        ),
        (STORAGE, {"accountName": "stone"}, {"accountName": "sttwo"}, "accountName"),
        (
            CLUSTER,
            {"networkProfile": {"podCidr": "10.0.0.0/16"}},
            {"networkProfile": {"podCidr": "10.1.0.0/16"}},
            "networkProfile.podCidr",
        ),
        (GRANT, {"principalId": "a"}, {"principalId": "b"}, "principalId"),
        (REPO, {"url": "https://a"}, {"url": "https://b"}, "url"),
        (
            REPO,
            {"path": "/Shared/a"},
            {"path": "/Shared/a", "sparseCheckout": {"patterns": ["a"]}},
            "sparseCheckout.patterns",
        ),
        ("databricks:index/secretScope:SecretScope", {"name": "a"}, {"name": "b"}, "name"),
        ("databricks:index/permissions:Permissions", {"jobId": "1"}, {"jobId": "2"}, "jobId"),
    ],
)
def test_what_the_provider_replaces(
    token: str, old: dict[str, object], new: dict[str, object], replaces: str
) -> None:
    found = change(token, old, new)
    assert (found.kind, found.replaces) == (ChangeKind.REPLACE, (replaces,))


REDUNDANCY = "regionDetails[*].storageAccountDetails[*].systemCreatedStorageAccount.storageAccountType"


def region(redundancy: str, location: str = "westeurope") -> dict[str, object]:
    account = {"systemCreatedStorageAccount": {"storageAccountType": redundancy}}
    return {"location": location, "storageAccountDetails": [account]}


def test_a_path_through_lists_replaces_for_what_changes_and_not_for_what_is_added() -> None:
    one, other = [region("Standard_LRS")], [region("Standard_ZRS")]
    more = [*one, region("Standard_LRS", "northeurope")]
    options = Options(replace_on_changes=(REDUNDANCY,))
    changed = change(REGISTRY, {"regionDetails": one}, {"regionDetails": other}, options)
    assert changed.kind is ChangeKind.REPLACE
    assert changed.replaces == (REDUNDANCY.replace("*", "0"),)
    for old, new in ((one, more), (more, one)):
        assert (
            change(REGISTRY, {"regionDetails": old}, {"regionDetails": new}, options).kind
            is ChangeKind.UPDATE
        )
    whole = change(REGISTRY, {"a": one}, {"a": more}, Options(replace_on_changes=("a",)))
    assert whole.kind is ChangeKind.REPLACE


@pytest.mark.parametrize(
    ("token", "old", "new"),
    [
        (
            CLUSTER,
            {"networkProfile": {"loadBalancerSku": "basic"}},
            {"networkProfile": {"loadBalancerSku": "standard"}},
        ),
        (REPO, {"sparseCheckout": {"patterns": ["a"]}}, {"sparseCheckout": {"patterns": ["b"]}}),
        (REPO, {"branch": "main"}, {"branch": "release"}),
    ],
)
def test_what_it_updates_in_place(token: str, old: dict[str, object], new: dict[str, object]) -> None:
    found = change(token, old, new)
    assert (found.kind, found.refusal) == (ChangeKind.UPDATE, None)


@pytest.mark.parametrize(
    ("token", "old", "new", "code", "path"),
    [
        (
            WORKSPACE,
            {"storageAccount": "/a"},
            {"storageAccount": "/b"},
            "PropertyChangeNotAllowed",
            "storageAccount",
        ),
        (
            GRANT,
            {"roleDefinitionId": "/a"},
            {"roleDefinitionId": "/b"},
            "RoleAssignmentUpdateNotPermitted",
            "roleDefinitionId",
        ),
        (
            COMPUTE,
            {"tags": {"a": "1"}, "properties": {"computeType": "ComputeInstance"}},
            {"tags": {"a": "2"}, "properties": {"computeType": "ComputeInstance"}},
            "PropertyChangeNotAllowed",
            "tags.a",
        ),
        (
            CLUSTER,
            {"agentPoolProfiles": [{"vmSize": "a"}]},
            {"agentPoolProfiles": [{"vmSize": "b"}]},
            "PropertyChangeNotAllowed",
            "agentPoolProfiles[0].vmSize",
        ),
        (
            WORKSPACE,
            {"managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound"}},
            {"managedNetwork": {"isolationMode": "AllowInternetOutbound"}},
            "BadRequest",
            "managedNetwork.isolationMode",
        ),
        (
            "azure-native:operationalinsights:Workspace",
            {},
            {"location": "northeurope"},
            "InvalidResourceLocation",
            "location",
        ),
    ],
)
def test_what_previews_as_an_update_and_fails(
    token: str, old: dict[str, object], new: dict[str, object], code: str, path: str
) -> None:
    found = change(token, old, new)
    assert found.kind is ChangeKind.UPDATE
    assert found.refusal is not None
    assert (found.refusal.code, found.refusal.path) == (code, path)
    assert found.refusal.source


def test_a_one_way_switch_may_go_its_way() -> None:
    found = change(
        WORKSPACE,
        {"managedNetwork": {"isolationMode": "AllowInternetOutbound"}},
        {"managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound"}},
    )
    assert (found.kind, found.refusal) == (ChangeKind.UPDATE, None)


def test_leaving_a_property_out_of_a_request_changes_nothing_at_the_service() -> None:
    found = change(WORKSPACE, {"hbiWorkspace": True}, {})
    assert (found.kind, found.paths, found.refusal) == (ChangeKind.UPDATE, ("hbiWorkspace",), None)


def test_ignored_changes_do_not_count_and_asked_replacements_do() -> None:
    old: dict[str, object] = {"storageAccount": "/a", "tags": {"a": "1"}}
    new: dict[str, object] = {"storageAccount": "/b", "tags": {"a": "2"}}
    ignored = change(WORKSPACE, old, new, Options(ignore_changes=("storageAccount", "tags")))
    assert ignored.kind is ChangeKind.SAME
    asked = change(WORKSPACE, old, new, Options(replace_on_changes=("storageAccount",)))
    assert (asked.kind, asked.replaces) == (ChangeKind.REPLACE, ("storageAccount",))


def test_a_given_name_deletes_first_and_one_that_the_provider_made_up_does_not() -> None:
    given = change(STORAGE, {"accountName": "st"}, {"accountName": "st", "isHnsEnabled": True})
    made_up = change(STORAGE, {}, {"isHnsEnabled": True})
    assert (given.delete_before_replace, made_up.delete_before_replace) == (True, False)
    asked = change(
        STORAGE, {"accountName": "st"}, {"accountName": "st2"}, Options(delete_before_replace=False)
    )
    assert asked.delete_before_replace is False
    pool = "databricks:index/instancePool:InstancePool"
    assert change(pool, {"nodeTypeId": "a"}, {"nodeTypeId": "b"}).delete_before_replace is False
    schema = "databricks:index/schema:Schema"
    assert change(schema, {"name": "a"}, {"name": "b"}).delete_before_replace is True


def test_a_protected_resource_is_not_replaced() -> None:
    old = record(STORAGE, {"accountName": "st"}, Options(protect=True))
    found = plan_change(
        old, record(STORAGE, {"accountName": "st", "isHnsEnabled": True}, Options(protect=True))
    )
    assert found.kind is ChangeKind.REPLACE
    assert found.refusal is not None
    assert (found.refusal.rule, found.refusal.path) == ("ENG003", "protect")


def test_protection_may_be_taken_away_in_the_step_that_replaces() -> None:
    old = record(STORAGE, {"accountName": "st"}, Options(protect=True))
    found = plan_change(old, record(STORAGE, {"accountName": "st", "isHnsEnabled": True}))
    assert (found.kind, found.refusal) == (ChangeKind.REPLACE, None)


def test_a_resource_is_replaced_before_its_new_protection_counts() -> None:
    new = record(STORAGE, {"accountName": "st", "isHnsEnabled": True}, Options(protect=True))
    found = plan_change(record(STORAGE, {"accountName": "st"}), new)
    assert (found.kind, found.refusal) == (ChangeKind.REPLACE, None)


def test_a_name_held_after_deletion_stops_the_replacement_and_another_name_does_not() -> None:
    old: dict[str, object] = {"workspaceName": "mlw-ml-dev", "kind": "Default"}
    held = change(WORKSPACE, old, {**old, "kind": "Hub"}, Options(replace_on_changes=("kind",)))
    assert held.refusal is not None
    assert (held.refusal.rule, held.refusal.status) == ("CHG003", 409)
    assert "holds its name for 14 days" in held.refusal.message
    fresh = change(WORKSPACE, old, {"workspaceName": "mlw-ml-dev-g2", "kind": "Default"})
    assert (fresh.kind, fresh.refusal) == (ChangeKind.REPLACE, None)


def test_two_types_are_no_change() -> None:
    with pytest.raises(ValueError, match="no change turns one into the other"):
        plan_change(record(STORAGE, {}), record(VAULT, {}))
