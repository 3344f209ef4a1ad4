"""Whether the copy in the registry says what the original said.

    python -m infra.promotion.copied --original candidate.json --copy copied.json --accepted DIGEST

What `az ml model share` keeps of tags and properties is not documented, and the next promotion compares with the copy.
Files are compared by their digests (`infra.promotion.content`): those that the gate accepted, those that lie in the
workspace now, and those that were copied. Exit code 0: it does; 1: it does not, with every difference; 2: unreadable
input.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from infra.conventions.model_tags import METRIC_PREFIX, MODEL_TAGS
from infra.promotion.evidence import Evidence, UnreadableError, read_evidence


def other_files(original: Evidence, copy: Evidence, accepted: str | None) -> Iterator[str]:
    """Where files are not those that the gate saw: nothing can be set that mends it."""
    if accepted is not None and original.content != accepted:
        yield f"the original's files are {original.content}, and the gate accepted {accepted}"
    if original.content is None or original.content != copy.content:
        yield f"the copy's files are {copy.content}, and {original.content} in the original"


def differences(original: Evidence, copy: Evidence) -> Iterator[str]:
    """What the copy lacks or says otherwise; what it says beside is its own business."""
    if copy.version != original.version:
        yield f"is version {copy.version}, and the original {original.version}"
    for name, value in sorted(original.metrics.items()):
        found = copy.metrics.get(name)
        if found is None:
            yield f"{METRIC_PREFIX}{name} is missing"
        elif found != value and not (math.isnan(found) and math.isnan(value)):
            yield f"{METRIC_PREFIX}{name} is {found:g}, and {value:g} in the original"
    for tag in MODEL_TAGS:
        if copy.tags.get(tag) != original.tags.get(tag):
            yield f"tag {tag} is {copy.tags.get(tag)!r}, and {original.tags.get(tag)!r} in the original"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what differs."""
    parser = argparse.ArgumentParser(prog="copied", description="Does the copy say what the original said?")
    parser.add_argument("--original", required=True, type=Path)
    parser.add_argument("--copy", required=True, type=Path)
    parser.add_argument("--accepted", help="the digest that the gate accepted")
    options = parser.parse_args(arguments)
    try:
        original, copy = read_evidence(options.original), read_evidence(options.copy)
    except UnreadableError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    changed = list(other_files(original, copy, options.accepted))
    if changed:
        lines = "\n".join(f"  {line}" for line in changed)
        sys.stdout.write(
            f"{copy.name} version {copy.version} is not what the gate accepted; do not serve it, and find out "
            f"who wrote its files:\n{lines}\n"
        )
        return 1
    found = list(differences(original, copy))
    if found:
        lines = "\n".join(f"  {line}" for line in found)
        sys.stdout.write(
            f"{copy.name} version {copy.version} was copied without what the next gate asks for:\n{lines}\n"
            "set it: az ml model update --registry-name REGISTRY --name NAME --version VERSION --set tags.KEY=VALUE "
            "properties.KEY=VALUE\n"
        )
        return 1
    sys.stdout.write(f"{copy.name} version {copy.version}: the copy says what the original says\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
