"""The release's steps around `up`: triggers stop before it and start after it.

    python -m infra.data.data_factory.trigger_steps stop --stack prod
    pulumi up --stack prod
    python -m infra.data.data_factory.trigger_steps start --stack prod

A running trigger refuses its own update and its pipeline's deletion, and Azure creates every trigger stopped. Names
follow from the stack file, so nothing is read from the stack's state. A factory or a trigger that does not exist yet
is nothing to stop.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from infra.conventions.name_rules import ResourceKind
from infra.data.pool_pause import pause_name
from infra.settings.load import SettingsError, load_from_stack_file
from infra.settings.names import naming_of
from infra.settings.platform import PlatformSettings

NOT_FOUND = ("ResourceNotFound", "TriggerNotFound", "ResourceGroupNotFound", "EntityNotFound")


class Step(StrEnum):
    """What is done to triggers."""

    STOP = "stop"
    START = "start"


def commands(settings: PlatformSettings, step: Step) -> Iterator[list[str]]:
    """One Azure CLI call for each trigger: all of them are stopped, those with `running: true` are started."""
    factory = settings.data_factory
    if factory is None:
        return
    naming = naming_of(settings)
    for name, running in _triggers(settings):
        if step is Step.STOP or running:
            yield [
                *("az", "datafactory", "trigger", step.value),
                *("--subscription", settings.azure.subscription_id),
                *("--resource-group", naming.name(ResourceKind.RESOURCE_GROUP)),
                *("--factory-name", naming.name(ResourceKind.DATA_FACTORY, generation=factory.generation)),
                *("--name", naming.name(ResourceKind.DATA_FACTORY_OBJECT, name)),
            ]


def _triggers(settings: PlatformSettings) -> Iterator[tuple[str, bool]]:
    """Key of each trigger, and whether it is to run."""
    pipelines = settings.data_factory.pipelines if settings.data_factory else {}
    for key, pipeline in pipelines.items():
        for trigger_key, trigger in pipeline.triggers.items():
            yield f"{key}-{trigger_key}", trigger.running
    for key, pool in settings.synapse.dedicated_pools.items() if settings.synapse else ():
        if pool.pause:
            yield pause_name(key), True


def run(step: Step, planned: Sequence[list[str]]) -> int:
    """Run the calls one after the other; the first failure that is no absence ends with its exit code."""
    for command in planned:
        say(shlex.join(command))
        # Every word is ours or a name that follows from settings; no shell reads it.
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode == 0:
            continue
        if step is Step.STOP and any(word in done.stderr for word in NOT_FOUND):
            say("  does not exist yet: nothing to stop")
            continue
        sys.stderr.write(done.stderr)
        return done.returncode
    return 0


def say(text: str) -> None:
    """One line at once: a release's log is read while it runs."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit 2 for settings that are refused."""
    parser = argparse.ArgumentParser(
        prog="trigger_steps", description="Stop or start Data Factory's triggers."
    )
    parser.add_argument("step", type=Step, choices=list(Step))
    parser.add_argument("--stack", required=True)
    parser.add_argument("--dry-run", action="store_true", help="print the calls and make none")
    options = parser.parse_args(arguments)
    try:
        settings = load_from_stack_file(Path(f"Pulumi.{options.stack}.yaml")).settings
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    planned = list(commands(settings, options.step))
    if options.dry_run:
        say("\n".join(shlex.join(command) for command in planned))
        return 0
    return run(options.step, planned)


if __name__ == "__main__":
    raise SystemExit(main())
