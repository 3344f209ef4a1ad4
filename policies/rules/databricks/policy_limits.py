"""Cluster policies limit cost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from policies.frame.judged import Judged
from policies.frame.rule import UNKNOWN_STRING, Anchors, Cases, Rule, Severity, Threshold

_LIMITS = {
    "dbus_per_hour": {"type": "range", "maxValue": 80},
    "node_type_id": {"type": "allowlist", "values": ["Standard_D4ds_v5"]},
    "spark_version": {"type": "fixed", "value": "16.4.x-scala2.12"},
    "custom_tags.owner": {"type": "fixed", "value": "ml-platform@example.com"},
    "data_security_mode": {"type": "fixed", "value": "SINGLE_USER"},
}
_NO_LIMITS = {
    "dbus_per_hour": {"type": "range", "maxValue": 8000},
    "node_type_id": {"type": "unlimited"},
    "spark_version": {"type": "unlimited"},
    "data_security_mode": {"type": "fixed", "value": "NONE"},
}
_LIMITED = ("node_type_id", "spark_version")
_NEVER_ZERO = ("autotermination_minutes",)
_ISOLATED = ("SINGLE_USER", "USER_ISOLATION", "DATA_SECURITY_MODE_DEDICATED", "DATA_SECURITY_MODE_STANDARD")
_BOUNDED = {
    "dbus_per_hour": "maximumDbus",
    "num_workers": "maximumWorkers",
    "autoscale.max_workers": "maximumWorkers",
    "autotermination_minutes": "maximumMinutes",
}


def _check(judged: Judged) -> Iterator[str]:
    try:
        definition = json.loads(judged.text("definition") or "{}")
    except ValueError:
        yield "definition is not JSON"
        return
    for name in ("dbus_per_hour", *_LIMITED, "data_security_mode"):
        if name not in definition:
            yield f"{name} is not limited"
    for name in _LIMITED:
        if definition.get(name, {}).get("type") not in (None, "fixed", "allowlist"):
            yield f"{name} must be fixed or an allowlist"
    if not any(name.startswith("custom_tags.") for name in definition):
        yield "no custom_tags are forced"
    yield from _bounds(judged, definition)
    mode = definition.get("data_security_mode", {})
    modes = mode.get("values", [mode.get("value", "SINGLE_USER")])
    yield from (f"data_security_mode allows {one}" for one in modes if one not in _ISOLATED)


def _bounds(judged: Judged, definition: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    interactive = definition.get("cluster_type", {}).get("value") != "job"
    if interactive and "cluster_type" in definition and "autotermination_minutes" not in definition:
        yield "autotermination_minutes is not limited"
    for name, threshold in _BOUNDED.items():
        rule = definition.get(name)
        if rule is None or rule.get("type") == "forbidden":
            continue
        most = rule.get("maxValue", rule.get("value"))
        if (
            not isinstance(most, int | float)
            or most > judged.limit(threshold)
            or (most == 0 and name in _NEVER_ZERO)
        ):
            yield f"{name} allows {most}: it must be at most {judged.limit(threshold)}"


RULE = Rule(
    id="AMLP-DO-033",
    title="Cluster policies limit cost",
    severity=Severity.MEDIUM,
    types=("databricks:index/clusterPolicy:ClusterPolicy",),
    check=_check,
    why="A policy without these rules lets anyone who may use it start anything.",
    fix=(
        "Give the policy dbus_per_hour, node_type_id, spark_version and custom_tags "
        "(infra/databricks/policies)"
    ),
    anchors=Anchors(benchmark=("AM-3",), source="docs.databricks.com admin/clusters/policy-definition"),
    thresholds=(
        Threshold("maximumDbus", 100, "DBU per hour that one cluster may use", minimum=1),
        Threshold("maximumWorkers", 16, "workers that one cluster may have", minimum=1),
        Threshold("maximumMinutes", 120, "minutes an interactive cluster may idle", minimum=10),
    ),
    cases=Cases(
        allowed=({"definition": json.dumps(_LIMITS)},),
        denied=(
            {"definition": "{}"},
            {"definition": "no JSON"},
            {"definition": json.dumps(_NO_LIMITS)},
        ),
        omitted={"name": "p"},
        unknown={"definition": UNKNOWN_STRING},
    ),
)
