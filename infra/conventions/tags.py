"""Tags: the vocabulary every taggable resource carries, and what Azure and Databricks accept.

Owns names, values and limits of tags. Does not decide which resource is taggable.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

ENVIRONMENT = "environment"
WORKLOAD = "workload"
OWNER = "owner"
COST_CENTER = "cost-center"
DATA_CLASSIFICATION = "data-classification"
MANAGED_BY = "managed-by"
COMPONENT = "component"

MANAGED_BY_PULUMI = "pulumi"

# What a finished resource carries. `build_tags` gives all but the component, which `component_tags` adds.
REQUIRED_TAGS = (ENVIRONMENT, WORKLOAD, OWNER, COST_CENTER, DATA_CLASSIFICATION, MANAGED_BY, COMPONENT)

# learn.microsoft.com azure-resource-manager tag-resources, "Limitations". Storage accounts take tag names of
# 128 characters where the others take 512: the shorter holds for all, so that one set of tags fits every
# resource.
MAX_TAGS = 50
MAX_TAG_NAME = 128
MAX_TAG_VALUE = 256
FORBIDDEN_IN_NAMES = "<>%&\\?/"
RESERVED_NAME_PREFIXES = ("microsoft", "azure", "windows")

# learn.microsoft.com databricks pools "Pool tags": at most 43 custom tags, because Databricks adds its own to
# the VMs.
MAX_DATABRICKS_TAGS = 43
# docs.databricks.com "Tag enforcement and limits" and the Clusters API: the keys Databricks sets itself.
DATABRICKS_OWN_TAGS = frozenset(
    {
        "vendor",
        "creator",
        "clustername",
        "clusterid",
        "databricksinstancepoolid",
        "databricksinstancepoolcreatorid",
        "databricksinstancegroupid",
        "databricksenvironment",
        "sqlwarehouseid",
        "runname",
        "jobid",
        "name",
    }
)
_OUTSIDE_DATABRICKS_CHARACTERS = re.compile(r"[^\w +\-=.:/@]", re.ASCII)


class DataClassification(StrEnum):
    """The most sensitive data a platform holds, from least to most."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    RESTRICTED = "restricted"


class TagError(ValueError):
    """Tags that Azure or this vocabulary would refuse; the text lists every problem."""


def build_tags(
    *,
    workload: str,
    environment: str,
    owner: str,
    cost_center: str,
    data_classification: DataClassification,
    extra: Mapping[str, str],
) -> Mapping[str, str]:
    """The tags of one environment, in the order of the vocabulary, then `extra` by name.

    Raises `TagError` with every problem: a required value left empty, an extra tag that repeats the
    vocabulary (tag names compare case-insensitively), and whatever `check_tags` finds. Values are taken as
    they are, never altered.
    """
    required = {
        ENVIRONMENT: environment,
        WORKLOAD: workload,
        OWNER: owner,
        COST_CENTER: cost_center,
        DATA_CLASSIFICATION: str(data_classification),
        MANAGED_BY: MANAGED_BY_PULUMI,
    }
    problems = [
        f"tag '{name}' is empty: every resource must carry it"
        for name, value in required.items()
        if not value
    ]
    problems.extend(
        f"extra tag '{name}' repeats the required tag '{name.lower()}': set that one instead"
        for name in extra
        if name.lower() in REQUIRED_TAGS
    )
    tags = {**required, **{name: extra[name] for name in sorted(extra)}}
    # One place stays free for `component`, which every resource adds.
    problems.extend(_check(tags, MAX_TAGS - 1, f"{MAX_TAGS} less the tag '{COMPONENT}'"))
    if problems:
        raise TagError("; ".join(problems))
    return MappingProxyType(tags)


def component_tags(base: Mapping[str, str], component: str) -> Mapping[str, str]:
    """`base` and the component a resource belongs to (e.g. "ml-workspace"); replaces an earlier component."""
    if not component:
        raise TagError(f"tag '{COMPONENT}' is empty: name the component, e.g. 'ml-workspace'")
    return MappingProxyType({**base, COMPONENT: component})


def check_tags(tags: Mapping[str, str]) -> tuple[str, ...]:
    """Every reason why Azure would refuse these tags on some resource; empty when none would."""
    return _check(tags, MAX_TAGS, str(MAX_TAGS))


def missing_tags(tags: Mapping[str, str]) -> tuple[str, ...]:
    """The required names that are absent or empty, in the order of the vocabulary."""
    present = {name.lower() for name, value in tags.items() if value}
    return tuple(name for name in REQUIRED_TAGS if name not in present)


def databricks_tags(tags: Mapping[str, str]) -> Mapping[str, str]:
    """The same tags as custom tags of clusters, pools, warehouses and jobs.

    Databricks puts them on the VMs it creates and allows letters, digits, space and `+ - = . _ : / @` (ASCII)
    only: other characters become '_'. Raises `TagError` for more than 43 tags, for a key Databricks sets
    itself and for two keys that became one.
    """
    cleaned = {
        _OUTSIDE_DATABRICKS_CHARACTERS.sub("_", name): _OUTSIDE_DATABRICKS_CHARACTERS.sub("_", value)
        for name, value in tags.items()
    }
    problems: list[str] = []
    if len(tags) > MAX_DATABRICKS_TAGS:
        problems.append(f"{len(tags)} tags: Databricks takes at most {MAX_DATABRICKS_TAGS} custom tags")
    if len(cleaned) < len(tags):
        problems.append("two tag names are the same once Databricks' characters are applied: rename one")
    problems.extend(
        f"tag '{name}' is one that Databricks sets itself: choose another name"
        for name in cleaned
        if name.lower() in DATABRICKS_OWN_TAGS
    )
    if problems:
        raise TagError("; ".join(problems))
    return MappingProxyType(cleaned)


def _check(tags: Mapping[str, str], limit: int, limit_text: str) -> tuple[str, ...]:
    problems: list[str] = []
    if len(tags) > limit:
        problems.append(f"{len(tags)} tags: Azure takes at most {limit_text}")
    seen: dict[str, str] = {}
    for name, value in tags.items():
        problems.extend(_check_one(name, value))
        twin = seen.setdefault(name.lower(), name)
        if twin != name:
            problems.append(f"tags '{twin}' and '{name}' differ in case only: Azure takes them for one")
    return tuple(problems)


def _check_one(name: str, value: str) -> list[str]:
    problems: list[str] = []
    if not name or name != name.strip():
        problems.append(f"tag name '{name}' is empty or has blanks around it")
    if len(name) > MAX_TAG_NAME:
        problems.append(
            f"tag name '{name[:20]}…' has {len(name)} characters: at most {MAX_TAG_NAME} (storage accounts)"
        )
    forbidden = sorted({character for character in name if character in FORBIDDEN_IN_NAMES})
    if forbidden:
        problems.append(f"tag name '{name}' may not contain {' '.join(forbidden)}")
    if name.lower().startswith(RESERVED_NAME_PREFIXES):
        problems.append(
            f"tag name '{name}' may not start with {', '.join(RESERVED_NAME_PREFIXES)}: Azure reserves them"
        )
    if len(value) > MAX_TAG_VALUE:
        problems.append(f"tag '{name}' has a value of {len(value)} characters: at most {MAX_TAG_VALUE}")
    return problems
