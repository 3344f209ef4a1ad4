"""`python -m infra.preflight --stack dev [--fix]`: 0 ready, 2 settings refused, 1 anything that stops a deployment."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from infra.settings.load import SettingsError, load_from_stack_file


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the checks and prints what they found."""
    parser = argparse.ArgumentParser(prog="python -m infra.preflight", description="Look before `pulumi up`.")
    parser.add_argument("--stack", required=True, metavar="NAME")
    parser.add_argument(
        "--project", type=Path, default=Path("."), metavar="DIR", help="folder of Pulumi.yaml"
    )
    parser.add_argument("--fix", action="store_true", help="register the resource providers that are not")
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
        from infra.preflight.finding import render
        from infra.preflight.task import Task
    except ModuleNotFoundError as error:
        sys.stderr.write(f"{error.name} is missing; run: make preflight STACK={chosen.stack}\n")
        return 1
    azure = Azure(DefaultAzureCredential(), settings.azure.subscription_id)
    findings = run(Task(settings, azure, fix=chosen.fix))
    sys.stdout.write(render(findings))
    return 1 if any(finding.stops for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
