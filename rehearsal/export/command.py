"""`rehearsal export`: what a stack would deploy, as files that other tools read."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from azure_facts.data_files import FactsError
from rehearsal.access import plural
from rehearsal.export.arm_files import arm_export
from rehearsal.export.exported import Export
from rehearsal.export.folder import MANIFEST, write_folder
from rehearsal.export.terraform_files import terraform_export
from rehearsal.model.errors import RehearsalError
from rehearsal.model.exit_codes import ExitCode, gravest
from rehearsal.program.process import DEFAULT_TIMEOUT_SECONDS
from rehearsal.program_arguments import add_program_arguments, chosen_stacks
from rehearsal.progress import announced
from rehearsal.run import Rehearsal, rehearse
from rehearsal.stack_outputs_file import read_stack_outputs


class ExportFormat(StrEnum):
    """What `--format` takes."""

    ARM = "arm"
    TERRAFORM_JSON = "terraform-json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `export`."""
    add_program_arguments(parser)
    parser.add_argument(
        "--format",
        choices=[str(each) for each in ExportFormat],
        default=str(ExportFormat.ARM),
        help="deployment templates (arm), or the Databricks resources as a Terraform configuration "
        "(terraform-json)",
    )
    parser.add_argument(
        "--output",
        metavar="DIR",
        help="folder of the files ({stack} is replaced; default: .rehearsal/export/{stack} in the project, of "
        "terraform-json its folder terraform)",
    )


def main(chosen: argparse.Namespace) -> int:
    """Writes one folder for each stack. Exit codes as of a preview that shows no findings."""
    try:
        stacks = chosen_stacks(chosen)
        outputs = read_stack_outputs(chosen.stack_outputs) if chosen.stack_outputs else {}
        if chosen.output and len(stacks) > 1 and "{stack}" not in chosen.output:
            raise RehearsalError(
                f"--output {chosen.output} would hold one of {len(stacks)} stacks; put {{stack}} into the name"
            )
    except RehearsalError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return gravest([_one(chosen, stack, outputs) for stack in stacks])


def _one(chosen: argparse.Namespace, stack: str, outputs: Mapping[str, Mapping[str, object]]) -> ExitCode:
    try:
        with announced(f"rehearsing {stack}"):
            result = rehearse(
                chosen.project,
                stack,
                today=chosen.today,
                config_overrides=chosen.config,
                stack_outputs=outputs,
                timeout=chosen.timeout or DEFAULT_TIMEOUT_SECONDS,
            )
        if result.error is not None:
            print(result.error.text, file=sys.stderr)
            return result.error.exit_code
        return _write(result, chosen)
    except RehearsalError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except FactsError as error:
        print(f"rehearsal: {error}", file=sys.stderr)
        return ExitCode.FAILED


def _write(result: Rehearsal, chosen: argparse.Namespace) -> ExitCode:
    form = ExportFormat(chosen.format)
    exported = arm_export(result) if form is ExportFormat.ARM else terraform_export(result)
    folder = _folder(result, form, chosen.output)
    try:
        write_folder(folder, exported.files)
    except OSError as error:
        print(f"{error.filename or folder}: {error.strerror}", file=sys.stderr)
        return ExitCode.FAILED
    for type_ in exported.generic:
        print(
            f"warning: {type_} is in no table: its ARM type and body follow general rules and may be wrong",
            file=sys.stderr,
        )
    print(_told(result, exported, folder))
    return ExitCode.CLEAN


def _folder(result: Rehearsal, form: ExportFormat, output: str | None) -> Path:
    if output:
        return Path(output.replace("{stack}", result.stack))
    folder = result.directory / ".rehearsal" / "export" / result.stack
    return folder if form is ExportFormat.ARM else folder / "terraform"


def _told(result: Rehearsal, exported: Export, folder: Path) -> str:
    written = f"{result.project}/{result.stack}: {plural(exported.count, 'resource')} in {folder}"
    if not exported.left_out:
        return written
    return f"{written}; {len(exported.left_out)} left out, see {MANIFEST}"
