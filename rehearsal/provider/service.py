"""The simulated services behind both providers: one cloud, one lock, kept on disk."""

from __future__ import annotations

import dataclasses
import datetime
import threading
from collections.abc import Mapping

from azure_facts.arm_id_parsing import is_arm_id, resource_group_of
from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.cloud.change import ChangeKind, ResourceRecord
from rehearsal.cloud.cloud import SimulatedCloud
from rehearsal.cloud.control_plane import ControlPlane, RefusedError
from rehearsal.cloud.databricks_values import provider_host, workspace_values
from rehearsal.cloud.state import CloudState
from rehearsal.model.finding import Finding
from rehearsal.model.request import Answer, Request
from rehearsal.model.subscription import SoftDeleted, Subscription
from rehearsal.model.urns import package_of
from rehearsal.provider.journal import Journal
from rehearsal.provider.request_rules import RequestRules
from rehearsal.rules.tokens import DATABRICKS_WORKSPACE, RESOURCE_GROUP

NOTHING_SAID = Subscription()


class Services:
    """Everything that the providers' clients may ask, safe for calls side by side.

    A request is refused for what a service sees in it: its rules, names that are taken or held, parents that are
    missing, locks, immutable properties. Raises `RefusedError`.
    """

    def __init__(
        self,
        state: CloudState,
        journal: Journal,
        subscription: Subscription = NOTHING_SAID,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """`subscription` is what somebody said the real one has, `settings` the stack's configuration: what it names is
        taken to exist."""
        self._lock = threading.RLock()
        self._plane = ControlPlane(SimulatedCloud(), state)
        self._journal = journal
        self._rules = RequestRules(state.today, subscription, settings or {})
        self._providers: dict[str, Mapping[str, object]] = {}
        for record in state.resources:
            if record.type == RESOURCE_GROUP:
                # The cloud gives what lies in a group the group's location.
                self._plane.cloud.create(Request(record.urn, record.type, "", record.inputs))

    @property
    def standing(self) -> tuple[ResourceRecord, ...]:
        """What stands, in order of creation."""
        with self._lock:
            return self._plane.state.resources

    @property
    def held_names(self) -> tuple[str, ...]:
        """Names that soft-deleted resources hold, each with its last day."""
        with self._lock:
            held = self._plane.state.soft_deleted
            return tuple(sorted(f"{name.arm_type} {name.name} until {until}" for name, until in held.items()))

    def configure(self, provider_urn: str, inputs: Mapping[str, object]) -> None:
        """A provider introduces itself; refused for what a rule says about its inputs."""
        with self._lock:
            others = {urn: known for urn, known in self._providers.items() if urn != provider_urn}
            token = provider_urn.split("::")[2].rpartition("$")[2]
            record = ResourceRecord(provider_urn, token, inputs)
            for finding in self._rules.findings(record, {}, (), others, ""):
                raise RefusedError(finding)
            self._providers[provider_urn] = inputs

    def preview(self, request: Request) -> Answer:
        """The answer that the request would get; nothing is asked, refused or kept."""
        with self._lock:
            return self._plane.cloud.create(request)

    def create(self, request: Request, provider_urn: str = "", *, again: bool = False) -> Answer:
        """Carries out a create. `again`: the same request came before and its answer was lost, so what stands under
        the id is what that request made."""
        with self._lock:
            cloud, state = self._plane.cloud, self._plane.state
            answer = cloud.create(request)
            workspace = _workspace(request)
            if again and state.read(answer.id, workspace) is not None:
                return answer
            while _makes_ids_up(request.type) and state.read(answer.id, workspace) is not None:
                # Services never give an id twice: a replacement that creates before it deletes gets another.
                request = dataclasses.replace(request, urn=f"{request.urn}'")
                answer = cloud.create(request)
            record = ResourceRecord(request.urn, request.type, request.inputs, answer.id, workspace)
            self._ask_rules(record, answer, provider_urn)
            refusal = state.create(record)
            if refusal is not None:
                raise RefusedError(refusal)
            self._journal.put(record)
            return answer

    def read(
        self, request: Request, resource_id: str, *, expected: bool
    ) -> tuple[Answer, Mapping[str, object]] | None:
        """Outputs and inputs of what stands under the id, None where nothing does. Where it is not `expected` (the
        program looks up what others own), whatever lies outside this stack's resource groups is taken to stand."""
        with self._lock:
            state = self._plane.state
            record = state.read(resource_id, _workspace(request))
            if record is not None:
                now = dataclasses.replace(request, inputs=record.inputs, urn=record.urn)
                return Answer(resource_id, self._plane.cloud.create(now).outputs), record.inputs
            ours = is_arm_id(resource_id) and state.read(resource_group_of(resource_id)) is not None
            if expected or ours:
                return None
            answer = self._plane.cloud.read(request, resource_id)
            return answer, request.inputs

    def update(self, request: Request, resource_id: str, provider_urn: str = "") -> Answer:
        """Carries out an update."""
        with self._lock:
            state = self._plane.state
            record = ResourceRecord(
                request.urn, request.type, request.inputs, resource_id, _workspace(request)
            )
            outputs = self._plane.cloud.create(request).outputs
            answer = Answer(resource_id, outputs)
            self._ask_rules(record, answer, provider_urn)
            change, refusal = state.update(record)
            if refusal is not None:
                raise RefusedError(refusal)
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
            self._journal.put(record)
            return answer

    def delete(self, request: Request, resource_id: str) -> Answer:
        """Carries out a delete, with everything that goes with the resource."""
        with self._lock:
            state = self._plane.state
            workspace = _workspace(request)
            before, held = state.resources, dict(state.soft_deleted)
            refusal = state.delete(resource_id, workspace)
            if refusal is not None:
                raise RefusedError(refusal)
            self._write_down_deletions(before, held)
            return Answer(resource_id)

    def invoke(self, token: str, arguments: Mapping[str, object]) -> Mapping[str, object]:
        """What a provider function returns."""
        with self._lock:
            return self._plane.invoke(token, arguments)

    def _ask_rules(self, record: ResourceRecord, answer: Answer, provider_urn: str) -> None:
        standing = self._plane.state.resources
        for finding in self._rules.findings(record, answer.outputs, standing, self._providers, provider_urn):
            raise RefusedError(finding)

    def _write_down_deletions(
        self, before: tuple[ResourceRecord, ...], held: Mapping[SoftDeleted, datetime.date]
    ) -> None:
        state = self._plane.state
        left = {id(record) for record in state.resources}
        for record in before:
            if id(record) in left:
                continue
            self._journal.gone(record)
            if record.type == DATABRICKS_WORKSPACE:
                self._end_workspace(str(workspace_values(record.id)["workspaceHost"]))
        for name, until in state.soft_deleted.items():
            if held.get(name) != until:
                self._journal.held(name, until)

    def _end_workspace(self, host: str) -> None:
        """What lives in a Databricks workspace goes with it."""
        state = self._plane.state
        for record in state.resources:
            if record.workspace.partition("|")[0] == host:
                state.forget(record.id, record.workspace)
                self._journal.gone(record)


def _workspace(request: Request) -> str:
    """Where an id means one thing: a Databricks workspace and type (a credential and a location may have one name),
    nothing for Azure."""
    if package_of(request.type) != "databricks":
        return ""
    return f"{provider_host(request.provider_inputs)}|{request.type}"


def _makes_ids_up(resource_type: str) -> bool:
    known = CATALOGUE.get(resource_type)
    return known.has_opaque_id if known is not None else package_of(resource_type) == "databricks"
