"""The simulated services behind both providers: one cloud, one lock, kept on disk."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping

from rehearsal.authorisation.gatekeeper import Gatekeeper
from rehearsal.authorisation.sent import Verb
from rehearsal.cloud.change import ResourceRecord
from rehearsal.cloud.cloud import SimulatedCloud
from rehearsal.cloud.control_plane import ControlPlane, Judge, RefusedError
from rehearsal.cloud.state import CloudState
from rehearsal.model.finding import Finding
from rehearsal.model.request import Answer, Request
from rehearsal.model.subscription import Subscription
from rehearsal.provider.request_rules import RequestRules

NOTHING_SAID = Subscription()


class Services:
    """Everything that the providers' clients may ask, safe for calls side by side.

    A request is refused for what a service sees in it: its rules, names that are taken or held, parents that are
    missing, locks, immutable properties. Raises `RefusedError`.
    """

    def __init__(
        self,
        state: CloudState,
        subscription: Subscription = NOTHING_SAID,
        settings: Mapping[str, str] | None = None,
        gatekeeper: Gatekeeper | None = None,
    ) -> None:
        """`subscription` is what somebody said the real one has, `settings` the stack's configuration: what it names is
        taken to exist; without a `gatekeeper` everybody may do everything."""
        self._lock = threading.RLock()
        self._plane = ControlPlane(SimulatedCloud(state))
        self._rules = RequestRules(state.today, subscription, settings or {})
        self._providers: dict[str, Mapping[str, object]] = {}
        self._gatekeeper = gatekeeper

    @property
    def standing(self) -> tuple[ResourceRecord, ...]:
        """The existing resources, in order of creation."""
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
        """The answer that the request would get; nothing is asked, refused or kept on disk."""
        with self._lock:
            return self._plane.preview(request)

    def look(self, request: Request, resource_id: str) -> None:
        """What a provider asks the service while it compares in a preview; refused for who asks."""
        with self._lock:
            self._let_through(request, resource_id, Verb.PREVIEW)

    def create(self, request: Request, provider_urn: str = "", *, again: bool = False) -> Answer:
        """Carries out a create. `again`: the same request came before and its answer was lost."""
        with self._lock:
            made_by = self._gatekeeper.maker(request) if self._gatekeeper else ""
            judge = self._judge(provider_urn, request, Verb.CREATE)
            answer = self._plane.create(request, judge, again=again, made_by=made_by)
            self._tell(request, answer.id, Verb.CREATE)
            return answer

    def read(
        self, request: Request, resource_id: str, *, expected: bool
    ) -> tuple[Answer, Mapping[str, object]] | None:
        """Outputs and inputs of the resource with this id, None where there is none."""
        with self._lock:
            self._let_through(request, resource_id, Verb.READ, external=not expected)
            return self._plane.read(request, resource_id, expected=expected)

    def update(self, request: Request, resource_id: str, provider_urn: str = "") -> Answer:
        """Carries out an update."""
        with self._lock:
            judge = self._judge(provider_urn, request, Verb.UPDATE)
            answer = self._plane.update(request, resource_id, judge)
            self._tell(request, resource_id, Verb.UPDATE)
            return answer

    def delete(self, request: Request, resource_id: str) -> Answer:
        """Carries out a delete, with everything that goes with the resource."""
        with self._lock:
            self._let_through(request, resource_id, Verb.DELETE)
            answer = self._plane.delete(request, resource_id)
            self._tell(request, resource_id, Verb.DELETE)
            return answer

    def invoke(self, token: str, arguments: Mapping[str, object]) -> Mapping[str, object]:
        """What a provider function returns."""
        with self._lock:
            return self._plane.invoke(token, arguments)

    def _judge(self, provider_urn: str, request: Request, verb: Verb) -> Judge:
        def judge(record: ResourceRecord) -> Iterable[Finding]:
            refused = self._gatekeeper and self._gatekeeper.refused(request, record.id, verb)
            if refused:
                return [refused]
            standing = self._plane.state.resources
            return self._rules.findings(record, record.outputs, standing, self._providers, provider_urn)

        return judge

    def _let_through(self, request: Request, resource_id: str, verb: Verb, *, external: bool = False) -> None:
        refused = self._gatekeeper and self._gatekeeper.refused(request, resource_id, verb, external=external)
        if refused:
            raise RefusedError(refused)

    def _tell(self, request: Request, resource_id: str, verb: Verb) -> None:
        if self._gatekeeper:
            self._gatekeeper.carried_out(request, resource_id, verb)
