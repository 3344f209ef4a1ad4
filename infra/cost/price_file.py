"""The price file as text: one form, so that a renewal changes numbers and days alone."""

from __future__ import annotations

import yaml
from typing_extensions import override

from infra.cost.prices import Prices

_HEAD = """\
# Prices that the cost sheet counts with: rounded list prices, pay as you go, to compare designs with and not invoices.
# Each list names its unit, the page to check it against, and the day on which somebody did. Put your agreement's prices
# in their place, with that day, or read Azure's public list prices:
#   python -m infra.cost.renew
# Machines with GPUs: the retail prices API as the repository Azure/karpenter-provider-azure recorded it on 2026-06-18
# (pkg/providers/pricing/zz_generated.pricing.go). Sizes Standard_E*ds_v4 are those that SQL warehouses run on.
"""


class _Plain(yaml.SafeDumper):
    """Writes a day twice where it is there twice, not an anchor and its alias."""

    @override
    def ignore_aliases(self, data: object) -> bool:
        return True


def render_prices(prices: Prices) -> str:
    """The whole file."""
    return _HEAD + yaml.dump(
        prices.model_dump(), Dumper=_Plain, sort_keys=False, width=110, allow_unicode=True
    )
