"""The access tables as a Markdown page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from azure_facts.roles import Role
from azure_facts.well_known_applications import FIND_AZURE_DATABRICKS
from infra.access.databricks_table import DATABRICKS_TABLE, Entitlements
from infra.access.identity_purpose import Condition
from infra.access.identity_table import IDENTITY_TABLE
from infra.access.table import (
    ACCESS_TABLE,
    CROSS_ENVIRONMENT_ROLES,
    WORKLOAD_RIGHTS,
    AccessScope,
    role_writes,
)
from infra.conventions.custom_roles import CUSTOM_ROLES, CustomRole
from infra.settings.access import Persona
from infra.settings.environment import EnvironmentKind

_INTRODUCTION = f"""\
These tables list who may do what, and where. They are complete: `make preview SHOW=--access` prints the grants of each
environment, and a test compares both. Roles marked **w** let their holder change something. In prod no person has one,
with one exception: an engineer on duty starts and opens the compute instance assigned to them, and has a right on the
notebooks that it mounts. Custom roles have the workload and the environment in their name, and can be assigned only in
the environment's resource group.

Groups, applications and Microsoft's own applications are settings (`mlplatform:access`), by object id. Nonprod and prod
environments need separate groups: otherwise a membership for development would also open production. The
policy AMLP-AC-031 compares the stack files of one folder; `cross_environment_readers` names the groups of another
environment that may read.

```sh
# needs Azure
az ad group show --group NAME --query id            # a group
az ad sp show --id APPLICATION_ID --query id        # an application, or a managed identity
# AzureDatabricks, Microsoft's own application, in your tenant
{FIND_AZURE_DATABRICKS}
```"""


def access_page(written_by: str) -> str:
    """The page; `written_by` is the line that says how it is made."""
    parts = [["# Access", "", written_by, "", _INTRODUCTION, ""]]
    parts += [list(_personas(kind)) for kind in EnvironmentKind]
    parts += [list(section()) for section in (_databricks, _identities, _others, _custom_roles)]
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _personas(kind: EnvironmentKind) -> Iterator[str]:
    yield from (f"## People and CI in a {kind} environment", "")
    rows = [row for row in ACCESS_TABLE if kind in row.kinds]
    yield from _table(
        ("persona", "on", "role", "because"),
        ((row.persona, row.scope, _role(row.role), row.reason) for row in rows),
    )
    yield from ("### Key Vault secrets", "")
    secrets = {row.persona: row.role for row in rows if row.scope is AccessScope.KEY_VAULT}
    yield from _table(
        ("persona", "sees names and dates", "reads values", "sets values"),
        ((persona, *_secret_rights(secrets.get(persona))) for persona in Persona),
    )


def _secret_rights(role: Role | CustomRole | None) -> tuple[str, str, str]:
    sets = role in (Role.KEY_VAULT_SECRETS_OFFICER, Role.KEY_VAULT_ADMINISTRATOR)
    reads = sets or role is Role.KEY_VAULT_SECRETS_USER
    return _tick(role is not None), _tick(reads), _tick(sets)


def _databricks() -> Iterator[str]:
    yield from (
        "## Inside Databricks",
        "",
        "Entitlements of each persona's group. Clusters under a cluster policy need no entitlement.",
        "",
    )
    yield from _table(
        ("persona", "kind", "entitlements"),
        ((persona, kind, _entitlements(given)) for (persona, kind), given in DATABRICKS_TABLE.items()),
    )


def _entitlements(given: Entitlements) -> str:
    names = (
        "workspace-access",
        "databricks-sql-access",
        "allow-cluster-create",
        "allow-instance-pool-create",
    )
    held = [name for name in (*names, "workspace-consume") if getattr(given, name.replace("-", "_"))]
    return ", ".join(held)


_NARROWED = ", but writes nothing of what runs registered"


def _identities() -> Iterator[str]:
    yield from ("## The platform's own identities", "")
    yield from _table(
        ("identity", "on", "role", "because", "where"),
        (
            (
                row.identity,
                row.scope,
                f"{_role(row.role)}{_NARROWED if row.limit else ''}",
                row.reason,
                "" if row.condition is Condition.ALWAYS else row.condition,
            )
            for row in IDENTITY_TABLE
        ),
    )


def _others() -> Iterator[str]:
    yield from ("## Whom settings let in beside the personas", "", "`cross_environment_readers`:", "")
    yield from _table(
        ("scope in settings", "on", "role"),
        ((name, scope, _role(role)) for name, (scope, role) in CROSS_ENVIRONMENT_ROLES.items()),
    )
    yield from ("`workload_identities` and `workload_applications`:", "")
    yield from _table(
        ("right in settings", "on", "role", "because"),
        ((row.right, row.scope, _role(row.role), row.reason) for row in WORKLOAD_RIGHTS),
    )


def _custom_roles() -> Iterator[str]:
    yield from ("## Custom roles", "")
    for role, definition in CUSTOM_ROLES.items():
        yield from (f"### {definition.title}", "", f"`{role}`. {definition.description}", "")
        yield from (f"Source: {definition.source}.", "")
        yield from (f"- `{action}`" for action in definition.actions)
        yield ""


def _role(role: Role | CustomRole) -> str:
    name = CUSTOM_ROLES[role].title if isinstance(role, CustomRole) else role.value
    return f"{name} **w**" if role_writes(role) else name


def _tick(held: bool) -> str:  # noqa: FBT001  # a cell of a table
    return "yes" if held else ""


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield "|" + "---|" * len(header)
    for row in rows:
        yield f"| {' | '.join(str(cell) for cell in row)} |"
    yield ""
