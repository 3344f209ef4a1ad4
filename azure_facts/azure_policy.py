"""The language of Azure Policy: its effects, modes, operators and functions, and what it leaves out.

Each table names the page that it was read from. Names are in the spelling of that page; Azure compares them without
regard to case.
"""

from __future__ import annotations

import datetime

from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
_CONCEPTS = "learn.microsoft.com azure/governance/policy/concepts"

EFFECTS_SOURCE = Source(f"{_CONCEPTS}/effect-basics", _READ)
RULE_SOURCE = Source(f"{_CONCEPTS}/definition-structure-policy-rule", _READ)
ARRAYS_SOURCE = Source("learn.microsoft.com azure/governance/policy/how-to/author-policies-for-arrays", _READ)
FUNCTIONS_SOURCE = Source(
    "learn.microsoft.com azure/azure-resource-manager/templates/template-functions-{array, comparison, logical, "
    "numeric, object, string}",
    _READ,
)
MODES_SOURCE = Source(f"{_CONCEPTS}/definition-structure-basics", _READ)
ASSIGNMENT_SOURCE = Source(f"{_CONCEPTS}/assignment-structure", _READ)
SELECTOR_SOURCE = Source("Azure/bicep-types-az microsoft.authorization 2026-06-01, SelectorKind", _READ)
EXEMPTION_SOURCE = Source(f"{_CONCEPTS}/exemption-structure", _READ)
APPLICABILITY_SOURCE = Source(f"{_CONCEPTS}/policy-applicability", _READ)
DENY_SOURCE = Source(
    "learn.microsoft.com azure/azure-resource-manager/troubleshooting/error-policy-requestdisallowedbypolicy",
    _READ,
)
DENY_ACTION_SOURCE = Source(f"{_CONCEPTS}/effect-deny-action", _READ)
MODIFY_SOURCE = Source(f"{_CONCEPTS}/effect-modify", _READ)
APPEND_SOURCE = Source(f"{_CONCEPTS}/effect-append", _READ)
AUDIT_IF_NOT_EXISTS_SOURCE = Source(f"{_CONCEPTS}/effect-audit-if-not-exists", _READ)
DEPLOY_IF_NOT_EXISTS_SOURCE = Source(f"{_CONCEPTS}/effect-deploy-if-not-exists", _READ)

EFFECTS = (
    "addToNetworkGroup",
    "append",
    "audit",
    "auditIfNotExists",
    "deny",
    "denyAction",
    "deployIfNotExists",
    "disabled",
    "manual",
    "modify",
    "mutate",
)
"""Source: `EFFECTS_SOURCE`."""

EFFECTS_NOT_ON_REQUESTS = ("addToNetworkGroup", "auditAction", "manual", "mutate")
"""Effects that no request to create or change a resource meets: members of a network manager's group, deletions that
are only noted, attestations by people, objects inside a cluster. Sources: the page of each effect beside
`EFFECTS_SOURCE`; of `auditAction`, which has none, the built-in definition Azure/azure-policy
policyDefinitions/General/MFA_DenyAction.json, read 2026-11-30."""

RESOURCE_MANAGER_MODES = ("all", "indexed")
"""Every other mode is judged by a resource provider. No mode means `indexed`. Source: `MODES_SOURCE`."""

RESOURCE_GROUP_TYPE = "Microsoft.Resources/subscriptions/resourceGroups"
SUBSCRIPTION_TYPE = "Microsoft.Resources/subscriptions"

NOT_EVALUATED_NAMESPACE = "Microsoft.Resources"
"""Azure Policy evaluates nothing of this provider but resource groups and subscriptions. Source:
`APPLICABILITY_SOURCE`."""

EXTENSION_TYPES = (
    "Microsoft.Authorization/locks",
    "Microsoft.Authorization/roleAssignments",
    "Microsoft.EventGrid/eventSubscriptions",
    "Microsoft.GuestConfiguration/guestConfigurationAssignments",
    "Microsoft.Insights/dataCollectionRuleAssociations",
    "Microsoft.Insights/diagnosticSettings",
    "Microsoft.KubernetesConfiguration/extensions",
    "Microsoft.KubernetesConfiguration/fluxConfigurations",
    "Microsoft.KubernetesConfiguration/sourceControlConfigurations",
    "Microsoft.Maintenance/configurationAssignments",
    "Microsoft.Security/advancedThreatProtectionSettings",
    "Microsoft.Security/defenderForStorageSettings",
)
"""Types whose resources extend another one and are looked for in its scope.

Sources, read 2026-11-30: learn.microsoft.com azure/azure-resource-manager/management/extension-resource-types; of those
that the page does not have, Azure/azure-rest-api-specs Microsoft.Security 2022-12-01-preview
defenderForStorageSettings.json, and for a cluster's extensions the ids of pulumi-azure-native 3.29.0."""

ALWAYS_THERE = (
    "Microsoft.Security/advancedThreatProtectionSettings",
    "Microsoft.Security/defenderForStorageSettings",
    "Microsoft.Storage/storageAccounts/blobServices",
    "Microsoft.Storage/storageAccounts/fileServices",
    "Microsoft.Storage/storageAccounts/queueServices",
    "Microsoft.Storage/storageAccounts/tableServices",
)
"""Resources that a service makes with the one around them, by the one name that they may have.

Sources, read 2026-11-30: Azure/azure-rest-api-specs Microsoft.Security 2022-12-01-preview
defenderForStorageSettings.json (settingName, `current`, set by a plan of the subscription); of a storage account's
services, pulumi-azure-native 3.29.0, storage ("must be 'default'")."""

LONGEST_EXPRESSION = 81_920
"""Characters. Source: `RULE_SOURCE`, limits enforced during authoring."""

DEEPEST_FUNCTIONS = 64
"""Source: `RULE_SOURCE`, limits enforced during authoring."""

LONGEST_RESULT = 131_072
"""Characters of a text that a function returns; more of them is a failure, which denies. Source: `RULE_SOURCE`, limits
enforced during evaluation."""

DEEPEST_OBJECT = 128
"""Levels of what a function is given or returns. Source: `RULE_SOURCE`, limits enforced during evaluation."""

DELETION_NEVER_DENIED = (
    "Microsoft.Authorization/denyAssignments",
    "Microsoft.Authorization/locks",
    "Microsoft.Authorization/policyAssignments",
    "Microsoft.Blueprint/blueprintAssignments",
    "Microsoft.Resources/deploymentStacks",
    "Microsoft.Resources/subscriptions",
)
"""What `denyAction` lets everybody delete, so that nobody is locked out. Source: `DENY_ACTION_SOURCE`."""

FUNCTIONS_OF_POLICY = ("addDays", "current", "field", "ipRangeContains", "policy", "requestContext", "utcNow")
"""Functions that templates lack, or that mean something else there. Source: `RULE_SOURCE`."""

FUNCTIONS_NOT_IN_POLICY = (
    "copyIndex",
    "dateTimeAdd",
    "dateTimeFromEpoch",
    "dateTimeToEpoch",
    "deployment",
    "environment",
    "extensionResourceId",
    "lambda",
    "listAccountSas",
    "listKeys",
    "listSecrets",
    "managementGroup",
    "newGuid",
    "pickZones",
    "providers",
    "reference",
    "resourceId",
    "subscriptionResourceId",
    "tenantResourceId",
    "tenant",
    "variables",
)
"""Functions of templates that a policy rule cannot use; nor any other that begins with `list`. Source:
`RULE_SOURCE`."""


def allows_version(pattern: str, version: str) -> bool:
    """Whether a version of a definition or initiative, `major.minor.patch` with perhaps `-preview`, is one of those
    that an assignment or an initiative names: `1.*.*`, `1.2.*`, `3.*.*-preview`. The last allows previews beside the
    others: Microsoft's own initiatives name it for definitions that have left their preview.

    Sources: `ASSIGNMENT_SOURCE`, Policy definition ID and version; Azure/azure-policy built-in-policies, 108 members
    of policySetDefinitions, read 2026-11-30.
    """
    (asked, _, kind), (said, _, other_kind) = pattern.lower().partition("-"), version.lower().partition("-")
    parts = asked.split("."), said.split(".")
    return other_kind in ("", kind) and all(one in ("*", other) for one, other in zip(*parts, strict=False))


def version_order(version: str) -> tuple[int, ...]:
    """By which versions sort from old to new, previews before what they became; parts that are no numbers count for
    nothing."""
    numbers, _, kind = version.partition("-")
    return (*(int(part) for part in numbers.split(".") if part.isdecimal()), 0 if kind else 1)
