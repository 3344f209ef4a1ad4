"""`python -m rehearsal report`: an inventory as a page."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from rehearsal.inventory import write_atomically
from rehearsal.model.errors import RehearsalError
from rehearsal.model.inventory_reader import read_inventory
from rehearsal.page.page import render_page


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `report`."""
    parser.add_argument("inventory", nargs="+", type=Path, metavar="INVENTORY", help="file of preview --json")
    parser.add_argument(
        "--output", type=Path, default=Path("."), metavar="DIR", help="folder of the pages (default: here)"
    )


def main(chosen: argparse.Namespace) -> int:
    """Writes a page beside each other: INVENTORY.json becomes DIR/INVENTORY.html."""
    for inventory in chosen.inventory:
        try:
            page = chosen.output / f"{inventory.stem}.html"
            write_atomically(page, render_page(read_inventory(inventory)))
        except RehearsalError as error:
            print(error, file=sys.stderr)
            return 1
        print(page)
    return 0
