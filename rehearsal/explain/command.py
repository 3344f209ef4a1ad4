"""The command line of `rehearsal explain`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rehearsal.explain import rules
from rehearsal.model.exit_codes import ExitCode
from rehearsal.sdk.suggestions import did_you_mean


@dataclass(frozen=True)
class Explainer:
    """`explain` gives the text for a name, empty for one that it does not know; `names` are those that it knows."""

    kind: str
    explain: Callable[[str], str]
    names: Callable[[], Iterable[str]]


EXPLAINERS: tuple[Explainer, ...] = (Explainer("rule", rules.explain, rules.names),)
"""In the order in which they are asked."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The argument of `explain`."""
    kinds = " or ".join(each.kind for each in EXPLAINERS)
    parser.add_argument("name", metavar="NAME", help=f"the id of a {kinds}, as a report shows it")


def main(chosen: argparse.Namespace) -> int:
    """Prints what the name means; exit code 1 where nobody knows it."""
    for each in EXPLAINERS:
        if text := each.explain(chosen.name):
            print(text)
            return ExitCode.CLEAN
    known = [name for each in EXPLAINERS for name in each.names()]
    print(f"nothing is called {chosen.name!r}{did_you_mean(chosen.name, known)}", file=sys.stderr)
    return ExitCode.FAILED
