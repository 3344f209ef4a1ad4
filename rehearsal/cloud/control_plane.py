"""The simulated control plane: requests in, answers or refusals out, state kept between them.

The in-process rehearsal previews every resource; the providers of a real engine preview, create, read, update and
delete.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping

from azure_facts.arm_id_parsing import is_arm_id, resource_group_of
from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.cloud.change import ResourceRecord
from rehearsal.cloud.cloud import SimulatedCloud
from rehearsal.cloud.databricks_values import provider_host
from rehearsal.cloud.state import CloudState
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.finding import Finding
from rehearsal.model.request import Answer, Request
from rehearsal.model.urns import package_of

Judge = Callable[[ResourceRecord], Iterable[Finding]]
"""What a service refuses about one resource besides what the state refuses."""


class RefusedError(Exception):
    """The service's answer to a request that it does not carry out: `finding` has status, code and message."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(f"{finding.code}: {finding.message}" if finding.code else finding.message)
        self.finding = finding


def nothing_refused(_: ResourceRecord) -> Iterable[Finding]:
    """The judge that refuses nothing."""
    return ()


class ControlPlane:
    """Answers (`cloud`) and bookkeeping (its `state`) as one. `create`, `update` and `delete` raise `RefusedError`;
    a preview is never refused: who sees the whole program collects everything that is wrong with it."""

    def __init__(self, cloud: SimulatedCloud) -> None:
        self.cloud = cloud

    @property
    def state(self) -> CloudState:
        """The resources that exist or were announced."""
        return self.cloud.state

    def preview(self, request: Request) -> Answer:
        """The answer that a create or update would get. It is announced, so that provider functions find it."""
        answer = self.cloud.answer(request)
        if not request.type.startswith("pulumi:"):
            self.state.announce(_record(request, answer))
        return answer

    def create(
        self, request: Request, judge: Judge = nothing_refused, *, again: bool = False, made_by: str = ""
    ) -> Answer:
        """The id and outputs of a new resource. `again`: the same request came before and its answer was lost, so what
        exists under the id is what that request made. `made_by` is kept with it."""
        answer = self.cloud.answer(request)
        if again and self.state.read(answer.id, _workspace(request)) is not None:
            return answer
        while _makes_ids_up(request.type) and self.state.read(answer.id, _workspace(request)) is not None:
            # Services never give an id twice: a replacement that creates before it deletes gets another.
            request = dataclasses.replace(request, urn=f"{request.urn}'")
            answer = self.cloud.answer(request)
        record = dataclasses.replace(_record(request, answer), made_by=made_by)
        _refuse_first(judge(record))
        _refuse(self.state.create(record))
        return answer

    def read(
        self, request: Request, resource_id: str, *, expected: bool
    ) -> tuple[Answer, Mapping[str, object]] | None:
        """Outputs and inputs of the resource with this id, None where there is none. Where it is not `expected` (the
        program looks up what others own), everything outside this stack's resource groups is assumed to exist."""
        record = self.state.read(resource_id, _workspace(request))
        if record is not None:
            now = dataclasses.replace(request, inputs=record.inputs, urn=record.urn)
            return Answer(resource_id, self.cloud.answer(now).outputs), record.inputs
        ours = is_arm_id(resource_id) and self.state.read(resource_group_of(resource_id)) is not None
        if expected or ours:
            return None
        return self.look_up(request, resource_id), request.inputs

    def look_up(self, request: Request, resource_id: str) -> Answer:
        """The outputs of a resource that others own; it is assumed to exist."""
        return self.cloud.look_up(request, resource_id)

    def update(self, request: Request, resource_id: str, judge: Judge = nothing_refused) -> Answer:
        """The outputs after the update. Also refused for what only a replacement can change: the engine deletes and
        creates for that."""
        answer = Answer(resource_id, self.cloud.answer(request).outputs)
        stands = self.state.read(resource_id, _workspace(request))
        record = dataclasses.replace(_record(request, answer), made_by=stands.made_by if stands else "")
        _refuse_first(judge(record))
        change, refusal = self.state.update(record)
        _refuse(refusal)
        if change.kind is ChangeKind.REPLACE:
            raise RefusedError(
                Finding(
                    urn=request.urn,
                    rule="CHG001",
                    path=change.replaces[0],
                    message="cannot be updated in place, only by a replacement",
                    status=400,
                    code="PropertyChangeNotAllowed",
                )
            )
        return answer

    def delete(self, request: Request, resource_id: str) -> Answer:
        """Deletes the resource with this id, with everything that goes with it."""
        _refuse(self.state.delete(resource_id, _workspace(request)))
        return Answer(resource_id)

    def invoke(
        self,
        token: str,
        arguments: Mapping[str, object],
        provider_inputs: Mapping[str, object] | None = None,
    ) -> Mapping[str, object]:
        """What a provider function returns."""
        return self.cloud.invoke(token, arguments, provider_inputs)

    def default_location(self, request: Request) -> str:
        """Where the provider puts the resource where it does not say; empty for nowhere."""
        return self.cloud.default_location(request)


def _refuse(refusal: Finding | None) -> None:
    if refusal is not None:
        raise RefusedError(refusal)


def _refuse_first(findings: Iterable[Finding]) -> None:
    _refuse(next(iter(findings), None))


def _record(request: Request, answer: Answer) -> ResourceRecord:
    return ResourceRecord(
        urn=request.urn,
        type=request.type,
        inputs=request.inputs,
        id=answer.id,
        workspace=_workspace(request),
        outputs=answer.outputs,
    )


def _workspace(request: Request) -> str:
    """Where an id means one thing: a Databricks workspace and type (a credential and a location may have one name),
    nothing for Azure."""
    if package_of(request.type) != "databricks":
        return ""
    return f"{provider_host(request.provider_inputs)}|{request.type}"


def _makes_ids_up(resource_type: str) -> bool:
    known = CATALOGUE.get(resource_type)
    return known.has_opaque_id if known is not None else package_of(resource_type) == "databricks"
