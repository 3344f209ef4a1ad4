"""Asking a pack what it thinks of a stack: each resource's inputs, then the stack as a whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from rehearsal.model.errors import RehearsalError
from rehearsal.model.policy import COULD_NOT_RUN, EnforcementLevel, PackResult, PolicyFinding
from rehearsal.model.resource import Options, Resource
from rehearsal.model.urns import STACK_TYPE
from rehearsal.model.wire import from_struct, to_struct
from rehearsal.model.world import World
from rehearsal.policy_pack.pack import PolicyPack
from rehearsal.policy_pack.process import PackProcess, PackSurroundings

T = TypeVar("T")

_CALL_SECONDS = 60.0
_LEVELS = {
    "advisory": analyzer_pb2.ADVISORY,
    "mandatory": analyzer_pb2.MANDATORY,
    "remediate": analyzer_pb2.REMEDIATE,
    "disabled": analyzer_pb2.DISABLED,
}
_SEVERITIES = {0: "", 1: "low", 2: "medium", 3: "high", 4: "critical"}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|h|m|s)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}


def analyse(process: PackProcess, world: World, about: PackSurroundings) -> PackResult:
    """Runs every policy of the pack. Resource policies see inputs, stack policies outputs, both with secrets marked.

    Raises `RehearsalError` where the pack fails: at its start, or in one of its policies.
    """
    return _Analysis(process.stub(), process.pack, world, about).run()


def check_pack(process: PackProcess, about: PackSurroundings) -> None:
    """Waits until the pack has started and taken its configuration, before there is anything to judge.

    Raises `RehearsalError` where it does not.
    """
    _Pack(process.stub(), process.pack, about).configure()


class _Pack:
    """A pack that is asked, and what it says of itself."""

    def __init__(
        self, stub: analyzer_pb2_grpc.AnalyzerStub, pack: PolicyPack, about: PackSurroundings
    ) -> None:
        self._stub = stub
        self._pack = pack
        self._about = about
        self._name = str(pack.directory)

    def configure(self) -> tuple[analyzer_pb2.AnalyzerInfo, Mapping[str, analyzer_pb2.PolicyConfig]]:
        """Its policies, and how each is configured."""
        info = self._call(
            "its start", lambda: self._stub.GetAnalyzerInfo(empty_pb2.Empty(), timeout=_CALL_SECONDS)
        )
        self._name = info.name
        configuration = _configuration(info, self._pack.configuration)
        self._call("its configuration", lambda: self._configure(configuration))
        return info, configuration

    def _call(self, what: str, call: Callable[[], T]) -> T:
        try:
            return call()
        except grpc.RpcError as error:
            code = error.code() if isinstance(error, grpc.Call) else None
            detail = (error.details() if isinstance(error, grpc.Call) else None) or str(error)
            if code is grpc.StatusCode.DEADLINE_EXCEEDED:
                detail = f"no answer within {_CALL_SECONDS:g} seconds"
            raise RehearsalError(
                f"policy pack {self._name} failed on {what}: {detail.splitlines()[0]}"
            ) from error

    def _configure(self, configuration: Mapping[str, analyzer_pb2.PolicyConfig]) -> None:
        self._stub.ConfigureStack(
            analyzer_pb2.AnalyzerStackConfigureRequest(
                stack=self._about.stack,
                project=self._about.project,
                organization="organization",
                dry_run=True,
                config=self._about.configuration,
                config_secret_keys=self._about.secret_keys,
            ),
            timeout=_CALL_SECONDS,
        )
        self._stub.Configure(
            analyzer_pb2.ConfigureAnalyzerRequest(policyConfig=configuration), timeout=_CALL_SECONDS
        )


class _Analysis(_Pack):
    def __init__(
        self, stub: analyzer_pb2_grpc.AnalyzerStub, pack: PolicyPack, world: World, about: PackSurroundings
    ) -> None:
        super().__init__(stub, pack, about)
        self._world = world

    def run(self) -> PackResult:
        info, configuration = self.configure()
        findings = [finding for resource in self._judged() for finding in self._resource(resource)]
        findings += self._stack()
        enabled = sum(
            level_of(policy.name, configuration, policy.enforcementLevel) != analyzer_pb2.DISABLED
            for policy in info.policies
        )
        return PackResult(
            name=info.name,
            version=self._pack.version or info.version,
            policies=enabled,
            findings=tuple(sorted({finding.masked() for finding in findings})),
        )

    def _judged(self) -> list[Resource]:
        return [resource for resource in self._world.resources if not resource.external]

    def _resource(self, resource: Resource) -> Iterator[PolicyFinding]:
        inputs: Mapping[str, object] = resource.inputs
        request = self._request(resource, inputs)
        remedied = self._call(resource.urn, lambda: self._stub.Remediate(request, timeout=_CALL_SECONDS))
        for remediation in remedied.remediations:
            if not remediation.diagnostic:
                inputs = from_struct(remediation.properties)
            yield PolicyFinding(
                urn=resource.urn,
                policy=remediation.policyName,
                message=remediation.diagnostic or remediation.description,
                pack=self._name,
                level=EnforcementLevel.REMEDIATED,
            )
        request = self._request(resource, inputs)
        yield from self._findings(
            self._call(resource.urn, lambda: self._stub.Analyze(request, timeout=_CALL_SECONDS)), resource.urn
        )

    def _stack(self) -> list[PolicyFinding]:
        about = self._about
        root = f"urn:pulumi:{about.stack}::{about.project}::{STACK_TYPE}::{about.project}-{about.stack}"
        resources = [
            analyzer_pb2.AnalyzerResource(
                type=STACK_TYPE,
                urn=root,
                name=f"{about.project}-{about.stack}",
                properties=to_struct(self._world.stack_outputs),
            ),
            *(self._stack_resource(resource, root) for resource in self._judged()),
        ]
        request = analyzer_pb2.AnalyzeStackRequest(resources=resources)
        answer = self._call("the stack", lambda: self._stub.AnalyzeStack(request, timeout=_CALL_SECONDS))
        return list(self._findings(answer, ""))

    def _request(self, resource: Resource, inputs: Mapping[str, object]) -> analyzer_pb2.AnalyzeRequest:
        return analyzer_pb2.AnalyzeRequest(
            type=resource.type,
            urn=resource.urn,
            name=resource.name,
            properties=to_struct(inputs),
            options=_options(resource),
            provider=self._provider(resource),
        )

    def _stack_resource(self, resource: Resource, root: str) -> analyzer_pb2.AnalyzerResource:
        outputs = (
            self._world.component_outputs.get(resource.urn, {})
            if resource.is_component
            else {**resource.inputs, **resource.outputs}
        )
        return analyzer_pb2.AnalyzerResource(
            type=resource.type,
            urn=resource.urn,
            name=resource.name,
            parent=resource.parent or root,
            properties=to_struct(outputs),
            options=_options(resource),
            provider=self._provider(resource),
            dependencies=resource.dependencies,
            propertyDependencies={
                key: analyzer_pb2.AnalyzerPropertyDependencies(urns=urns)
                for key, urns in resource.property_dependencies.items()
            },
        )

    def _provider(self, resource: Resource) -> analyzer_pb2.AnalyzerProviderResource | None:
        provider = self._world.provider_of(resource)
        if provider is None:
            return None
        return analyzer_pb2.AnalyzerProviderResource(
            type=provider.type, urn=provider.urn, name=provider.name, properties=to_struct(provider.inputs)
        )

    def _findings(self, answer: analyzer_pb2.AnalyzeResponse, urn: str) -> Iterator[PolicyFinding]:
        for found in answer.diagnostics:
            level = EnforcementLevel.ADVISORY
            if found.enforcementLevel in (analyzer_pb2.MANDATORY, analyzer_pb2.REMEDIATE):
                level = EnforcementLevel.MANDATORY
            elif found.message.startswith(COULD_NOT_RUN):
                level = EnforcementLevel.NOT_EVALUATED
            yield PolicyFinding(
                urn=found.urn or urn,
                policy=found.policyName,
                message=found.message,
                pack=self._name,
                level=level,
                severity=_SEVERITIES.get(found.severity, ""),
            )


def level_of(policy: str, configuration: Mapping[str, analyzer_pb2.PolicyConfig], default: int) -> int:
    """The level at which a policy is enforced: the configured one, else the pack's."""
    return configuration[policy].enforcementLevel if policy in configuration else default


def _configuration(
    info: analyzer_pb2.AnalyzerInfo, given: Mapping[str, object]
) -> dict[str, analyzer_pb2.PolicyConfig]:
    """For every policy: what was given for it, else for `all`, else the pack's initial configuration and default."""
    found: dict[str, analyzer_pb2.PolicyConfig] = {}
    unknown = sorted(set(given) - {policy.name for policy in info.policies} - {"all"})
    if unknown:
        raise RehearsalError(
            f"policy pack {info.name} has no policy {', '.join(unknown)} (--policy-pack-config)"
        )
    for policy in info.policies:
        config = analyzer_pb2.PolicyConfig(enforcementLevel=policy.enforcementLevel)
        if policy.name in info.initialConfig:
            config.CopyFrom(info.initialConfig[policy.name])
        for value in (given.get("all"), given.get(policy.name)):
            _apply(config, value)
        found[policy.name] = config
    return found


def _apply(config: analyzer_pb2.PolicyConfig, value: object) -> None:
    if isinstance(value, str):
        config.enforcementLevel = _LEVELS[value]
    elif isinstance(value, dict):
        level = value.get("enforcementLevel")
        if isinstance(level, str):
            config.enforcementLevel = _LEVELS[level]
        config.properties.MergeFrom(
            to_struct({key: item for key, item in value.items() if key != "enforcementLevel"})
        )


def _options(resource: Resource) -> analyzer_pb2.AnalyzerResourceOptions:
    options: Options = resource.options
    return analyzer_pb2.AnalyzerResourceOptions(
        protect=options.protect,
        ignoreChanges=options.ignore_changes,
        deleteBeforeReplace=bool(options.delete_before_replace),
        deleteBeforeReplaceDefined=options.delete_before_replace is not None,
        additionalSecretOutputs=options.additional_secret_outputs,
        aliases=options.aliases,
        customTimeouts=analyzer_pb2.AnalyzerResourceOptions.CustomTimeouts(
            create=_seconds(options.custom_timeouts.get("create", "")),
            update=_seconds(options.custom_timeouts.get("update", "")),
            delete=_seconds(options.custom_timeouts.get("delete", "")),
        ),
        parent=resource.parent,
    )


def _seconds(duration: str) -> float:
    """A Go duration such as `1h30m` in seconds."""
    return sum(float(number) * _SECONDS[unit] for number, unit in _DURATION.findall(duration))


def mandatory_findings(results: Iterable[PackResult]) -> tuple[PolicyFinding, ...]:
    """Those that stop a deployment, over all packs."""
    return tuple(
        finding
        for result in results
        for finding in result.findings
        if finding.level is EnforcementLevel.MANDATORY
    )
