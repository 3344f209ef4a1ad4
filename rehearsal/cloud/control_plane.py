"""The simulated control plane as a provider sees it: requests in, answers or refusals out, state kept between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rehearsal.cloud.change import Change, ResourceRecord
from rehearsal.cloud.cloud import SimulatedCloud
from rehearsal.cloud.databricks_values import provider_host
from rehearsal.cloud.state import CloudState
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.finding import Finding
from rehearsal.model.request import Answer, Request
from rehearsal.model.urns import package_of


class RefusedError(Exception):
    """The service's answer to a request that it does not carry out: `finding` has status, code and message."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(f"{finding.code}: {finding.message}" if finding.code else finding.message)
        self.finding = finding


@dataclass
class ControlPlane:
    """Answers (`cloud`) and bookkeeping (`state`) as one. What a preview finds by looking at the whole program
    (service rules, missing edges) is not asked here: a real control plane sees one request at a time."""

    cloud: SimulatedCloud
    state: CloudState

    def create(self, request: Request) -> Answer:
        """The id and outputs of a new resource. Raises `RefusedError`."""
        answer = self.cloud.create(request)
        self._carry_out(self.state.create(_record(request, answer.id)))
        return answer

    def read(self, request: Request, resource_id: str) -> Answer | None:
        """What stands under this id, None where nothing does."""
        found = self.state.read(resource_id, _workspace(request))
        return self.cloud.read(request, resource_id) if found is not None else None

    def update(self, request: Request, resource_id: str) -> tuple[Change, Answer]:
        """The change that took place, and the outputs after it. Raises `RefusedError`, also for what only a
        replacement can change: the engine deletes and creates for that."""
        change, refusal = self.state.update(_record(request, resource_id))
        self._carry_out(refusal)
        if change.kind is ChangeKind.REPLACE:
            raise ValueError(f"{request.urn}: {', '.join(change.replaces)} need a replacement, not an update")
        answer = self.cloud.create(request)
        return change, Answer(resource_id, answer.outputs)

    def delete(self, request: Request, resource_id: str) -> None:
        """Deletes what stands under this id and below it. Raises `RefusedError`."""
        self._carry_out(self.state.delete(resource_id, _workspace(request)))

    def invoke(self, token: str, arguments: Mapping[str, object]) -> Mapping[str, object]:
        """What a provider function returns."""
        return self.cloud.invoke(token, arguments)

    @staticmethod
    def _carry_out(refusal: Finding | None) -> None:
        if refusal is not None:
            raise RefusedError(refusal)


def _record(request: Request, resource_id: str) -> ResourceRecord:
    return ResourceRecord(
        urn=request.urn,
        type=request.type,
        inputs=request.inputs,
        id=resource_id,
        workspace=_workspace(request),
    )


def _workspace(request: Request) -> str:
    return provider_host(request.provider_inputs) if package_of(request.type) == "databricks" else ""
