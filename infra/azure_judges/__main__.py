"""`python -m infra.azure_judges validate --stack prod`: what Azure itself says of a stack. Exit codes: `ExitCode`."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from infra.azure_judges.deployments import LEVELS
from infra.live.exit_codes import ExitCode
from infra.live.time_limit import LEAST_SECONDS, MOST_SECONDS, seconds_of
from infra.settings.load import SettingsError, load_from_stack_file

_CODES = (
    "exit codes: 0 {done}; {refused}5 nobody is signed in, there is no network, Azure gave no answer, or the time was "
    "up; 2 the settings are refused, a file has another form, or wrong usage; 1 anything else"
)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(
        prog="python -m infra.azure_judges", description="What Azure itself says of a stack. Changes nothing."
    )
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    policies = commands.add_parser(
        "policies",
        help="write the policies that are assigned to the subscription into a file",
        epilog=_CODES.format(done="read and written", refused=""),
    )
    policies.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="default: azure-policies.STACK.json in the project's folder",
    )
    validate = commands.add_parser(
        "validate",
        help="ask ARM to validate what `rehearsal export --format arm` wrote",
        epilog=_CODES.format(done="ARM would accept every deployment", refused="4 it would refuse one; "),
    )
    validate.add_argument("--export", type=Path, required=True, metavar="DIR", help="folder of the export")
    validate.add_argument(
        "--level",
        choices=tuple(LEVELS),
        default="write",
        help="which rights ARM asks of the caller for each resource (write: those of a deployment); template: nothing "
        "but the templates is looked at",
    )
    validate.add_argument("--format", choices=("text", "json"), default="text")
    validate.add_argument(
        "--time-limit",
        type=seconds_of,
        default=900,
        metavar="SECONDS",
        help=f"of everything together: {LEAST_SECONDS} to {MOST_SECONDS} (900)",
    )
    for command in (policies, validate):
        command.add_argument("--stack", required=True, metavar="NAME")
        command.add_argument(
            "--project", type=Path, default=Path("."), metavar="DIR", help="folder of Pulumi.yaml"
        )
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Asks, and prints or writes what was found."""
    chosen = parser().parse_args(arguments)
    try:
        settings = load_from_stack_file(chosen.project / f"Pulumi.{chosen.stack}.yaml").settings
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return ExitCode.BAD_SETTINGS
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return ExitCode.BAD_SETTINGS
    try:
        from infra.azure_judges import commands
    except ModuleNotFoundError as error:
        sys.stderr.write(f"{error.name} is missing; run: make azure-policies STACK={chosen.stack}\n")
        return ExitCode.ERROR
    # The findings say what a failure means; every way that was tried to sign in is no help beside them.
    logging.getLogger("azure").setLevel(logging.CRITICAL)
    if chosen.command == "policies":
        file = chosen.output or chosen.project / f"azure-policies.{chosen.stack}.json"
        return commands.write_policies(settings.azure, file)
    level = LEVELS[chosen.level]
    question = commands.Question(settings.azure, chosen.export, level, chosen.format, chosen.time_limit)
    return commands.validate(question)


if __name__ == "__main__":
    sys.exit(main())
