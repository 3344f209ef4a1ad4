"""Names of resource groups, identities, network, monitoring and cost."""

from __future__ import annotations

from infra.conventions.name_tables.rule import (
    NAME_RULES_PAGE,
    OWN_ABBREVIATION,
    RESOURCE_GROUP_PATTERN,
    RESOURCE_GROUP_TEXT,
    WORD,
    WORD_TEXT,
    NameRule,
    NameScope,
    ResourceKind,
)

_NETWORK = r"[a-zA-Z0-9]([a-zA-Z0-9_.-]*[a-zA-Z0-9_])?"
_NETWORK_TEXT = "letters, digits, '_', '.' and '-', first a letter or digit, last a letter, digit or '_'"

FOUNDATION_RULES: dict[ResourceKind, NameRule] = {
    ResourceKind.RESOURCE_GROUP: NameRule(
        "rg", 1, 90, RESOURCE_GROUP_PATTERN, RESOURCE_GROUP_TEXT, NameScope.SUBSCRIPTION, NAME_RULES_PAGE
    ),
    ResourceKind.APPLICATION_INSIGHTS: NameRule(
        "appi",
        1,
        260,
        r"[^%&\\?/]*[^%&\\?/ .]",
        "no '%', '&', '\\', '?' or '/', last no space or '.'",
        NameScope.RESOURCE_GROUP,
        NAME_RULES_PAGE,
    ),
    ResourceKind.LOG_ANALYTICS: NameRule(
        "log",
        4,
        63,
        r"[A-Za-z0-9][A-Za-z0-9-]+[A-Za-z0-9]",
        "letters, digits and '-', first and last a letter or digit",
        NameScope.RESOURCE_GROUP,
        "Azure REST spec operationalinsights 2023-09-01; soft delete: learn.microsoft.com azure-monitor "
        "delete-workspace",
        soft_delete_days=14,
    ),
    ResourceKind.USER_ASSIGNED_IDENTITY: NameRule(
        "id",
        3,
        128,
        WORD,
        WORD_TEXT,
        NameScope.RESOURCE_GROUP,
        NAME_RULES_PAGE,
    ),
    ResourceKind.VIRTUAL_NETWORK: NameRule(
        "vnet", 2, 64, _NETWORK, _NETWORK_TEXT, NameScope.RESOURCE_GROUP, NAME_RULES_PAGE
    ),
    ResourceKind.SUBNET: NameRule(
        "snet",
        1,
        80,
        _NETWORK,
        _NETWORK_TEXT,
        NameScope.PARENT,
        NAME_RULES_PAGE,
        shows_environment=False,
        shows_region=False,
    ),
    ResourceKind.NETWORK_SECURITY_GROUP: NameRule(
        "nsg", 1, 80, _NETWORK, _NETWORK_TEXT, NameScope.RESOURCE_GROUP, NAME_RULES_PAGE
    ),
    ResourceKind.NAT_GATEWAY: NameRule(
        "ng", 1, 80, _NETWORK, _NETWORK_TEXT, NameScope.RESOURCE_GROUP, NAME_RULES_PAGE
    ),
    ResourceKind.PUBLIC_IP: NameRule(
        "pip", 1, 80, _NETWORK, _NETWORK_TEXT, NameScope.RESOURCE_GROUP, NAME_RULES_PAGE
    ),
    ResourceKind.PRIVATE_ENDPOINT: NameRule(
        "pep", 2, 64, _NETWORK, _NETWORK_TEXT, NameScope.RESOURCE_GROUP, NAME_RULES_PAGE
    ),
    ResourceKind.PRIVATE_LINK_SCOPE: NameRule(
        "ampls",
        1,
        255,
        r"[0-9A-Za-z._()-]*[0-9A-Za-z_()-]",
        "letters, digits, '-', '_', '.', '(' and ')', last no '.'",
        NameScope.RESOURCE_GROUP,
        f"{NAME_RULES_PAGE}; {OWN_ABBREVIATION}",
    ),
    ResourceKind.RECOVERY_VAULT: NameRule(
        "rsv",
        2,
        50,
        r"[A-Za-z][A-Za-z0-9-]{1,49}",
        "letters, digits and '-', first a letter",
        NameScope.RESOURCE_GROUP,
        NAME_RULES_PAGE,
    ),
    ResourceKind.ACTION_GROUP: NameRule(
        "ag",
        1,
        260,
        r"[^:<>+/&%\\?|#]*[^:<>+/&%\\?|# .]",
        "no ':', '<', '>', '+', '/', '&', '%', '\\', '?', '|' or '#', last no space or '.'",
        NameScope.RESOURCE_GROUP,
        NAME_RULES_PAGE,
    ),
    ResourceKind.BUDGET: NameRule(
        "bgt",
        1,
        63,
        r"[a-zA-Z0-9_-]+",
        "letters, digits, '-' and '_'",
        NameScope.SUBSCRIPTION,
        f"terraform-provider-azurerm consumption budget; {OWN_ABBREVIATION}",
    ),
    ResourceKind.METRIC_ALERT: NameRule(
        "ma",
        1,
        260,
        r"[^*#&+:<>?@%{}\\/]*[^*#&+:<>?@%{}\\/ .]",
        "no '*', '#', '&', '+', ':', '<', '>', '?', '@', '%', '{', '}', '\\' or '/', last no space or '.'",
        NameScope.RESOURCE_GROUP,
        f"{NAME_RULES_PAGE}; {OWN_ABBREVIATION}",
    ),
    ResourceKind.DIAGNOSTIC_SETTING: NameRule(
        "diag",
        1,
        260,
        r"[^*#&+:<>?@%{}\\/]*[^*#&+:<>?@%{}\\/ .]",
        "no '*', '#', '&', '+', ':', '<', '>', '?', '@', '%', '{', '}', '\\' or '/', last no space or '.'",
        NameScope.PARENT,
        f"{NAME_RULES_PAGE}; {OWN_ABBREVIATION}",
        shows_environment=False,
        shows_region=False,
    ),
    ResourceKind.LOCK: NameRule(
        "lock",
        1,
        90,
        RESOURCE_GROUP_PATTERN,
        RESOURCE_GROUP_TEXT,
        NameScope.PARENT,
        f"{NAME_RULES_PAGE}; {OWN_ABBREVIATION}",
        shows_environment=False,
        shows_region=False,
    ),
}
