"""Somebody writes down production's traffic."""

from __future__ import annotations

from collections.abc import Iterator

from policies.frame.judged import Judged, Stack
from policies.frame.rule import (
    PROD_ONLY,
    UNKNOWN_STRING,
    Anchors,
    Sample,
    Severity,
    StackCases,
    StackFinding,
    StackRule,
    Threshold,
)

_NETWORK = "azure-native:network:VirtualNetwork"
_FLOW_LOG = "azure-native:network:FlowLog"
_LEAST = "minimumDays"


def _check(stack: Stack) -> Iterator[StackFinding]:
    logged = {
        stack.read(log, lambda asked: asked.text("targetResourceId").rpartition("/")[2].lower(), "")
        for log in stack.of(_FLOW_LOG)
        if stack.read(log, _is_on, default=False)
    }
    for network in stack.of(_NETWORK):
        name = stack.text(network, "virtualNetworkName")
        if name.lower() not in logged:
            yield StackFinding(f"no flow log of {name} is on", network.urn)
    for log in stack.of(_FLOW_LOG):
        days = stack.read(log, lambda asked: asked.value("retentionPolicy.days"), stack.limit(_LEAST))
        if isinstance(days, int | float) and 0 < days < stack.limit(_LEAST):
            yield StackFinding(f"flows are kept {days:g} days, fewer than {stack.limit(_LEAST)}", log.urn)


def _is_on(log: Judged) -> bool:
    return log.value("enabled") is True


def _log(*, enabled: bool = True, days: int = 365) -> Sample:
    target = "/subscriptions/0/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/vnet"
    policy = {"enabled": True, "days": days}
    return Sample(
        _FLOW_LOG, {"targetResourceId": target, "enabled": enabled, "retentionPolicy": policy}, name="log"
    )


_NET = Sample(_NETWORK, {"virtualNetworkName": "vnet"}, name="network")

RULE = StackRule(
    id="AMLP-MN-061",
    title="Somebody writes down production's traffic",
    severity=Severity.MEDIUM,
    check=_check,
    why="After an incident, what left the network and for where is asked first; nothing else keeps it.",
    fix="Give network.flow_logs, in an account that who deploys cannot empty",
    anchors=Anchors(benchmark=("LT-4",), azure_policy=("4c3c6c5f-0d47-4402-99b8-aa543dd8bcee",)),
    kinds=PROD_ONLY,
    thresholds=(Threshold(_LEAST, 90, "days that flows are kept", minimum=1, maximum=365),),
    cases=StackCases(
        allowed=(_NET, _log()),
        denied=(_NET, _log(enabled=False)),
        omitted=(_NET,),
        unknown=(
            _NET,
            _log(),
            Sample(_FLOW_LOG, {"enabled": True, "targetResourceId": UNKNOWN_STRING}, name="more"),
        ),
    ),
)
