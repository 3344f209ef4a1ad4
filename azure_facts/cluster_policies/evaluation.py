"""What a policy makes of a cluster: which attributes contradict it.

Databricks' own client says how the service answers (databricks/cli acceptance/bundle/resources/cluster_policies,
recorded against a real workspace): a fixed element supplies its value where the request leaves the attribute out, with
or without `apply_policy_default_values`; a default value is supplied only with it; a value that contradicts a fixed
element is refused.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, final

from azure_facts.cluster_policies.attributes import (
    ARRAYS,
    CLUSTER_TYPE,
    DYNAMIC_RUNTIME,
    MAPS,
    UNITS_PER_HOUR,
    ClusterType,
)
from azure_facts.cluster_policies.elements import (
    ElementKind,
    PolicyDefinition,
    PolicyElement,
    Scalar,
    number_of,
)
from azure_facts.source import Source

EVALUATION_SOURCE = Source(
    "databricks/cli libs/testserver/cluster_policies.go, acceptance/bundle/resources/cluster_policies/"
    "fixed_value_conflict and policy_value_semantics; terraform-provider-databricks issues 403, 458",
    datetime.date(2026, 11, 30),
)


@final
class Undecided:
    """A value that nobody knows yet: no element judges it. Use its instances, `UNDECIDED` and `SOME_VALUE`."""


UNDECIDED: Final = Undecided()
SOME_VALUE: Final = Undecided()
"""As `UNDECIDED`, of what is certainly there: the id of something that the same deployment makes, a secret."""
_ABSENT: Final = Undecided()


@dataclass(frozen=True)
class Contradiction:
    """`path` is the cluster's attribute, with an index where the policy has `*`."""

    path: str
    message: str


Units = Callable[[str], float | None]
"""Databricks units of one node in an hour, by node type; None where nobody knows."""


def no_units(_node_type: str) -> float | None:
    """For those who know no node's units."""
    return None


_REQUIRED_PARTS_OF = (
    "autoscale",
    "cluster_log_conf",
    "docker_image",
    "init_scripts",
    "ssh_public_keys",
    *MAPS,
)
_REQUIRED = frozenset({"instance_pool_id", "num_workers"})
"""What the service fills in by itself, as it does a driver's node type, is not missing; these and those parts are."""


def contradictions(
    definition: PolicyDefinition,
    cluster: Mapping[str, object],
    cluster_type: ClusterType,
    units: Units = no_units,
) -> Iterator[Contradiction]:
    """What the service refuses of a cluster, given as the Clusters API takes it; `UNDECIDED` values are not judged."""
    with_defaults = cluster.get("apply_policy_default_values") is True
    for path, element in definition.elements.items():
        for place, value in _values(path, definition, cluster, cluster_type, units):
            message = _message(element, place, value, with_defaults=with_defaults)
            if message:
                yield Contradiction(place, message)


def _values(
    path: str,
    definition: PolicyDefinition,
    cluster: Mapping[str, object],
    cluster_type: ClusterType,
    units: Units,
) -> Iterator[tuple[str, object]]:
    """Each place that an element limits, with its value."""
    first, _, rest = path.partition(".")
    if path == CLUSTER_TYPE:
        yield path, str(cluster_type)
    elif path == UNITS_PER_HOUR:
        yield path, _units_per_hour(cluster, units)
    elif first in MAPS:
        yield path, _at(cluster, (first, rest))
    elif first in ARRAYS:
        yield from _in_array(first, rest, definition, cluster)
    elif first == "cluster_log_conf":
        yield path, _log_part(cluster.get(first), rest)
    else:
        yield path, _at(cluster, tuple(path.split(".")))


def _in_array(
    name: str, rest: str, definition: PolicyDefinition, cluster: Mapping[str, object]
) -> Iterator[tuple[str, object]]:
    """A general limit holds for every entry that has no limit of its own at the same part."""
    place, _, part = rest.partition(".")
    ending = f".{part}" if part else ""
    entries = cluster.get(name)
    if isinstance(entries, Undecided):
        return
    listed = entries if isinstance(entries, (list, tuple)) else ()
    if place.isdecimal():
        index = int(place)
        entry = listed[index] if index < len(listed) else None
        yield f"{name}.{place}{ending}", _part_of(entry, part)
        return
    for index, entry in enumerate(listed):
        own = f"{name}.{index}{ending}"
        found = _part_of(entry, part)
        # An entry of another kind, such as a script on a volume where the limit is on DBFS, has no such part.
        if own not in definition.elements and found is not _ABSENT:
            yield own, found


def _part_of(entry: object, part: str) -> object:
    if not part:
        return _ABSENT if entry is None else entry
    return _at(entry, tuple(part.split("."))) if isinstance(entry, Mapping) else _absent_or(entry)


def _at(holder: object, steps: tuple[str, ...]) -> object:
    for step in steps:
        if not isinstance(holder, Mapping):
            return _absent_or(holder)
        holder = holder.get(step)
    return _ABSENT if holder is None or holder == "" else holder


def _absent_or(value: object) -> Undecided:
    return value if isinstance(value, Undecided) else _ABSENT


def _log_part(logs: object, part: str) -> object:
    if not isinstance(logs, Mapping):
        return _absent_or(logs)
    for kind in ("dbfs", "s3", "volumes"):
        destination = logs.get(kind)
        if isinstance(destination, Undecided):
            return UNDECIDED
        if isinstance(destination, Mapping):
            if part == "type":
                return kind.upper()
            return _at(destination, ("destination" if part == "path" else part,))
    return _ABSENT


def _units_per_hour(cluster: Mapping[str, object], units: Units) -> object:
    """At most, driver included; Photon only makes it more."""
    worker = cluster.get("node_type_id")
    driver = cluster.get("driver_node_type_id") or worker
    if not isinstance(worker, str) or not isinstance(driver, str):
        return UNDECIDED
    scale = cluster.get("autoscale")
    workers = number_of(
        scale.get("max_workers") if isinstance(scale, Mapping) else cluster.get("num_workers", 0)
    )
    each, one = units(worker), units(driver)
    if workers is None or each is None or one is None:
        return UNDECIDED
    return one + workers * each


def _message(element: PolicyElement, path: str, value: object, *, with_defaults: bool) -> str:
    if value is UNDECIDED or (value is SOME_VALUE and element.kind is not ElementKind.FORBIDDEN):
        return ""
    if value is _ABSENT:
        return _missing(element, path, with_defaults=with_defaults)
    if element.kind is ElementKind.FORBIDDEN:
        return "is given, and the policy forbids it; leave it out"
    if not isinstance(value, Scalar) or _is_dynamic(element, path, value):
        return ""
    return _limited(element, value)


def _is_dynamic(element: PolicyElement, path: str, value: Scalar) -> bool:
    """Whether the day decides which runtime is meant. Only what a blocklist names itself stays blocked."""
    if path != "spark_version" or value in element.values or element.kind is ElementKind.REGEX:
        return False
    return any(str(said).startswith(DYNAMIC_RUNTIME) for said in (element.value, *element.values, value))


def _missing(element: PolicyElement, path: str, *, with_defaults: bool) -> str:
    """A limit makes an attribute required; a fixed one is supplied."""
    if element.kind in (ElementKind.FIXED, ElementKind.FORBIDDEN) or element.is_optional:
        return ""
    if with_defaults and element.default is not None:
        return ""
    if path.partition(".")[0] not in _REQUIRED_PARTS_OF and path not in _REQUIRED:
        return ""
    return "is missing, and the policy requires it; set it, or make it optional there (isOptional)"


def _limited(element: PolicyElement, value: Scalar) -> str:
    if element.kind is ElementKind.FIXED and element.value is not None and not _same(element.value, value):
        return f"is {shown(value)}; the policy fixes it: use {shown(element.value)}"
    if element.kind is ElementKind.ALLOWLIST and not any(_same(item, value) for item in element.values):
        return (
            f"is {shown(value)}; the policy allows only: use one of {', '.join(map(shown, element.values))}"
        )
    if element.kind is ElementKind.BLOCKLIST and any(_same(item, value) for item in element.values):
        return f"is {shown(value)}, which the policy blocks; use another"
    if element.kind is ElementKind.REGEX and not _matches(element.pattern, shown(value)):
        return f"is {shown(value)}; the policy asks for the pattern {element.pattern}: correct it"
    if element.kind is ElementKind.RANGE:
        return _ranged(element, value)
    return ""


def _ranged(element: PolicyElement, value: Scalar) -> str:
    number = number_of(value)
    if number is None:
        return ""
    low, high = element.minimum, element.maximum
    if (low is None or number >= low) and (high is None or number <= high):
        return ""
    bounds = f"{'' if low is None else f'{low:g}'} to {'' if high is None else f'{high:g}'}".strip()
    if low is None or high is None:
        bounds = f"at most {high:g}" if low is None else f"at least {low:g}"
    return f"is {number:g}; the policy allows {bounds}: keep to that"


def _same(wanted: Scalar, value: Scalar) -> bool:
    """A request may say a number or a truth value as text, and so may a policy."""
    numbers = number_of(wanted), number_of(value)
    if None not in numbers:
        return numbers[0] == numbers[1]
    return shown(wanted) == shown(value) or shown(wanted).lower() == shown(value).lower() in ("true", "false")


def shown(value: Scalar) -> str:
    """As JSON writes it, without quotes."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _matches(pattern: str, text: str) -> bool:
    """The service anchors a pattern at both ends. One that only Java understands is not judged."""
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error:
        return True
