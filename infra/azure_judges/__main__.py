"""`python -m infra.azure_judges policies --stack prod`: what Azure itself says of a stack. Exit codes: `ExitCode`."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from infra.live.exit_codes import ExitCode
from infra.settings.load import SettingsError, load_from_stack_file

_CODES = (
    "exit codes: 0 read and written; 5 nobody is signed in, there is no network, or Azure gave no answer; 2 the "
    "settings are refused, or wrong usage; 1 anything else"
)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(
        prog="python -m infra.azure_judges", description="What Azure itself says of a stack. Changes nothing."
    )
    commands = made.add_subparsers(dest="command", required=True, metavar="COMMAND")
    policies = commands.add_parser(
        "policies", help="write the policies that are assigned to the subscription into a file", epilog=_CODES
    )
    policies.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="default: azure-policies.STACK.json in the project's folder",
    )
    for command in (policies,):
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
    file = chosen.output or chosen.project / f"azure-policies.{chosen.stack}.json"
    return commands.write_policies(settings.azure, file)


if __name__ == "__main__":
    sys.exit(main())
