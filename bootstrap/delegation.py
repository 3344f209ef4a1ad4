"""What the deploying identity may assign: the roles that the access tables name, and no others.

Who may assign any role may assign himself Owner. So the right to assign has a condition
(learn.microsoft.com role-based-access-control/delegate-role-assignments-examples, read 2026-11-30). Its roles are those
of `granted_roles.json`, which `make docs` writes from the access tables and `make check` compares with them.
"""

from __future__ import annotations

import json
from pathlib import Path

from azure_facts.arm_ids import resource_group_id
from bootstrap.options import Options
from infra.conventions.custom_roles import CustomRole, custom_role_guid
from infra.conventions.name_rules import ResourceKind
from infra.conventions.naming import Naming

_GRANTED = Path(__file__).parent / "granted_roles.json"
_PRINCIPALS = ("Group", "ServicePrincipal", "User")
"""Users too: the owner of a compute instance is one person, with a right on the files of its notebooks."""

_ASSIGNMENT = "Microsoft.Authorization/roleAssignments"


def delegation(options: Options) -> str:
    """The condition for one environment: our own roles have GUIDs that follow from its resource group."""
    guids = ", ".join(sorted(_guids(options)))
    principals = ", ".join(f"'{kind}'" for kind in _PRINCIPALS)
    return (
        f"((!(ActionMatches{{'{_ASSIGNMENT}/write'}})) OR "
        f"(@Request[{_ASSIGNMENT}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {{{guids}}} AND "
        f"@Request[{_ASSIGNMENT}:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {{{principals}}})) AND "
        f"((!(ActionMatches{{'{_ASSIGNMENT}/delete'}})) OR "
        f"(@Resource[{_ASSIGNMENT}:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {{{guids}}}))"
    )


def _guids(options: Options) -> set[str]:
    granted = json.loads(_GRANTED.read_text(encoding="utf-8"))[options.kind]
    naming = Naming(
        workload=options.workload,
        environment=options.environment,
        location=options.location,
        unique_seed=options.subscription,
    )
    group = resource_group_id(options.subscription, naming.name(ResourceKind.RESOURCE_GROUP))
    return {
        *granted["built_in"].values(),
        *(custom_role_guid(CustomRole(key), group) for key in granted["custom"]),
    }
