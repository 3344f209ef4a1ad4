"""The form of the ids of azure-native's resource types: under which scope, of which ARM type, named by which inputs.

The table is `data/arm_paths.csv`, 1466 of the 2284 types of pulumi-azure-native 3.29.0. Its column `from` says how a
row was made. `import`: the provider's own example of an id, its names found among the inputs of the same example.
`type`: the ARM type of the type's API version whose segments are named most like the type and its inputs. Compared
with 162 paths that were written by hand, some 5 and 15 of 100 were of another form than the service's; rows of the
kinds that were wrong there are left out. So the table is good enough for an id that a program takes apart, and not for
a refusal.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache

from azure_facts.data_files import read_csv
from azure_facts.source import Source

_READ = datetime.date(2026, 11, 30)
SOURCES: Mapping[str, Source] = {
    "import": Source(
        "danielrbradley/pulumi-azure-native-schema resources/*.md, section Import (the provider's schema, 2023-05-24)",
        _READ,
    ),
    "type": Source(
        "Azure/bicep-types-az generated/*/types.md (2026-08-20), the API versions of pulumi-azure-native 3.29.0",
        _READ,
    ),
}
"""By the column `from`."""

_HEADS: Mapping[str, str] = {
    "group": "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/",
    "subscription": "/subscriptions/{subscriptionId}/providers/",
    "management group": "/providers/Microsoft.Management/managementGroups/{managementGroupId}/providers/",
    "tenant": "/providers/",
}


def arm_path(type_token: str) -> str | None:
    """The template of a type's id, with the names of inputs in braces; None for a type that is not in the table."""
    return _table().get(type_token.removeprefix("azure-native:"))


@cache
def _table() -> Mapping[str, str]:
    return {
        row["type"]: f"{_HEADS.get(row['scope'], row['scope'] + '/providers/')}{row['path']}"
        for row in read_csv("arm_paths.csv", ("type", "scope", "path", "from"))
    }
