"""VM families and when they retire (Azure updates 485569, 500682, and the retirements of NCv3, NVv3 and NVv4)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from rehearsal.cloud.catalogue.vm_sizes import quota_key, vm_size

_RETIREMENTS: Mapping[datetime.date, tuple[str, ...]] = {
    datetime.date(2025, 3, 31): ("NCRSv3",),
    datetime.date(2025, 9, 30): ("NCSv3",),
    datetime.date(2026, 9, 30): ("NVv3", "NVSv3", "NVASv4"),
    datetime.date(2028, 5, 1): ("D", "DS", "Dv2", "DSv2", "LS"),
    datetime.date(2028, 11, 15): ("F", "FS", "FSv2", "LSv2", "BS"),
}

_BY_FAMILY = {
    quota_key(f"standard{family}Family"): day for day, families in _RETIREMENTS.items() for family in families
}


def retires_on(size: str) -> datetime.date | None:
    """The day from which no VM of this size runs; None where none is announced."""
    found = vm_size(size)
    return None if found is None else _BY_FAMILY.get(quota_key(found.family))
