"""The command line of modules that print a script for one stack."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from infra.settings.load import SettingsError, load_from_stack_file
from infra.settings.platform import PlatformSettings


def print_script(
    program: str,
    description: str,
    script: Callable[[PlatformSettings], str] | Mapping[str, Callable[[PlatformSettings], str]],
    arguments: Sequence[str] | None = None,
) -> int:
    """Write what `script` makes of the settings of `--stack` to the standard output; exit 2 for settings that are
    refused. Of several scripts `--part` takes one, the first if it names none."""
    scripts = script if isinstance(script, Mapping) else {program: script}
    parser = argparse.ArgumentParser(prog=program, description=description)
    parser.add_argument("--stack", required=True)
    parser.add_argument("--part", choices=list(scripts), default=next(iter(scripts)))
    options = parser.parse_args(arguments)
    try:
        settings = load_from_stack_file(Path(f"Pulumi.{options.stack}.yaml")).settings
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(scripts[options.part](settings))
    return 0
