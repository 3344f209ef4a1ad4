"""The arguments of the engine's subcommands; apart from what runs them, which takes a second to import."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from rehearsal.faults.kinds import FAULT_KINDS

OPERATIONS = {
    "up": "deploy to the simulated cloud with the real engine",
    "refresh": "compare the engine's state with the simulated cloud",
    "destroy": "delete everything from the simulated cloud",
}
"""Besides `preview --engine`. All need the Pulumi CLI."""


def add_engine_arguments(
    add_command: Callable[[str, str], argparse.ArgumentParser], preview: argparse.ArgumentParser
) -> None:
    """Adds the subcommands, made by `add_command(name, help)` with what every command takes."""
    preview.add_argument(
        "--engine",
        action="store_true",
        help="with the real engine (needs the Pulumi CLI), against what `up` made",
    )
    _add_own(preview)
    for name, text in OPERATIONS.items():
        _add_own(add_command(name, text))


def is_engine_run(chosen: argparse.Namespace) -> bool:
    """Whether the arguments ask for the engine."""
    return chosen.command in OPERATIONS or chosen.engine


def _add_own(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-policies",
        action="store_true",
        help="engine only: without the pack in policies/, which judges the run unless --policy-pack names others",
    )
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="KIND[:KEY=VALUE,…]",
        help=f"engine only, repeatable: {', '.join(FAULT_KINDS)}, or all; keys: type, urn, method, nth, times, share, "
        "status, retry-after",
    )
    parser.add_argument(
        "--as",
        dest="identity",
        default="",
        metavar="IDENTITY",
        help="engine only: with the rights of this identity of Acts.<stack>.yaml, instead of all rights",
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="decides which resources `share` and `all` strike"
    )
