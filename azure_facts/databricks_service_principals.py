"""Who may use and who may manage a service principal of the Databricks account."""

from __future__ import annotations

import datetime

from azure_facts.source import Source

ROLES_PAGE = Source(
    "learn.microsoft.com azure/databricks/security/auth-authz/access-control/service-principal-acl",
    datetime.date(2026, 11, 30),
)
"""A manager does not inherit the user's role; who creates a principal is its manager, and account admins are every
one's."""
RULE_SET_PAGE = Source(
    "databricks/terraform-provider-databricks docs/resources/access_control_rule_set.md",
    datetime.date(2026, 11, 30),
)
"""A rule set is the whole list: what it leaves out it takes away."""

USER_ROLE = "roles/servicePrincipal.user"
"""Lets jobs run as the principal, and change such jobs; workspace admins need it too."""
MANAGER_ROLE = "roles/servicePrincipal.manager"
"""Lets change the principal's roles, and set its git credentials."""


def rule_set_name(account_id: str, application_id: str) -> str:
    """The name of the one rule set that a service principal has."""
    return f"accounts/{account_id}/servicePrincipals/{application_id}/ruleSets/default"


def application_of(name: str) -> str | None:
    """The application id in the name of a service principal's rule set, None for the rule set of anything else."""
    parts = name.split("/")
    is_principal = len(parts) == 6 and parts[0] == "accounts" and parts[2] == "servicePrincipals"
    return parts[3] if is_principal and parts[4:] == ["ruleSets", "default"] else None


def group_in_rules(display_name: str) -> str:
    """An account group as the rules of a rule set name it."""
    return f"groups/{display_name}"
