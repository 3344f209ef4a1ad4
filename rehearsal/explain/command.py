"""The command line of `rehearsal explain`: rules and checks by their id, promises and requirements by their name."""

from __future__ import annotations

import argparse
import re
import sys

from rehearsal.explain import rules
from rehearsal.model.exit_codes import ExitCode
from rehearsal.promises import command as promises
from rehearsal.sdk.suggestions import did_you_mean

_RULE_ID = re.compile(r"[A-Za-z]{2,4}\d+")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `explain`."""
    parser.add_argument(
        "name",
        metavar="NAME",
        help="the id of a rule, or the name of a promise or requirement, as a report shows it",
    )
    promises.add_arguments(parser)


def main(chosen: argparse.Namespace) -> int:
    """Prints what the name means; a promise needs its program, a rule none. Exit code 1 where nobody knows it, else
    that of `promises.command`."""
    if text := rules.explain(chosen.name):
        print(text)
        return ExitCode.CLEAN
    if _RULE_ID.fullmatch(chosen.name):
        print(f"nothing is called {chosen.name!r}{did_you_mean(chosen.name, rules.names())}", file=sys.stderr)
        return ExitCode.FAILED
    return promises.main(chosen)
