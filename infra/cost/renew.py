"""`python -m infra.cost.renew`: writes the price file again from Azure's public list prices. Needs a network.

Either every price that has a meter is read and the file is written whole, or nothing is written. Exit codes: 0 written
(or nothing changed), 1 nothing written, 2 wrong options.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import ValidationError

from azure_facts.regions import REGIONS
from infra.cost.meters import RENEWED, meter_of
from infra.cost.price_file import render_prices
from infra.cost.prices import PRICE_FILE, PriceList, Prices, load_prices
from infra.cost.retail_prices import ADDRESS, RetailPrices, RetailPricesError
from infra.files import write_atomically
from pulumi_stack_files.errors import StackFileError


def renewed(
    old: Prices, service: RetailPrices, today: datetime.date, *, drop_missing: bool = False
) -> Prices:
    """The prices of the service's region. A list keeps what has no meter, and then its day too.

    Raises `RetailPricesError`, which names every price that the service does not have, unless `drop_missing` takes
    them out.
    """
    lists: dict[str, PriceList] = {}
    missing: list[str] = []
    for kind, listed in old.lists.items():
        prices = dict(listed.prices)
        for key in listed.prices if kind in RENEWED else ():
            meter = meter_of(kind, key)
            found = service.price(meter) if meter else prices[key]
            if found is None:
                missing.append(f"{kind}.{key}")
                del prices[key]
            else:
                prices[key] = found
        as_of = today if _is_read(kind, listed) else listed.as_of
        lists[kind] = listed.model_copy(update={"prices": prices, "as_of": as_of})
    if missing and not drop_missing:
        raise RetailPricesError(
            f"{service.region} has no meter for {', '.join(missing)}; take them out with --drop-missing (the sheet "
            "then says 'no price'), or choose another --region"
        )
    return Prices(currency=old.currency, region=service.region, lists=lists)


def main(
    arguments: Sequence[str] | None = None, *, file: Path = PRICE_FILE, today: datetime.date | None = None
) -> int:
    """Runs the command and returns its exit code."""
    chosen = _arguments().parse_args(arguments)
    try:
        old = load_prices(file)
        service = RetailPrices(chosen.region or old.region, old.currency, chosen.address, chosen.pause)
        new = renewed(old, service, today or datetime.date.today(), drop_missing=chosen.drop_missing)
        write_atomically(file, render_prices(new))
    except (RetailPricesError, StackFileError, ValidationError, OSError) as error:
        sys.stderr.write(f"{error}\nnothing was written\n")
        return 1
    sys.stdout.write("".join(f"{line}\n" for line in _report(old, new)))
    return 0


def _report(old: Prices, new: Prices) -> Iterator[str]:
    """What changed, and what nobody read."""
    for kind, listed in old.lists.items():
        for key, before in listed.prices.items():
            after = new.of(kind, key)
            if after is None:
                yield f"{kind}.{key}: {before:g} -> taken out"
            elif after != before:
                yield f"{kind}.{key}: {before:g} -> {after:g} {new.currency} ({listed.unit})"
    by_hand = [f"{kind} ({one.as_of})" for kind, one in new.lists.items() if not _is_read(kind, one)]
    yield f"read for {new.region}; check these by hand, they have no meter or not for all: {', '.join(by_hand)}"


def _is_read(kind: str, listed: PriceList) -> bool:
    return all(meter_of(kind, key) or not price for key, price in listed.prices.items())


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m infra.cost.renew",
        description="Write infra/cost/prices.yaml from Azure's list prices.",
    )
    parser.add_argument("--region", choices=sorted(REGIONS), metavar="REGION", help="default: the file's")
    parser.add_argument(
        "--drop-missing", action="store_true", help="take out prices that the region has no meter for"
    )
    parser.add_argument("--address", default=ADDRESS, metavar="URL", help=argparse.SUPPRESS)
    parser.add_argument("--pause", type=float, default=2.0, metavar="SECONDS", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
