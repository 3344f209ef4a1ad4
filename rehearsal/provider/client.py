"""Between a provider and its service: a client that sends requests again, and faults on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rehearsal.cloud.databricks_values import provider_host
from rehearsal.faults.kinds import RESENDS, Moment, is_resent
from rehearsal.faults.plan import FaultPlan
from rehearsal.faults.specification import Fault
from rehearsal.model.request import Answer, Request
from rehearsal.model.values import plain
from rehearsal.provider.errors import PartialError, ProviderError, worded


@dataclass(frozen=True)
class Call:
    """One provider call; `resource_id` as far as it is known before."""

    method: str
    request: Request
    resource_id: str = ""


class Client:
    """Sends a call's request until it is answered or the client gives up; nothing here really waits."""

    def __init__(self, faults: FaultPlan) -> None:
        self._faults = faults

    def send(self, call: Call, carry_out: Callable[[bool], Answer]) -> Answer:
        """`carry_out(again)` is the service; `again` says that it has already done this once, and its answer was
        lost. Raises `ProviderError`."""
        request = call.request
        self._faults.begin(call.method, request.type, request.urn)
        done = False
        for attempt in range(RESENDS + 1):
            fault = self._faults.next(call.method, request.type, request.urn, done=done)
            if fault is None:
                return carry_out(done)
            answer = None
            if fault.kind.moment is Moment.AFTER:
                answer, done = carry_out(done), True
            if attempt == RESENDS or not is_resent(fault.kind, fault.status, request.type):
                raise self._failure(call, fault, answer)
        raise AssertionError("the last attempt returns or raises")

    @staticmethod
    def _failure(call: Call, fault: Fault, answer: Answer | None) -> ProviderError:
        request = call.request
        text = worded(
            call.method,
            request.type,
            fault.status,
            fault.kind.code,
            fault.kind.message.format(**_places(call, fault, answer)),
        )
        # After a timeout the provider looks the resource up and reports what it found with the error.
        if answer is not None and call.method in ("create", "update"):
            return PartialError(text, answer.id, {**request.inputs, **answer.outputs}, request.inputs)
        return ProviderError(text)


def _places(call: Call, fault: Fault, answer: Answer | None) -> Mapping[str, object]:
    request = call.request
    resource_id = answer.id if answer is not None else call.resource_id
    principal = str(plain(request.inputs.get("principalId", "")))
    return {
        "name": resource_id.rpartition("/")[2] or request.name,
        "id": resource_id,
        "principal": principal.replace("-", ""),
        "role": str(plain(request.inputs.get("roleDefinitionId", ""))).rpartition("/")[2].replace("-", ""),
        "host": provider_host(request.provider_inputs) or "adb-0.0.azuredatabricks.net",
        "retry_after": fault.retry_after,
    }
