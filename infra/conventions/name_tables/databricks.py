"""Names of Databricks resources and workspace objects."""

from __future__ import annotations

from infra.conventions.name_tables.rule import (
    NAME_RULES_PAGE,
    OWN_ABBREVIATION,
    RESOURCE_GROUP_PATTERN,
    RESOURCE_GROUP_TEXT,
    NameRule,
    NameScope,
    ResourceKind,
)

_DATABRICKS = r"[a-zA-Z0-9_-]+"
_DATABRICKS_TEXT = "letters, digits, '-' and '_'"

DATABRICKS_RULES: dict[ResourceKind, NameRule] = {
    ResourceKind.DATABRICKS_WORKSPACE: NameRule(
        "dbw",
        3,
        64,
        _DATABRICKS,
        _DATABRICKS_TEXT,
        NameScope.RESOURCE_GROUP,
        "Azure REST spec databricks 2026-01-01 (resource-name-rules still says 30)",
    ),
    ResourceKind.DATABRICKS_ACCESS_CONNECTOR: NameRule(
        "dbac",
        3,
        64,
        _DATABRICKS,
        _DATABRICKS_TEXT,
        NameScope.RESOURCE_GROUP,
        f"Azure REST spec databricks 2026-01-01; {OWN_ABBREVIATION}",
    ),
    ResourceKind.DATABRICKS_MANAGED_RESOURCE_GROUP: NameRule(
        "rg-dbw-managed",
        1,
        90,
        RESOURCE_GROUP_PATTERN,
        RESOURCE_GROUP_TEXT,
        NameScope.SUBSCRIPTION,
        f"{NAME_RULES_PAGE}; must not exist before the workspace, which creates it",
    ),
    ResourceKind.DATABRICKS_OBJECT: NameRule(
        "",
        1,
        99,
        r"[a-zA-Z0-9]([a-zA-Z0-9 _.()\[\]-]*[a-zA-Z0-9_.)\]-])?",
        "letters, digits, space, '_', '-', '.', and brackets, first a letter or digit",
        NameScope.PARENT,
        "docs.databricks.com REST API: cluster policy and instance pool 1-100, SQL warehouse below 100, "
        "job 4096 bytes: the shortest; the characters are our choice, Databricks allows more",
        shows_region=False,
    ),
    ResourceKind.DATABRICKS_SERVING_ENDPOINT: NameRule(
        "",
        1,
        63,
        r"[a-zA-Z0-9]([a-zA-Z0-9_-]*[a-zA-Z0-9])?",
        "letters, digits, '-' and '_', both ends a letter or digit",
        NameScope.PARENT,
        "learn.microsoft.com databricks cli serving-endpoints: letters, digits, dashes, underscores; 63 is our "
        "choice, a DNS label's length",
        shows_region=False,
    ),
    ResourceKind.DATABRICKS_NETWORK_CONNECTIVITY: NameRule(
        "ncc",
        3,
        30,
        r"[a-zA-Z0-9_-]+",
        "letters, digits, '-' and '_'",
        NameScope.PARENT,
        "learn.microsoft.com databricks cli account network-connectivity: 3 to 30; " + OWN_ABBREVIATION,
    ),
    ResourceKind.UNITY_CATALOG_OBJECT: NameRule(
        "",
        1,
        255,
        r"[a-z][a-z0-9_]*",
        "lowercase letters, digits and '_', first a letter",
        NameScope.PARENT,
        "learn.microsoft.com databricks sql-ref-names: at most 255, no '.', space or '/'; lowercase and without "
        "'-' is our choice, so that SQL needs no quotes",
        separator="_",
        lowercase=True,
        shows_region=False,
    ),
}
