"""`python -m docs.generate_rehearsed`: write the pages on the reference platform's two stacks.

Apart from the other pages, because it rehearses both stacks, once for all of these. Exhaustive tests compare them:
they judge both stacks anyway (test_reference_both_ways.py, test_least_privilege.py).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from docs import generate_both_ways, generate_lifecycle
from docs.generate_both_ways import Judgement, judged, kept_by
from docs.generated import ROOT, WRITTEN_BY, write_or_compare
from infra.promises.page import promises_page
from infra.settings.load import load_from_stack_file
from rehearsal.run import rehearse

PROMISES = ROOT / "docs/promises.md"
_STACKS = ("dev", "prod")
_TODAY = datetime.date(2026, 11, 21)


def main() -> None:
    """Writes what is stale."""
    worlds = {
        stack: rehearse(ROOT, stack, today=_TODAY, stack_file=_stack_file(stack)).world for stack in _STACKS
    }
    judgements = {stack: judged(world) for stack, world in worlds.items()}
    pages = {
        generate_lifecycle.PAGE: generate_lifecycle.lifecycle_page(worlds),
        generate_both_ways.PAGE: generate_both_ways.both_ways_page(judgements),
        PROMISES: promises_of(judgements),
    }
    write_or_compare({_in_project(page): text for page, text in pages.items()}, check=False)


def promises_of(judgements: Mapping[str, Judgement]) -> str:
    """docs/promises.md, from both stacks' settings and what was judged of them."""
    settings = {stack: load_from_stack_file(_stack_file(stack), today=_TODAY).settings for stack in _STACKS}
    kept = {stack: kept_by(judgements[stack].answers) for stack in _STACKS}
    return promises_page(settings, kept, WRITTEN_BY)


def _stack_file(stack: str) -> Path:
    return generate_lifecycle.REFERENCE / f"Pulumi.{stack}.yaml"


def _in_project(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


if __name__ == "__main__":
    main()
