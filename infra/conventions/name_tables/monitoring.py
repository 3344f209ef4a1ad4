"""Names of what watches, and of what acts on it."""

from __future__ import annotations

from infra.conventions.name_tables.rule import (
    NAME_RULES_PAGE,
    OWN_ABBREVIATION,
    NameRule,
    NameScope,
    ResourceKind,
)

_ALERT = r"[^*#&+:<>?@%{}\\/]*[^*#&+:<>?@%{}\\/ .]"
_ALERT_TEXT = (
    "no '*', '#', '&', '+', ':', '<', '>', '?', '@', '%', '{', '}', '\\' or '/', last no space or '.'"
)

MONITORING_RULES: dict[ResourceKind, NameRule] = {
    ResourceKind.LOG_ALERT: NameRule(
        "la", 1, 260, _ALERT, _ALERT_TEXT, NameScope.RESOURCE_GROUP, f"{NAME_RULES_PAGE}; {OWN_ABBREVIATION}"
    ),
    ResourceKind.WEB_TEST: NameRule(
        "wt", 1, 260, _ALERT, _ALERT_TEXT, NameScope.RESOURCE_GROUP, f"{NAME_RULES_PAGE}; {OWN_ABBREVIATION}"
    ),
    ResourceKind.AUTOSCALE_SETTING: NameRule(
        "as", 1, 260, _ALERT, _ALERT_TEXT, NameScope.RESOURCE_GROUP, f"{NAME_RULES_PAGE}; {OWN_ABBREVIATION}"
    ),
    ResourceKind.LOGIC_APP: NameRule(
        "logic",
        1,
        43,
        r"[a-zA-Z0-9][a-zA-Z0-9_.()-]*",
        "letters, digits, '-', '_', '.', '(' and ')', first a letter or digit",
        NameScope.RESOURCE_GROUP,
        NAME_RULES_PAGE,
    ),
    ResourceKind.EVENT_GRID_SYSTEM_TOPIC: NameRule(
        "egst",
        3,
        50,
        r"[a-zA-Z0-9-]+",
        "letters, digits and '-'",
        NameScope.RESOURCE_GROUP,
        NAME_RULES_PAGE,
    ),
    ResourceKind.EVENT_GRID_SUBSCRIPTION: NameRule(
        "",
        3,
        64,
        r"[a-zA-Z0-9-]+",
        "letters, digits and '-'",
        NameScope.PARENT,
        NAME_RULES_PAGE,
        shows_environment=False,
        shows_region=False,
    ),
    ResourceKind.REGISTRY_TASK: NameRule(
        "",
        5,
        50,
        r"[a-zA-Z0-9_-]+",
        "letters, digits, '-' and '_'",
        NameScope.PARENT,
        "Azure REST spec containerregistry 2019-06-01-preview",
        shows_environment=False,
        shows_region=False,
    ),
}
