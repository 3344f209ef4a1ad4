"""`rehearsal take-in`: heals the exported state of a stack whose engine was killed while it created something."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from rehearsal.inventory import write_atomically
from rehearsal.model.errors import RehearsalError
from rehearsal.model.exit_codes import ExitCode


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `take-in`."""
    parser.add_argument(
        "state", type=Path, metavar="FILE", help="what `pulumi stack export --file FILE` wrote"
    )
    parser.add_argument(
        "--created",
        action="append",
        default=[],
        metavar="URN=ID",
        help="a pending creation that exists in the cloud, with its id; repeatable; without it they are listed",
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="default: the same file")


def main(chosen: argparse.Namespace) -> int:
    """Lists the pending creations, or writes the state with those that were created. Exit code 1 for a file that is no
    exported state and for a URN that is not pending; nothing is written then."""
    try:
        document, state = _read(chosen.state)
        _take_in(chosen, document, state)
    except RehearsalError as error:
        print(error, file=sys.stderr)
        return ExitCode.FAILED
    return ExitCode.CLEAN


def _take_in(chosen: argparse.Namespace, document: Mapping[str, object], state: Mapping[str, object]) -> None:
    from rehearsal.engine.pending import pending_creations, with_created  # only here: it imports for a second

    pending = pending_creations(state)
    if not chosen.created:
        print("\n".join(pending) or f"{chosen.state}: no creation is pending")
        return
    created = dict(_pair(text) for text in chosen.created)
    for urn in created:
        if urn not in pending:
            raise RehearsalError(
                f"--created {urn}: is not pending; pending: {', '.join(pending) or 'nothing'}"
            )
    path = chosen.output or chosen.state
    try:
        write_atomically(
            path, json.dumps({**document, "deployment": with_created(state, created)}, indent=4) + "\n"
        )
    except OSError as error:
        raise RehearsalError(f"{path}: {error.strerror}") from error
    for urn in pending:
        print(f"{'taken in' if urn in created else 'forgotten'}: {urn}")


def _pair(text: str) -> tuple[str, str]:
    """An id may hold a `=`, a URN holds none before its name: the id begins at the last `=/`, else at the first `=`."""
    urn, separator, resource_id = text.rpartition("=/")
    if separator:
        return urn, f"/{resource_id}"
    urn, separator, resource_id = text.partition("=")
    if not (urn and resource_id):
        raise RehearsalError(f"--created {text}: must be URN=ID")
    return urn, resource_id


def _read(path: Path) -> tuple[Mapping[str, object], Mapping[str, object]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RehearsalError(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise RehearsalError(f"{path}: is no exported state ({error})") from None
    state = document.get("deployment") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(state, dict):
        raise RehearsalError(f"{path}: is no exported state; write it with pulumi stack export --file")
    return document, state
