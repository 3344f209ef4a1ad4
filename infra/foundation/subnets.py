"""What each subnet of the platform's own network is for, beside its range.

No security group has a rule of ours: what Azure's default rules let through (the network itself, and outbound) is what
the services in the subnets need, and what they keep out (everything inbound from elsewhere) is what must stay out. A
rule that says the same again changes nothing (docs/decisions/0067-what-no-promise-needs-is-not-declared.md).
"""

from __future__ import annotations

from collections.abc import Mapping

from infra.conventions.address_plan import SubnetPurpose

DELEGATIONS: Mapping[SubnetPurpose, str] = {
    SubnetPurpose.DATABRICKS_HOST: "Microsoft.Databricks/workspaces",
    SubnetPurpose.DATABRICKS_CONTAINER: "Microsoft.Databricks/workspaces",
    SubnetPurpose.CONTAINER_APPS: "Microsoft.App/environments",
}
"""The service that a subnet is handed to."""

OUTBOUND = frozenset(SubnetPurpose) - {SubnetPurpose.PRIVATE_ENDPOINTS}
"""Subnets that reach out, through the NAT gateway or a firewall: default outbound access ended on 2026-03-31."""
