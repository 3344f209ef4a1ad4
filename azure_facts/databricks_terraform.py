"""Terraform's names of the databricks/databricks provider, of which pulumi-databricks is a translation.

The bridge turns `job_cluster` into `jobClusters`: camelCase, and the plural for a list. So a name leads back by its
words, but for plurals that Terraform has in the singular: those are the table (data/databricks_terraform.json). It is
derived from pulumi-databricks' provider/cmd/pulumi-resource-databricks/bridge-metadata.json by
`python -m rehearsal.export.deriving.terraform`; the file says of which commit and day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from azure_facts.data_files import FactsError, read_json

_FILE = "databricks_terraform.json"
_PREFIX = "databricks_"
_RESOURCES: Mapping[str, str] = {"MetastoreProvider": "databricks_provider"}
"""By class: a resource whose name the bridge has changed (`renames.resources` of the same file)."""


def terraform_type(class_name: str) -> str:
    """`databricks_cluster_policy` of `ClusterPolicy`."""
    return _RESOURCES.get(class_name, _PREFIX + in_words(class_name))


def terraform_name(class_name: str, property_name: str) -> str:
    """Terraform's argument or block of a property of a class, for instance `task` of `tasks` of `Job`."""
    return _singulars().get(class_name, {}).get(property_name, in_words(property_name))


def in_words(name: str) -> str:
    """`existing_cluster_id` of `existingClusterId`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


@cache
def _singulars() -> Mapping[str, Mapping[str, str]]:
    content = read_json(_FILE)
    names = content.get("names") if isinstance(content, dict) else None
    if not isinstance(names, dict):
        raise FactsError(f"azure_facts/data/{_FILE} is damaged: it has no table `names`; install again")
    return {str(owner): _texts(row) for owner, row in names.items()}


def _texts(row: object) -> Mapping[str, str]:
    if not isinstance(row, dict):
        raise FactsError(f"azure_facts/data/{_FILE} is damaged: {row!r} is no table; install again")
    return {str(key): str(value) for key, value in row.items()}
