"""The release's steps around `up`: triggers stop before it and start after it.

    python -m infra.data.data_factory.trigger_steps around --stack prod -- pulumi up --stack prod

A running trigger refuses its own update and its deletion, and Azure creates every trigger stopped. `around` stops
what runs in the factory, also what settings no longer name; runs the command; and starts those with
`running: true`. Where the command fails, what ran before runs again. `stop` and `start` are the halves, by hand.
The factory's name follows from the stack file, so nothing is read from the stack's state.
"""

from __future__ import annotations

import argparse
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from azure_facts.arm_ids import ArmScope
from infra.conventions.name_rules import ResourceKind
from infra.data.data_factory.running_triggers import (
    MANAGEMENT,
    DeployedTrigger,
    FactoryTriggers,
    TriggerError,
)
from infra.settings.load import SettingsError, load_from_stack_file
from infra.settings.names import naming_of
from infra.settings.platform import PlatformSettings
from infra.settings.synapse import step_name


class Step(StrEnum):
    """What is done to triggers."""

    STOP = "stop"
    START = "start"
    AROUND = "around"


def factory_id(settings: PlatformSettings) -> str | None:
    """ARM id of the stack's factory; None without one."""
    if settings.data_factory is None:
        return None
    naming = naming_of(settings)
    name = naming.name(ResourceKind.DATA_FACTORY, generation=settings.data_factory.generation)
    group = naming.name(ResourceKind.RESOURCE_GROUP)
    return ArmScope(settings.azure.subscription_id, group).data_factory_id(name)


def running_names(settings: PlatformSettings) -> Iterator[str]:
    """Names of the triggers that run after a release; none while there is only the foundation."""
    if settings.foundation_only:
        return
    naming = naming_of(settings)
    pipelines = settings.data_factory.pipelines if settings.data_factory else {}
    databricks = settings.databricks
    for key, pipeline in pipelines.items():
        if pipeline.needs_databricks and not (databricks and databricks.starts_jobs):
            # It comes with the second deployment, or waits for the notebooks, as what it runs does.
            continue
        for trigger_key, trigger in pipeline.triggers.items():
            if trigger.running:
                yield naming.name(ResourceKind.DATA_FACTORY_OBJECT, f"{key}-{trigger_key}")
    for key, pool in settings.synapse.dedicated_pools.items() if settings.synapse else ():
        for pool_step, _ in pool.pause.steps() if pool.pause else ():
            yield naming.name(ResourceKind.DATA_FACTORY_OBJECT, step_name(pool_step, key))


def stop(triggers: FactoryTriggers) -> list[DeployedTrigger]:
    """Stop everything that runs; what was stopped. Where one refuses, those before it run again."""
    stopped: list[DeployedTrigger] = []
    try:
        for trigger in triggers.deployed():
            if trigger.started:
                say(f"stop trigger {trigger.name}")
                # Before the call: one that stops and whose answer is lost is started again too.
                stopped.append(trigger)
                triggers.stop(trigger)
    except TriggerError:
        start_again(triggers, stopped)
        raise
    return stopped


def start(triggers: FactoryTriggers, names: Sequence[str]) -> None:
    """Start what `names` says and does not run yet. Raises TriggerError for one that is not there."""
    there = {trigger.name: trigger for trigger in triggers.deployed()}
    missing = sorted(set(names) - there.keys())
    for name in names:
        if name in there and not there[name].started:
            say(f"start trigger {name}")
            triggers.start(there[name])
    if missing:
        raise TriggerError(f"not in the factory: {', '.join(missing)}; `up` makes them")


def start_again(triggers: FactoryTriggers, before: Sequence[DeployedTrigger]) -> None:
    """What ran before a release that failed; one that cannot be started keeps no other from it."""
    for trigger in before:
        say(f"start trigger {trigger.name} again")
        try:
            triggers.start(trigger)
        except TriggerError as error:
            sys.stderr.write(f"{error}\n")


def around(triggers: FactoryTriggers, names: Sequence[str], run: Callable[[], int]) -> int:
    """The exit code of `run`, between stop and start."""
    before = stop(triggers)
    succeeded = False
    try:
        code = run()
        succeeded = code == 0
    finally:
        # Also when the release is interrupted: stopped triggers would stay so, and nobody would be told.
        if not succeeded:
            start_again(triggers, before)
    if succeeded:
        start(triggers, names)
    return code


def run_command(command: Sequence[str]) -> int:
    """Its exit code. An interruption is the command's to answer: killed in the middle of `up`, the engine would leave
    pending operations."""
    say(shlex.join(command))
    with subprocess.Popen(command) as process:  # noqa: S603 - what the release's own step names
        # A terminal interrupts the command by itself; a runner ends this process alone.
        interrupted = signal.signal(signal.SIGINT, signal.SIG_IGN)
        ended = signal.signal(signal.SIGTERM, lambda number, _frame: process.send_signal(number))
        try:
            return process.wait()
        finally:
            signal.signal(signal.SIGINT, interrupted)
            signal.signal(signal.SIGTERM, ended)


def say(text: str) -> None:
    """One line at once: a release's log is read while it runs."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def azure_token(subscription: str) -> str:
    """Of the caller who is signed in to the Azure CLI. Raises TriggerError."""
    command = ["az", "account", "get-access-token", "--subscription", subscription, "--resource", MANAGEMENT]
    command += ["--query", "accessToken", "--output", "tsv"]
    try:
        # Every word is ours or checked by settings; no shell reads it.
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise TriggerError("the Azure CLI (az) is not on PATH; install it and sign in: az login") from error
    if done.returncode:
        raise TriggerError(f"no token of Azure: {done.stderr.strip()}; sign in: az login")
    return done.stdout.strip()


def main(
    arguments: Sequence[str] | None = None,
    sign_in: Callable[[str], str] = azure_token,
    management: str = MANAGEMENT,
) -> int:
    """Exit 2 for settings that are refused, 1 for a call that Azure refused, else the command's own code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    split = given.index("--") if "--" in given else len(given)
    command = given[split + 1 :]
    options = _parser().parse_args(given[:split])
    if (options.step is Step.AROUND) != bool(command):
        _parser().error("around takes a command after --, stop and start take none")

    try:
        settings = load_from_stack_file(Path(f"Pulumi.{options.stack}.yaml")).settings
        factory = factory_id(settings)
        if factory is None:
            return run_command(command) if command else 0
        triggers = FactoryTriggers(factory, sign_in(settings.azure.subscription_id), management)
        names = list(running_names(settings))
        if options.step is Step.AROUND:
            return around(triggers, names, lambda: run_command(command))
        if options.step is Step.STOP:
            stop(triggers)
        else:
            start(triggers, names)
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except TriggerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="trigger_steps",
        usage="%(prog)s [-h] --stack STACK {stop,start}, or %(prog)s around --stack STACK -- COMMAND",
        description="Stop and start Data Factory's triggers around a release.",
    )
    parser.add_argument("step", type=Step, choices=list(Step))
    parser.add_argument("--stack", required=True)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
