"""Unpacking a resource once instead of once per rule.

pulumi-policy 1.21 turns the engine's message into Python values anew for every policy (`_PolicyAnalyzerServicer.
Analyze` and `AnalyzeStack`): with a hundred rules and two hundred resources that is most of the pack's time. The three
functions that do it are pure, so their results are kept by the identity of their argument. Rules only read what they
are given; `Remediate`, whose results are changed, asks for secrets to be kept (`proxy_secrets`) and is not touched.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from google.protobuf import json_format
from pulumi_policy import policy

_KEPT = 4096


def unpack_each_resource_once() -> None:
    """Has the SDK remember what it unpacked. A newer SDK without these names is left as it is: slower, not wrong."""
    names = ("deserialize_properties", "unknown_checking_proxy")
    if not all(hasattr(policy, name) for name in ("json_format", *names)):
        return
    setattr(policy, "json_format", SimpleNamespace(MessageToDict=_remembering(json_format.MessageToDict)))  # noqa: B010
    for name in names:
        setattr(policy, name, _remembering(getattr(policy, name)))


def _remembering(function: Callable[..., object]) -> Callable[..., object]:
    """The argument is kept beside the result, so that no other object can take its identity meanwhile."""
    kept: dict[int, tuple[object, object]] = {}

    def remembering(argument: object, *others: object) -> object:
        if others:
            return function(argument, *others)
        found = kept.get(id(argument))
        if found is None:
            if len(kept) >= _KEPT:
                kept.clear()
            found = kept[id(argument)] = (argument, function(argument))
        return found[1]

    return remembering
