"""One rehearsal: a project's program for one stack, from files to findings."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rehearsal.checks import run_checks
from rehearsal.checks.references import external_ids
from rehearsal.cloud.cloud import NO_SUBSCRIPTION, SimulatedCloud
from rehearsal.cloud.control_plane import ControlPlane
from rehearsal.cloud.state import CloudState
from rehearsal.inventory import Inventory, make_inventory
from rehearsal.model.errors import ProgramError
from rehearsal.model.finding import Finding, Severity
from rehearsal.model.policy import PackResult, PolicyFinding
from rehearsal.model.subscription import Subscription
from rehearsal.model.values import masked_text
from rehearsal.model.world import World
from rehearsal.monitor.monitor import RehearsalMonitor
from rehearsal.policy_pack.analysis import analyse, mandatory_findings
from rehearsal.policy_pack.pack import PolicyPack
from rehearsal.policy_pack.process import PackSurroundings, running_pack
from rehearsal.program.configuration import resolve_configuration
from rehearsal.program.garbage import no_collection
from rehearsal.program.namespaces import namespace_warnings
from rehearsal.program.project import read_project, read_stack_config
from rehearsal.program.runner import DEFAULT_TIMEOUT_SECONDS, run_program
from rehearsal.rules import run_rules
from rehearsal.timeline import Timeline, timeline

_NOTHING_SAID = Subscription()


@dataclass(frozen=True)
class Rehearsal:
    """What a rehearsal found. Where the program failed (`error`), the rest is what it had registered by then
    and nothing was checked. `outputs` are the stack's exports, secrets masked; `log` what the program
    logged."""

    project: str
    stack: str
    inventory: Inventory
    refusals: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    outputs: Mapping[str, object]
    error: ProgramError | None
    log: tuple[str, ...]
    world: World
    timeline: Timeline
    policies: tuple[PackResult, ...]

    @property
    def ok(self) -> bool:
        """Whether it would deploy; warnings and advisory policies do not count."""
        return self.error is None and not self.refusals and not self.violations

    @property
    def violations(self) -> tuple[PolicyFinding, ...]:
        """Mandatory policy violations."""
        return mandatory_findings(self.policies)


def rehearse(
    project_dir: str | Path,
    stack: str,
    *,
    today: datetime.date | None = None,
    config_overrides: Mapping[str, object] | None = None,
    stack_file: str | Path | None = None,
    subscription: Subscription = _NOTHING_SAID,
    timeout: float = DEFAULT_TIMEOUT_SECONDS,
    policy_packs: Sequence[PolicyPack] = (),
) -> Rehearsal:
    """Runs the project's program, unchanged, for one stack against the simulated cloud.

    `today` overrides the configuration `<project>:today`; `config_overrides` replaces whole configuration
    values by key; `stack_file` reads another file than `Pulumi.<stack>.yaml`; `subscription` is what the real one
    is said to have; a program that has not ended after `timeout` seconds is stopped; each of `policy_packs` judges
    what was registered. Not for two threads at once: a program sees the process's folder and environment.

    Raises `RehearsalError` where the rehearsal cannot start (no project, no such stack, a corrupt file) and where a
    policy pack fails. A failing program does not raise: see `Rehearsal.error`.
    """
    project = read_project(Path(project_dir))
    path = Path(stack_file) if stack_file is not None else project.stack_file(stack)
    configuration = resolve_configuration(
        project, read_stack_config(project, path), overrides=config_overrides, today=today
    )
    values = configuration.values
    rehearsed_for = today or _configured_today(values.get(project.full_key("today")))
    cloud = SimulatedCloud(
        CloudState(rehearsed_for),
        subscription_id=values.get("azure-native:subscriptionId", NO_SUBSCRIPTION),
        tenant_id=values.get("azure-native:tenantId", NO_SUBSCRIPTION),
    )
    monitor = RehearsalMonitor(
        project.name, stack, ControlPlane(cloud), configuration.disabled_default_providers
    )
    log: list[str] = list(namespace_warnings(project.name, values))
    about = PackSurroundings(project.name, stack, values, configuration.secret_keys)
    with contextlib.ExitStack() as started:
        # The packs start while the program runs: importing takes both most of their time.
        packs = [(pack, started.enter_context(running_pack(pack, about))) for pack in policy_packs]
        started.enter_context(no_collection())
        error = run_program(project, stack, configuration, monitor, log, timeout=timeout)
        world = World(
            resources=tuple(monitor.recorded.values()),
            today=rehearsed_for,
            subscription=subscription,
            settings=values,
            stack_outputs=monitor.stack_outputs,
            component_outputs=monitor.component_outputs,
        )
        policies = () if error else tuple(analyse(process, pack, world, about) for pack, process in packs)
        findings = [] if error else [*monitor.findings, *run_checks(world), *run_rules(world)]
        return _rehearsal(project.name, stack, world, cloud, findings, policies, error, log)


def _rehearsal(
    project: str,
    stack: str,
    world: World,
    cloud: SimulatedCloud,
    findings: Sequence[Finding],
    policies: tuple[PackResult, ...],
    error: ProgramError | None,
    log: Sequence[str],
) -> Rehearsal:
    """What was found, in a stable order and with secrets masked."""
    shown = sorted({finding.masked() for finding in findings})
    refusals = tuple(finding for finding in shown if finding.severity is Severity.REFUSAL)
    warnings = tuple(finding for finding in shown if finding.severity is Severity.WARNING)
    duration = timeline(world)
    inventory = make_inventory(
        project=project,
        stack=stack,
        today=world.today.isoformat(),
        resources=world.resources,
        outputs=world.stack_outputs,
        component_outputs=world.component_outputs,
        refusals=refusals,
        warnings=warnings,
        generic_types=cloud.generic_types,
        generic_functions=cloud.generic_functions,
        deployment=duration,
        external_ids=external_ids(world),
        policies=policies,
    )
    return Rehearsal(
        project=project,
        stack=stack,
        inventory=inventory,
        refusals=refusals,
        warnings=warnings,
        outputs=inventory.outputs,
        error=ProgramError(error.kind, masked_text(error.text)) if error else None,
        log=tuple(masked_text(line) for line in log),
        world=world,
        timeline=duration,
        policies=policies,
    )


def _configured_today(value: str | None) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value or "")
    except ValueError:
        return datetime.date.today()
