"""`python -m rehearsal.export.deriving --types DIR --commit SHA`: writes azure_facts/data/arm_bodies.json."""

from __future__ import annotations

import argparse
import json
import sys
from importlib.metadata import version
from pathlib import Path

from rehearsal.cloud.catalogue import CATALOGUE
from rehearsal.export.deriving.table import derive
from rehearsal.export.deriving.wire_types import WireTypes, WireTypesError
from rehearsal.inventory import write_atomically

FILE = Path("azure_facts/data/arm_bodies.json")


def main() -> int:
    """Returns 1 where an input of the SDK fits nowhere: exceptions.py is where to say more."""
    parser = argparse.ArgumentParser(prog="python -m rehearsal.export.deriving", description=__doc__)
    parser.add_argument("--types", type=Path, required=True, help="a checkout of Azure/bicep-types-az")
    parser.add_argument("--commit", required=True, help="its commit")
    parser.add_argument("--read", required=True, metavar="YYYY-MM-DD", help="the day of the checkout")
    chosen = parser.parse_args()
    entries = [entry for token, entry in sorted(CATALOGUE.items()) if token.startswith("azure-native:")]
    try:
        derived = derive(entries, WireTypes(chosen.types))
    except WireTypesError as error:
        print(error, file=sys.stderr)
        return 1
    for problem in derived.problems:
        print(f"{problem} fits nowhere in what Azure takes", file=sys.stderr)
    if derived.problems:
        return 1
    document = {
        "source": f"github.com/Azure/bicep-types-az at {chosen.commit}, read {chosen.read}",
        "sdk": version("pulumi_azure_native"),
        "resources": dict(sorted(derived.resources.items())),
        "objects": dict(sorted(derived.objects.items())),
    }
    write_atomically(FILE, json.dumps(document, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
