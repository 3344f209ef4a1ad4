"""The two phases of a first private deployment, before `up`.

    python -m infra.phases --stack prod

Phase 1 declares the foundation alone, so on a stack that has more, `up` would take the rest away. The stack's own
state says what it has: then this refuses (exit code 2). Otherwise it says which phase this is. A stack that has no
phases passes (docs/decisions/0020).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from infra.settings.base import PROJECT
from infra.settings.load import SettingsError, load_from_stack_file

FOUNDATION = frozenset(
    {
        "access:CustomRoles",
        "access:ResourceGroupAccess",
        "access:WorkloadIdentities",
        "foundation:Budget",
        "foundation:Observability",
        "foundation:PrivateDnsZones",
        "foundation:PrivateLinkScope",
        "foundation:ResourceGroup",
        "foundation:VirtualNetwork",
    }
)
"""Components that phase 1 declares."""

_PLATFORM = f"{PROJECT}:platform:Platform$"


class StateError(Exception):
    """The state could not be read; the message is for the deployer."""


def beyond_foundation(urns: Iterable[str]) -> Iterator[str]:
    """Those that phase 1 does not declare."""
    for urn in urns:
        _, inside, below = urn.partition(f"::{_PLATFORM}")
        component = below.partition("$")[0].partition("::")[0].removeprefix(f"{PROJECT}:")
        if inside and component not in FOUNDATION:
            yield urn


def urns_in_state(stack: str) -> list[str]:
    """What the stack's last deployment left, also one that stopped half-way. Raises StateError."""
    command = ["pulumi", "stack", "export", "--stack", stack]
    try:
        # The stack's name is that of a file which was read; no shell reads it.
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise StateError("the Pulumi CLI is not on PATH") from error
    if done.returncode:
        raise StateError(f"the state of {stack} cannot be read: {done.stderr.strip()}")
    try:
        deployment = json.loads(done.stdout).get("deployment") or {}
        return [str(resource["urn"]) for resource in deployment.get("resources") or ()]
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        raise StateError(f"the state of {stack} is not what `pulumi stack export` prints") from error


def main(
    arguments: Sequence[str] | None = None, state_of: Callable[[str], Sequence[str]] = urns_in_state
) -> int:
    """0 to go on, 2 where settings or the phase are refused, 1 where nobody could look."""
    parser = argparse.ArgumentParser(prog="python -m infra.phases", description="Which phase `up` would be.")
    parser.add_argument("--stack", required=True, metavar="NAME")
    stack = str(parser.parse_args(arguments).stack)
    try:
        if not load_from_stack_file(Path(f"Pulumi.{stack}.yaml")).settings.foundation_only:
            return 0
        beyond = list(beyond_foundation(state_of(stack)))
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except StateError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if beyond:
        sys.stderr.write(
            f"{PROJECT}:network.hub.peering_back: is left out, which means the foundation alone, and {stack} has "
            f"{len(beyond)} resources beyond it, which `up` would delete, such as {beyond[0]}; give the name of the "
            "hub's peering back to this network\n"
        )
        return 2
    sys.stdout.write(
        f"{stack}: phase 1 of 2, the foundation. Then the hub's owner peers back and links its zones; then name that "
        "peering in network.hub.peering_back and deploy again (docs/network.md).\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
