"""Azure: operations on scopes, what is inherited, what a request's inputs ask for besides."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from azure_facts.abac_conditions import parse_condition
from azure_facts.roles import built_in_role
from rehearsal.authorisation.authority import Authority
from rehearsal.authorisation.azure_needs import azure_needs
from rehearsal.authorisation.azure_rights import least_role
from rehearsal.authorisation.model import HeldRole, Identity, Lifecycle
from rehearsal.authorisation.sent import Sent, Verb

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000001"
GROUP = f"{SUBSCRIPTION}/resourceGroups/rg"
HUB = "/subscriptions/00000000-0000-0000-0000-000000000005/resourceGroups/hub/providers/Microsoft.Network"
IDENTITY = f"{GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i"
SUBNET = f"{HUB}/virtualNetworks/v/subnets/s"
LOGS = f"{GROUP}/providers/Microsoft.OperationalInsights/workspaces/w"
ACCOUNT = f"{GROUP}/providers/Microsoft.Storage/storageAccounts/st"


def sent(
    kind: str, arm_id: str, inputs: Mapping[str, object] | None = None, *, repeats: bool = False
) -> Sent:
    return Sent(f"urn:pulumi:dev::p::{kind}::x", kind, arm_id, inputs or {}, repeats=repeats)


def who(*roles: tuple[str, str], object_id: str = "", condition: str = "") -> Identity:
    judge = parse_condition(condition) if condition else None
    held = tuple(HeldRole(role, scope, built_in_role(role).permissions, judge) for role, scope in roles)
    return Identity("ci", "deploys", object_id, held)


def authority() -> Authority:
    return Authority(Lifecycle("Acts.dev.yaml", "s", {}, ()))


STORAGE = sent("azure-native:storage:StorageAccount", ACCOUNT)


@pytest.mark.parametrize(
    ("role", "scope", "allowed"),
    [
        ("Contributor", SUBSCRIPTION, True),
        ("Contributor", GROUP.upper(), True),
        ("Storage Account Contributor", ACCOUNT, True),
        ("Contributor", f"{SUBSCRIPTION}/resourceGroups/r", False),
        ("Reader", SUBSCRIPTION, False),
        ("Storage Blob Data Owner", SUBSCRIPTION, False),
    ],
)
def test_rights_are_inherited_by_scope(role: str, scope: str, *, allowed: bool) -> None:
    denials = list(authority().lacking(who((role, scope)), STORAGE, Verb.CREATE))
    assert (not denials) is allowed
    if denials:
        assert denials[0].code == "AuthorizationFailed"
        assert f"'Microsoft.Storage/storageAccounts/write' over scope '{ACCOUNT}'" in denials[0].message
        assert denials[0].remedy.startswith("Microsoft.Storage/storageAccounts/write (")


def test_what_a_role_takes_back_is_not_held() -> None:
    lock = sent(
        "azure-native:authorization:ManagementLockByScope",
        f"{ACCOUNT}/providers/Microsoft.Authorization/locks/keep",
        {"level": "CanNotDelete"},
    )
    assert list(authority().lacking(who(("Contributor", SUBSCRIPTION)), lock, Verb.CREATE))
    both = who(("Contributor", SUBSCRIPTION), ("Locks Contributor", SUBSCRIPTION))
    assert list(authority().lacking(both, lock, Verb.CREATE)) == []


def test_a_standing_lock_refuses_a_deletion_until_it_goes() -> None:
    lock = sent(
        "azure-native:authorization:ManagementLockByScope",
        f"{GROUP}/providers/Microsoft.Authorization/locks/keep",
        {"level": "CanNotDelete"},
    )
    owner, judge = who(("Owner", SUBSCRIPTION)), authority()
    judge.carried_out(owner, lock, Verb.CREATE)
    (denial,) = judge.lacking(owner, STORAGE, Verb.DELETE)
    assert (denial.status, denial.code) == (409, "ScopeLocked")
    assert list(judge.lacking(owner, lock, Verb.DELETE)) == []
    judge.carried_out(owner, lock, Verb.DELETE)
    assert list(judge.lacking(owner, STORAGE, Verb.DELETE)) == []


LINKS = [
    (
        "azure-native:network:PrivateEndpoint",
        f"{GROUP}/providers/Microsoft.Network/privateEndpoints/pe",
        {
            "subnet": {"id": f"{HUB}/virtualNetworks/v/subnets/s"},
            "privateLinkServiceConnections": [{"privateLinkServiceId": ACCOUNT}],
        },
        [
            "Microsoft.Network/virtualNetworks/subnets/join/action",
            "Microsoft.Storage/storageAccounts/privateEndpointConnectionsApproval/action",
        ],
    ),
    (
        "azure-native:network:PrivateEndpoint",
        f"{GROUP}/providers/Microsoft.Network/privateEndpoints/pe",
        {"manualPrivateLinkServiceConnections": [{"privateLinkServiceId": ACCOUNT}]},
        [],
    ),
    (
        "azure-native:network:PrivateDnsZoneGroup",
        f"{GROUP}/providers/Microsoft.Network/privateEndpoints/pe/privateDnsZoneGroups/default",
        {"privateDnsZoneConfigs": [{"privateDnsZoneId": f"{HUB}/privateDnsZones/z"}]},
        ["Microsoft.Network/privateDnsZones/join/action"],
    ),
    (
        "azure-native:network:VirtualNetworkPeering",
        f"{GROUP}/providers/Microsoft.Network/virtualNetworks/v/virtualNetworkPeerings/p",
        {"remoteVirtualNetwork": {"id": f"{HUB}/virtualNetworks/v"}},
        ["Microsoft.Network/virtualNetworks/peer/action"],
    ),
    (
        "azure-native:storage:StorageAccount",
        ACCOUNT,
        {
            "identity": {"userAssignedIdentities": {IDENTITY: {}}},
            "networkRuleSet": {"virtualNetworkRules": [{"virtualNetworkResourceId": SUBNET}]},
        },
        [
            "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
            "Microsoft.Network/virtualNetworks/subnets/joinViaServiceEndpoint/action",
        ],
    ),
    (
        "azure-native:authorization:ManagementLockByScope",
        f"{HUB}/virtualNetworks/v/subnets/s/providers/Microsoft.Authorization/locks/l",
        {"scope": f"{HUB}/virtualNetworks/v/subnets/s"},
        [],
    ),
    (
        "azure-native:authorization:RoleDefinition",
        f"{GROUP}/providers/Microsoft.Authorization/roleDefinitions/r",
        {"assignableScopes": [f"{HUB}/virtualNetworks/v"]},
        ["Microsoft.Authorization/roleDefinitions/write"],
    ),
    (
        "azure-native:network:Subnet",
        f"{GROUP}/providers/Microsoft.Network/virtualNetworks/v/subnets/s",
        {"natGateway": {"id": f"{HUB}/natGateways/n"}, "routeTable": {"id": f"{HUB}/routeTables/t"}},
        ["Microsoft.Network/natGateways/join/action", "Microsoft.Network/routeTables/join/action"],
    ),
    (
        "azure-native:network:VirtualNetwork",
        f"{GROUP}/providers/Microsoft.Network/virtualNetworks/v",
        {"subnets": [{"name": "s", "natGateway": {"id": f"{HUB}/natGateways/n"}}]},
        ["Microsoft.Network/natGateways/join/action"],
    ),
    (
        "azure-native:monitor:DiagnosticSetting",
        f"{HUB}/natGateways/n/providers/Microsoft.Insights/diagnosticSettings/d",
        {"resourceUri": f"{HUB}/natGateways/n", "workspaceId": LOGS},
        ["Microsoft.OperationalInsights/workspaces/sharedKeys/action"],
    ),
    (
        "azure-native:monitor:DiagnosticSetting",
        f"{LOGS}/providers/Microsoft.Insights/diagnosticSettings/d",
        {
            "resourceUri": LOGS,
            "eventHubAuthorizationRuleId": f"{GROUP}/providers/Microsoft.EventHub/namespaces/n/authorizationRules/r",
        },
        ["Microsoft.EventHub/namespaces/authorizationRules/listkeys/action"],
    ),
    (
        "azure-native:applicationinsights:Component",
        f"{GROUP}/providers/Microsoft.Insights/components/c",
        {"workspaceResourceId": LOGS},
        [],
    ),
    (
        "azure-native:applicationinsights:Component",
        f"{GROUP}/providers/Microsoft.Insights/components/c",
        {"workspaceResourceId": LOGS.replace("000000000001", "000000000005")},
        ["Microsoft.OperationalInsights/workspaces/sharedKeys/action"],
    ),
    (
        "azure-native:eventgrid:EventSubscription",
        f"{ACCOUNT}/providers/Microsoft.EventGrid/eventSubscriptions/e",
        {"scope": ACCOUNT, "destination": {"endpointType": "StorageQueue", "resourceId": ACCOUNT, "queueName": "q"}},
        ["Microsoft.Storage/storageAccounts/write"],
    ),
    (
        "azure-native:eventgrid:EventSubscription",
        f"{ACCOUNT}/providers/Microsoft.EventGrid/eventSubscriptions/e",
        {"scope": ACCOUNT, "destination": {"endpointType": "WebHook", "endpointUrl": "https://example.com"}},
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "arm_id", "inputs", "operations"), LINKS)
def test_what_a_request_names_is_asked_for_too(
    kind: str, arm_id: str, inputs: Mapping[str, object], operations: list[str]
) -> None:
    found = [need for need in azure_needs(sent(kind, arm_id, inputs), Verb.UPDATE) if need.linked]
    assert sorted(need.operation for need in found) == sorted(operations)


def test_a_missing_link_is_told_as_azure_tells_it() -> None:
    kind, arm_id, inputs, (operation,) = LINKS[2]
    (denial,) = authority().lacking(who(("Contributor", GROUP)), sent(kind, arm_id, inputs), Verb.UPDATE)
    assert (denial.rule, denial.code) == ("AUT301", "LinkedAuthorizationFailed")
    assert f"perform action '{operation}' on the linked scope(s) '{HUB}/privateDnsZones/z'" in denial.message
    assert (
        f"'Microsoft.Network/privateEndpoints/privateDnsZoneGroups/write' on scope '{arm_id}'"
        in denial.message
    )


@pytest.mark.parametrize(
    ("role", "scope", "allowed"),
    [
        ("Network Contributor", f"{HUB}/natGateways/n", True),
        ("Reader", f"{HUB}/natGateways/n", False),
        ("Network Contributor", f"{HUB}/natGateways/other", False),
    ],
)
def test_a_subnet_joins_the_hub_s_gateway_where_a_role_lets_it(
    role: str, scope: str, *, allowed: bool
) -> None:
    subnet = sent(
        "azure-native:network:Subnet",
        f"{GROUP}/providers/Microsoft.Network/virtualNetworks/v/subnets/s",
        {"natGateway": {"id": f"{HUB}/natGateways/n"}},
    )
    found = list(authority().lacking(who(("Contributor", GROUP), (role, scope)), subnet, Verb.CREATE))
    assert [one.rule for one in found] == ([] if allowed else ["AUT301"])


@pytest.mark.parametrize(
    ("role", "allowed"), [("Monitoring Contributor", True), ("Monitoring Reader", False), ("Reader", False)]
)
def test_diagnostics_reach_another_team_s_workspace_where_a_role_lets_them(
    role: str, *, allowed: bool
) -> None:
    logs = LOGS.replace("000000000001", "000000000005")
    setting = sent(
        "azure-native:monitor:DiagnosticSetting",
        f"{ACCOUNT}/providers/Microsoft.Insights/diagnosticSettings/d",
        {"resourceUri": ACCOUNT, "workspaceId": logs},
    )
    found = list(authority().lacking(who(("Contributor", GROUP), (role, logs)), setting, Verb.CREATE))
    assert [(one.rule, one.scope) for one in found] == ([] if allowed else [("AUT301", logs)])


@pytest.mark.parametrize(
    ("role", "allowed"), [("EventGrid EventSubscription Contributor", True), ("Reader", False)]
)
def test_who_subscribes_to_a_system_topic_may_on_what_publishes(role: str, *, allowed: bool) -> None:
    judge, source = authority(), ACCOUNT.replace("000000000001", "000000000005")
    ci = who(("Contributor", GROUP), (role, source))
    topic = sent(
        "azure-native:eventgrid:SystemTopic",
        f"{GROUP}/providers/Microsoft.EventGrid/systemTopics/t",
        {"source": source},
    )
    assert list(judge.lacking(ci, topic, Verb.CREATE)) == []
    judge.carried_out(ci, topic, Verb.CREATE)
    subscription = sent(
        "azure-native:eventgrid:SystemTopicEventSubscription", f"{topic.id}/eventSubscriptions/e"
    )
    for later in (judge, judge.copy()):
        found = list(later.lacking(ci, subscription, Verb.CREATE))
        assert [(one.rule, one.scope) for one in found] == ([] if allowed else [("AUT301", source)])
        assert list(later.lacking(ci, subscription, Verb.READ)) == []


def test_a_template_s_resources_are_asked_for_one_by_one() -> None:
    template = {
        "resources": [{"type": "Microsoft.Synapse/workspaces/administrators", "name": "w/activeDirectory"}]
    }
    deployment = sent(
        "azure-native:resources:Deployment",
        f"{GROUP}/providers/Microsoft.Resources/deployments/d",
        {"properties": {"template": template}},
    )
    needs = {(need.operation, need.scope) for need in azure_needs(deployment, Verb.CREATE)}
    inner = f"{GROUP}/providers/Microsoft.Synapse/workspaces/w/administrators/activeDirectory"
    assert ("Microsoft.Synapse/workspaces/administrators/write", inner) in needs
    assert ("Microsoft.Resources/deployments/write", deployment.id) in needs


def assignment(role_id: str, scope: str) -> Sent:
    return sent(
        "azure-native:authorization:RoleAssignment",
        f"{scope}/providers/Microsoft.Authorization/roleAssignments/a",
        {
            "principalId": "OBJECT",
            "principalType": "ServicePrincipal",
            "roleDefinitionId": role_id,
            "scope": scope,
        },
    )


@pytest.mark.parametrize("repeats", [True, False])
def test_a_grant_of_the_same_act_takes_minutes(*, repeats: bool) -> None:
    """It is let through late where the program sends the request again, and told where it does not."""
    judge = authority()
    ci = who(("User Access Administrator", SUBSCRIPTION), object_id="object")
    contributor = built_in_role("Contributor").guid
    judge.carried_out(ci, assignment(f"/providers/x/roleDefinitions/{contributor}", GROUP), Verb.CREATE)
    account = sent("azure-native:storage:StorageAccount", ACCOUNT, repeats=repeats)
    found = list(judge.lacking(ci, account, Verb.CREATE))
    assert all(one.warned for one in found)
    assert (found == []) is repeats
    assert (
        list(judge.copy().lacking(ci, sent("azure-native:storage:StorageAccount", ACCOUNT), Verb.CREATE))
        == []
    )


def test_a_custom_role_of_the_program_gives_what_it_lists() -> None:
    judge, ci = authority(), who(("Owner", GROUP), object_id="object")
    guid = "12345678-0000-4000-8000-000000000000"
    role = sent(
        "azure-native:authorization:RoleDefinition",
        f"{SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/{guid}",
        {"roleName": "Reads", "permissions": [{"actions": ["Microsoft.Storage/*/read"]}]},
    )
    hub = f"{SUBSCRIPTION}/resourceGroups/other"
    other = sent(
        "azure-native:storage:StorageAccount", f"{hub}/providers/Microsoft.Storage/storageAccounts/o"
    )
    assert list(judge.lacking(ci, other, Verb.READ))
    judge.carried_out(ci, role, Verb.CREATE)
    judge.carried_out(ci, assignment(f"x/roleDefinitions/{guid}", hub), Verb.CREATE)
    assert list(judge.copy().lacking(ci, other, Verb.READ)) == []
    assert list(judge.copy().lacking(ci, other, Verb.UPDATE))


def test_a_role_that_no_table_has_is_said_and_not_guessed() -> None:
    judge, ci = authority(), who(("Reader", SUBSCRIPTION), object_id="object")
    judge.carried_out(
        ci, assignment("x/roleDefinitions/11111111-2222-4000-8000-000000000000", GROUP), Verb.CREATE
    )
    (denial,) = judge.copy().lacking(ci, STORAGE, Verb.UPDATE)
    assert (
        "role 11111111-2222-4000-8000-000000000000 is in no table of roles, and may give it" in denial.remedy
    )


@pytest.mark.parametrize(
    ("operation", "role"),
    [
        ("Microsoft.Authorization/locks/write", "Locks Contributor"),
        ("Microsoft.Network/privateDnsZones/join/action", "Private DNS Zone Contributor"),
        ("Microsoft.Network/virtualNetworks/peer/action", "Network Contributor"),
        ("Microsoft.Authorization/roleAssignments/write", "Role Based Access Control Administrator"),
        ("Microsoft.Databricks/workspaces/read", "Reader"),
        ("Nobody.Knows/this", "Contributor"),
    ],
)
def test_the_least_role_is_named(operation: str, role: str) -> None:
    assert least_role(operation) == role


def test_the_least_role_for_several_operations_has_all_of_them() -> None:
    """The least for the first alone approves private endpoints, and reads no assets."""
    registry = "Microsoft.MachineLearningServices/registries"

    assert least_role(f"{registry}/read", f"{registry}/assets/read") == "AzureML Registry User"
    assert least_role(f"{registry}/read", "Nobody.Knows/this") != least_role(f"{registry}/read")
