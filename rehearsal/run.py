"""One rehearsal: a project's program for one stack, from files to findings."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rehearsal.authorisation.acts_place import ActsError, acts_path
from rehearsal.authorisation.model import Lifecycle
from rehearsal.azure_policy.policy_file import PolicyFile, policies_of
from rehearsal.checks import run_checks
from rehearsal.checks.references import external_ids
from rehearsal.cloud.cloud import NO_SUBSCRIPTION
from rehearsal.inventory import Inventory, make_inventory
from rehearsal.lifecycle.acts import Played, play
from rehearsal.lifecycle.program import sent_by
from rehearsal.model.azure_policy import AzurePolicies, Evaluated
from rehearsal.model.errors import ProgramError
from rehearsal.model.finding import Finding, Severity
from rehearsal.model.policy import PackResult, PolicyFinding
from rehearsal.model.subscription import Subscription
from rehearsal.model.values import masked_text
from rehearsal.model.world import World
from rehearsal.policy_pack.analysis import analyse, check_pack, mandatory_findings
from rehearsal.policy_pack.pack import PolicyPack
from rehearsal.policy_pack.process import PackProcess, PackSurroundings, running_pack
from rehearsal.program.configuration import resolve_configuration
from rehearsal.program.garbage import no_collection
from rehearsal.program.namespaces import namespace_warnings
from rehearsal.program.process import DEFAULT_TIMEOUT_SECONDS, ProgramProcess
from rehearsal.program.project import read_project, read_stack_config
from rehearsal.program.recorded import Recorded
from rehearsal.program.runner import ProgramJob
from rehearsal.promises.answers import Answers
from rehearsal.promises.judging import Judged, judge_world
from rehearsal.promises.report import finding, position_of, promised
from rehearsal.rules import run_rules
from rehearsal.sdk.in_use import import_sdk_modules
from rehearsal.suppressions import DEFAULT_FILE, Suppression, read_suppressions, sort_findings
from rehearsal.timeline import Timeline, timeline

_NOTHING_SAID = Subscription()
_NOTHING_PROMISED = Answers()


@dataclass(frozen=True)
class Rehearsal:
    """What a rehearsal found. Where the program failed (`error`), the rest is what it had registered by then and
    nothing was checked. `outputs` are the stack's exports, secrets masked; `log` what the program logged, `accepted`
    what a suppression covers. `directory` is the project's folder, `program` its
    file."""

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
    acts: tuple[Played, ...] = ()
    accepted: tuple[tuple[Finding, Suppression], ...] = ()
    directory: Path = Path()
    program: Path = Path()
    promises: Answers = _NOTHING_PROMISED

    @property
    def azure_policies(self) -> AzurePolicies | None:
        """What assigned policies do; None where there is no file of them."""
        return self.inventory.azure_policies

    @property
    def broken_promises(self) -> tuple[Finding, ...]:
        """Promises and requirements that fail, and for which the program answers."""
        return tuple(
            replace(finding(one, Severity.REFUSAL).masked(), position=position_of(one, self.world))
            for one in self.promises.broken
        )

    @property
    def refused_acts(self) -> tuple[Played, ...]:
        """Acts of `Acts.<stack>.yaml` that their identities could not perform."""
        return tuple(one for one in self.acts if one.refused)

    @property
    def ok(self) -> bool:
        """Whether it would deploy and do what it promises; warnings and advisory policies do not count."""
        wrong = self.refusals or self.violations or self.refused_acts or self.promises.broken
        return self.error is None and not wrong

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
    stack_outputs: Mapping[str, Mapping[str, object]] | None = None,
    stack_file: str | Path | None = None,
    subscription: Subscription = _NOTHING_SAID,
    timeout: float = DEFAULT_TIMEOUT_SECONDS,
    policy_packs: Sequence[PolicyPack] = (),
    packs: Sequence[PackProcess] = (),
    acts_file: Path | None = None,
    suppressions: Path | None = None,
    azure_policies: Path | None = None,
) -> Rehearsal:
    """Runs the project's program, unchanged and in a process of its own, for one stack against the simulated cloud.

    `today` overrides the configuration `<project>:today`; `config_overrides` replaces whole configuration
    values by key; `stack_outputs` are what other stacks give, by their name; `stack_file` reads another file than
    `Pulumi.<stack>.yaml`; `subscription` is what the real one is said to have; a program that has not ended after
    `timeout` seconds is stopped; each of `policy_packs` judges what was registered; `acts_file` is read instead of
    `Acts.<stack>.yaml` beside the stack's file, which may be absent; `suppressions` is read instead of the file of
    that name beside Pulumi.yaml; `azure_policies` is read instead of `azure-policies.<stack>.json` beside the stack's
    file, which may be absent. `packs` are `policy_packs` that `running_packs` has started already, and the caller
    ends them.

    Raises `RehearsalError` where the rehearsal cannot start (no project, no such stack, a corrupt file) and where a
    policy pack fails, `ActsError` where the file of acts is wrong, `PromisesError` where the output `promises` is. A
    failing program does not raise: see `Rehearsal.error`.
    """
    job = _program_job(project_dir, stack, today, config_overrides, stack_file)
    job = replace(job, stack_outputs=stack_outputs or {})
    accepted = _suppressions(job.project.directory, suppressions)
    stack_path = Path(stack_file) if stack_file is not None else job.project.stack_path(stack)
    acts, stale = _acts_of(stack_path, acts_file)
    policy_file = policies_of(stack_path, azure_policies)
    with contextlib.ExitStack() as started:
        started.enter_context(no_collection())
        packs = packs or started.enter_context(_running(policy_packs, job))
        import_sdk_modules(job.project.program)
        program = started.enter_context(ProgramProcess(job))
        # While the program runs: a pack that cannot judge is told at once, not after it.
        for pack in packs:
            check_pack(pack, _surroundings(job))
        recorded = program.result(timeout)
        world = World(
            resources=recorded.resources,
            today=job.today,
            subscription=subscription,
            settings=job.configuration.values,
            stack_outputs=recorded.stack_outputs,
            component_outputs=recorded.component_outputs,
            looked_up_groups=recorded.looked_up_groups,
        )
        failed = recorded.error is not None
        policies = () if failed else tuple(analyse(pack, world, _surroundings(job)) for pack in packs)
        findings = [] if failed else [*recorded.findings, *run_checks(world), *run_rules(world)]
        played = play(acts, sent_by(world)) if acts and not failed else ()
        judged = Judged() if failed else judge_world(world)
        findings += [finding(one, Severity.WARNING) for one in judged.answers.doubtful]
        requests = _judged_requests(policy_file, world) if policy_file and not failed else None
        findings += requests.findings if requests else ()
        result = _rehearsal(job, world, recorded, findings, policies, played, judged, accepted, requests)
        return replace(result, log=(*result.log, stale)) if stale else result


def _judged_requests(file: PolicyFile, world: World) -> Evaluated:
    from rehearsal.azure_policy.judging import (
        judge_requests,
    )  # only here: most stacks have no file of policies

    return judge_requests(file, world)


def _suppressions(directory: Path, asked_for: Path | None) -> tuple[Suppression, ...]:
    path = asked_for or directory / DEFAULT_FILE
    return read_suppressions(path) if asked_for or path.is_file() else ()


@contextlib.contextmanager
def running_packs(
    policy_packs: Sequence[PolicyPack],
    project_dir: str | Path,
    stack: str,
    *,
    today: datetime.date | None = None,
    config_overrides: Mapping[str, object] | None = None,
) -> Iterator[Sequence[PackProcess]]:
    """Starts the packs for a stack before its rehearsal, and ends them with the block: each imports what it needs
    meanwhile. Raises `RehearsalError` as `rehearse` does."""
    with _running(policy_packs, _program_job(project_dir, stack, today, config_overrides)) as packs:
        yield packs


@contextlib.contextmanager
def _running(policy_packs: Sequence[PolicyPack], job: ProgramJob) -> Iterator[Sequence[PackProcess]]:
    with contextlib.ExitStack() as started:
        yield [started.enter_context(running_pack(pack, _surroundings(job))) for pack in policy_packs]


def _surroundings(job: ProgramJob) -> PackSurroundings:
    return PackSurroundings(
        job.project.name, job.stack, job.configuration.values, job.configuration.secret_keys
    )


def _program_job(
    project_dir: str | Path,
    stack: str,
    today: datetime.date | None,
    config_overrides: Mapping[str, object] | None = None,
    stack_file: str | Path | None = None,
) -> ProgramJob:
    project = read_project(Path(project_dir))
    stated: Mapping[str, object] = {}
    if stack_file is not None or project.stacks():
        path = Path(stack_file) if stack_file is not None else project.stack_file(stack)
        stated = read_stack_config(project, path)
    configuration = resolve_configuration(project, stated, overrides=config_overrides, today=today)
    values = configuration.values
    return ProgramJob(
        project,
        stack,
        configuration,
        subscription_id=values.get("azure-native:subscriptionId", NO_SUBSCRIPTION),
        tenant_id=values.get("azure-native:tenantId", NO_SUBSCRIPTION),
        today=today or _configured_today(values.get(project.full_key("today"))),
        location=values.get("azure-native:location", ""),
    )


def _rehearsal(
    job: ProgramJob,
    world: World,
    recorded: Recorded,
    findings: Sequence[Finding],
    policies: tuple[PackResult, ...],
    acts: tuple[Played, ...],
    judged: Judged,
    suppressions: Sequence[Suppression],
    requests: Evaluated | None,
) -> Rehearsal:
    """What was found, in a stable order and with secrets masked."""
    placed = (_placed(finding.masked(), world) for finding in findings)
    sorted_out = sort_findings(sorted(set(placed)), suppressions, job.stack, world.today)
    shown = sorted_out.kept
    refusals = tuple(finding for finding in shown if finding.severity is Severity.REFUSAL)
    warnings = tuple(finding for finding in shown if finding.severity is Severity.WARNING)
    duration = timeline(world)
    inventory = make_inventory(
        project=job.project.name,
        stack=job.stack,
        today=world.today.isoformat(),
        resources=world.resources,
        outputs=world.stack_outputs,
        component_outputs=world.component_outputs,
        refusals=refusals,
        warnings=warnings,
        generic_types=recorded.generic_types,
        generic_functions=recorded.generic_functions,
        deployment=duration,
        external_ids=external_ids(world),
        policies=policies,
        promises=promised(judged.answers),
        roads=judged.roads,
        azure_policies=requests.summary if requests else None,
        error=masked_text(recorded.error.text) if recorded.error else "",
    )
    error = recorded.error
    return Rehearsal(
        project=job.project.name,
        stack=job.stack,
        inventory=inventory,
        refusals=refusals,
        warnings=warnings,
        outputs=inventory.outputs,
        error=ProgramError(error.kind, masked_text(error.text)) if error else None,
        log=(
            *(() if error else namespace_warnings(job.project.name, job.configuration.values)),
            *(masked_text(line) for line in recorded.log),
        ),
        world=world,
        timeline=duration,
        policies=policies,
        acts=acts,
        accepted=sorted_out.accepted,
        directory=job.project.directory,
        program=job.project.program,
        promises=judged.answers,
    )


def _placed(finding: Finding, world: World) -> Finding:
    resource = world.by_urn.get(finding.urn)
    return replace(finding, position=resource.position) if resource else finding


def _acts_of(stack_file: Path, acts_file: Path | None) -> tuple[Lifecycle | None, str]:
    """The acts, and why there are none though there is a file. Raises `ActsError`, also for a file that was asked for
    and is stale."""
    path = acts_file or acts_path(stack_file)
    if acts_file is None and not path.is_file():
        return None, ""
    from rehearsal.authorisation.acts_file import read_acts, stale_acts  # only here: it imports pydantic

    lifecycle = read_acts(path)
    stale = stale_acts(lifecycle, stack_file) if stack_file.is_file() else ""
    if stale and acts_file:
        raise ActsError(stale)
    return (None if stale else lifecycle), stale


def _configured_today(value: str | None) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value or "")
    except ValueError:
        return datetime.date.today()
