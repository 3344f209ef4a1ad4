"""`python -m docs.generate_rehearsed`: write the pages on the reference platform's two stacks, or with --check compare.

Apart from the other pages, because it rehearses both stacks, once for both pages.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from docs import generate_both_ways, generate_lifecycle
from docs.generated import ROOT, write_or_compare
from rehearsal.run import rehearse

_TODAY = datetime.date(2026, 11, 21)


def main() -> int:
    """1 where a page is stale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    check = parser.parse_args().check
    rehearsals = {
        stack: rehearse(
            ROOT, stack, today=_TODAY, stack_file=generate_lifecycle.REFERENCE / f"Pulumi.{stack}.yaml"
        )
        for stack in ("prod", "dev")
    }
    pages = {
        generate_lifecycle.PAGE: generate_lifecycle.lifecycle_page(
            {stack: rehearsal.world for stack, rehearsal in rehearsals.items()}
        ),
        generate_both_ways.PAGE: generate_both_ways.both_ways_page(rehearsals),
    }
    return write_or_compare({_in_project(page): text for page, text in pages.items()}, check=check)


def _in_project(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    sys.exit(main())
