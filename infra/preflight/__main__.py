"""`python -m infra.preflight --stack dev [--fix]`: 0 ready, 2 settings refused, 1 anything else."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from infra.settings.load import SettingsError, load_from_stack_file


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """argparse exits with 2, which here means refused settings."""
        self.print_usage(sys.stderr)
        self.exit(1, f"{self.prog}: error: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the checks and prints what they found."""
    parser = _Parser(
        prog="python -m infra.preflight",
        description="Look at the real subscription before `pulumi up`; changes nothing without --fix.",
        epilog="exit codes: 0 ready to deploy; 1 something stops a deployment, or could not be looked at, or "
        "wrong usage; 2 the settings are refused",
    )
    parser.add_argument("--stack", required=True, metavar="NAME")
    parser.add_argument(
        "--project", type=Path, default=Path("."), metavar="DIR", help="folder of Pulumi.yaml"
    )
    parser.add_argument("--fix", action="store_true", help="register the resource providers that are not")
    parser.add_argument(
        "--export", type=Path, metavar="DIR", help="ask ARM to validate what `rehearsal export` wrote there"
    )
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    chosen = parser.parse_args(arguments)
    try:
        settings = load_from_stack_file(chosen.project / f"Pulumi.{chosen.stack}.yaml").settings
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}\n")
        return 1
    try:
        from azure.identity import DefaultAzureCredential

        from infra.preflight.azure import Azure
        from infra.preflight.checks import run
        from infra.preflight.finding import render, to_json
        from infra.preflight.repository import Hosting
        from infra.preflight.task import Task
    except ModuleNotFoundError as error:
        sys.stderr.write(f"{error.name} is missing; run: make preflight STACK={chosen.stack}\n")
        return 1
    # The findings say what a failure means; every way that was tried to sign in is no help beside them.
    logging.getLogger("azure").setLevel(logging.CRITICAL)
    azure = Azure(DefaultAzureCredential(), settings.azure.subscription_id)
    acts = chosen.project / f"Acts.{chosen.stack}.yaml"
    hosting = Hosting.of(os.environ)
    findings = run(Task(settings, azure, fix=chosen.fix, hosting=hosting, acts=acts, export=chosen.export))
    sys.stdout.write(to_json(findings) if chosen.json else render(findings))
    return 1 if any(finding.stops for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
