"""Unpacking a resource once instead of once per rule.

pulumi-policy 1.21 turns the engine's message into Python values anew for every policy (`_PolicyAnalyzerServicer.
Analyze` and `AnalyzeStack`): with a hundred rules and two hundred resources that is most of the pack's time. The
functions that do it are pure, so their results are kept by the identity of their argument. Rules only read what they
are given; `Remediate`, whose results are changed, asks for secrets to be kept (`proxy_secrets`) and is not touched.

Before each message the SDK also parses the stack's whole configuration and sets it again, twice per resource. It comes
from the process's environment, which nobody changes, so once per thread is enough.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace

from google.protobuf import json_format
from pulumi_policy import policy

_KEPT = 4096
_SERVICER = "_PolicyAnalyzerServicer"
_FUNCTIONS = ("deserialize_properties", "unknown_checking_proxy")
_METHODS = ("_get_resource_options", "_get_provider_resource")
_SETTINGS = "_configure_runtime_settings"


def unpack_each_resource_once() -> None:
    """Has the SDK remember what it unpacked. A newer SDK without these names is left as it is: slower, not wrong."""
    servicer = getattr(policy, _SERVICER, None)
    if not all(hasattr(policy, name) for name in ("json_format", *_FUNCTIONS)):
        return
    if not all(hasattr(servicer, name) for name in (*_METHODS, _SETTINGS)):
        return
    setattr(policy, "json_format", SimpleNamespace(MessageToDict=_remembering(json_format.MessageToDict)))  # noqa: B010
    for name in _FUNCTIONS:
        setattr(policy, name, _remembering(getattr(policy, name)))
    for name in _METHODS:
        setattr(servicer, name, _remembering_method(getattr(servicer, name)))
    setattr(servicer, _SETTINGS, _once_per_thread(getattr(servicer, _SETTINGS)))


class _Kept:
    """Results by the identity of the argument, which is kept beside its result, so that no other object can take its
    identity meanwhile."""

    def __init__(self) -> None:
        self._results: dict[int, tuple[object, object]] = {}

    def of(self, argument: object, make: Callable[[object], object]) -> object:
        found = self._results.get(id(argument))
        if found is None:
            if len(self._results) >= _KEPT:
                self._results.clear()
            found = self._results[id(argument)] = (argument, make(argument))
        return found[1]


def _remembering(function: Callable[..., object]) -> Callable[..., object]:
    """Only for calls with one argument; others are passed on."""
    kept = _Kept()

    def remembering(argument: object, *others: object) -> object:
        return function(argument, *others) if others else kept.of(argument, function)

    return remembering


def _remembering_method(method: Callable[[object, object], object]) -> Callable[[object, object], object]:
    """For a method that looks at its argument alone, and not at whose it is."""
    kept = _Kept()

    def remembering(self: object, argument: object) -> object:
        return kept.of(argument, partial(method, self))

    return remembering


def _once_per_thread(method: Callable[[object], None]) -> Callable[[object], None]:
    """The SDK keeps some of what it sets for the thread alone."""
    done = threading.local()

    def once(self: object) -> None:
        if not getattr(done, "done", False):
            method(self)
            done.done = True

    return once
