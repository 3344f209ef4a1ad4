"""Retired and retiring VM sizes and Databricks runtimes."""

from __future__ import annotations

import re
from datetime import date

from azure_facts.retirement_tables.retirement import READ, RETIREMENT_LIST, Retirement, RetirementKind
from azure_facts.source import Source

_RUNTIMES = Source("learn.microsoft.com databricks release-notes/runtime", READ)
_PREVIOUS_SIZES = Source("learn.microsoft.com virtual-machines sizes/retirement/retired-sizes-list", READ)


def _size(
    pattern: str, retires: date, what: str, instead: str, source: Source = RETIREMENT_LIST
) -> Retirement:
    return Retirement(RetirementKind.VM_SIZE, pattern, retires, what, instead, source)


def _runtime(version: str, retires: date, *, instead: str = "17.3 LTS or 18 LTS") -> Retirement:
    """An LTS runtime in all its variants (ML, GPU, Photon, Scala); warned in its last year."""
    pattern = rf"{re.escape(version)}([.-].*)?"
    what = f"Databricks Runtime {version} LTS, end of support"
    warn_from = retires.replace(year=retires.year - 1)
    return Retirement(
        RetirementKind.DATABRICKS_RUNTIME, pattern, retires, what, instead, _RUNTIMES, warn_from
    )


_LIFECYCLE = Source(
    "learn.microsoft.com virtual-machines/sizes/lifecycle/retirements-and-capacity-restrictions (2026-09-25)",
    date(2026, 11, 29),
)

_GENERAL_PURPOSE = "Ddsv5, Ddsv6 or Dadsv5 (Standard_D4ds_v5), Edsv5 for memory"

VM_SIZES: tuple[Retirement, ...] = (
    _size(
        r"Standard_DS?\d+(-\d+)?(_v2)?(_Promo)?",
        date(2028, 5, 1),
        "D, Ds, Dv2 and Dsv2 series",
        _GENERAL_PURPOSE,
    ),
    _size(r"Standard_L\d+s", date(2028, 5, 1), "Ls series", "Lsv3 or Lasv3 (Standard_L16s_v3)"),
    _size(r"Standard_F\d+(s|s_v2)?(_Promo)?", date(2028, 11, 15), "F, Fs and Fsv2 series", "Fasv6 or Ddsv5"),
    _size(r"Standard_L\d+s_v2", date(2028, 11, 15), "Lsv2 series", "Lsv3 or Lasv3 (Standard_L16s_v3)"),
    _size(r"Standard_GS?\d+(-\d+)?", date(2028, 11, 15), "G and Gs series", "Edsv5 or Msv3"),
    _size(r"Standard_A\d+m?_v2", date(2028, 11, 15), "Av2 and Amv2 series", "Dasv5 or Bsv2"),
    _size(r"Standard_B\d+(ls|ms|s)", date(2028, 11, 15), "B series", "Bsv2 or Basv2 (Standard_B2s_v2)"),
    _size(r"(Standard|Basic)_A\d+", date(2024, 8, 31), "Av1 series", "Dasv5 or Bsv2"),
    _size(
        r"Standard_NC(6|12|24)s_v3", date(2025, 9, 30), "NCv3 series", "NC A100 v4 (Standard_NC24ads_A100_v4)"
    ),
    _size(
        r"Standard_NC24rs_v3",
        date(2025, 3, 31),
        "Standard_NC24rs_v3",
        "NC A100 v4 (Standard_NC24ads_A100_v4)",
    ),
    _size(
        r"Standard_NC(6|12|24|24r)(_Promo)?|Standard_NC(6|12|24|24r)s_v2|Standard_ND(6|12|24|24r)s",
        date(2023, 9, 6),
        "NC, NCv2 and ND series",
        "NC A100 v4 or NCasT4_v3 (Standard_NC4as_T4_v3)",
        _PREVIOUS_SIZES,
    ),
    _size(
        r"Standard_NV(6|12|24)(_Promo)?",
        date(2023, 9, 6),
        "NV series",
        "NVads A10 v5 (Standard_NV6ads_A10_v5)",
        Source("learn.microsoft.com virtual-machines nv-series-retirement", READ),
    ),
    _size(
        r"Standard_NV(12|24|48)s_v3|Standard_NV(4|8|16|32)as_v4",
        date(2026, 9, 30),
        "NVv3 and NVv4 series",
        "NVads A10 v5 (Standard_NV6ads_A10_v5)",
    ),
    _size(r"Standard_HB60(-\d+)?rs", date(2024, 8, 31), "HB series", "HBv4 or HBv5"),
    _size(
        r"Standard_H(8|16)m?r?(_Promo)?",
        date(2022, 8, 31),
        "H series",
        "HBv4 or HBv5",
        Source("learn.microsoft.com virtual-machines/h-series-retirement", date(2026, 11, 29)),
    ),
    _size(
        r"Standard_HC44(-\d+)?rs|Standard_HB120(-\d+)?rs_v2",
        date(2027, 5, 31),
        "HC and HBv2 series",
        "HBv4 or HBv5",
        _LIFECYCLE,
    ),
    _size(
        r"Standard_NP\d+s",
        date(2027, 5, 31),
        "NP series",
        "a GPU size such as Standard_NC4as_T4_v3",
        _LIFECYCLE,
    ),
    _size(
        r"Standard_[DE]\d+(-\d+)?i?s?_v3",
        date(2029, 11, 15),
        "Dv3, Dsv3, Ev3 and Esv3 series",
        _GENERAL_PURPOSE,
        _LIFECYCLE,
    ),
    _size(r"Standard_DC\d+s_v2", date(2026, 6, 30), "DCsv2 series", "DCasv6 or DCasv5"),
    _size(
        r"Standard_DC\d+d?s_v3", date(2029, 10, 31), "DCsv3 and DCdsv3 series", "DCasv6 or DCesv6", _LIFECYCLE
    ),
    _size(
        r"Standard_[DE]C\d+ad?s_cc_v5",
        date(2026, 9, 1),
        "nested confidential sizes (cc_v5)",
        "DCasv6 or ECasv6, or Dasv5 where confidentiality is not needed",
        _LIFECYCLE,
    ),
    _size(r"Standard_M192i(dm|d|m)?s_v2", date(2027, 3, 31), "M192 sizes of Mv2", "Msv3 or Mdsv3"),
)

DATABRICKS_RUNTIMES: tuple[Retirement, ...] = (
    Retirement(
        RetirementKind.DATABRICKS_RUNTIME,
        r"(apache-spark-2\.|[1-6]\.).*",
        date(2021, 9, 30),
        "Databricks Runtime below 7, Spark below 3",
        "17.3 LTS or 18 LTS",
        Source(
            "learn.microsoft.com databricks release-notes/runtime unsupported releases (6.4 Extended Support "
            "ended last)",
            READ,
        ),
    ),
    _runtime("7.3", date(2023, 9, 24)),
    _runtime("9.1", date(2024, 9, 23)),
    _runtime("10.4", date(2025, 3, 18)),
    _runtime("11.3", date(2025, 10, 19)),
    _runtime("12.2", date(2026, 3, 1)),
    _runtime("13.3", date(2026, 8, 22)),
    _runtime("14.3", date(2027, 2, 1)),
    _runtime("15.4", date(2027, 8, 19)),
    _runtime("16.4", date(2028, 5, 9)),
    _runtime("17.3", date(2028, 10, 22), instead="18 LTS"),
    _runtime("18", date(2029, 6, 10), instead="the LTS release that follows 18"),
    Retirement(
        RetirementKind.DATABRICKS_RUNTIME,
        r"(7\.[0-24-9]|8\.\d+|9\.[02-9]|10\.[0-35-9]|11\.[0-24-9]|12\.[013-9]|13\.[0-24-9]|14\.[0-24-9]|15\.[0-35-9]"
        r"|16\.[0-35-9]|17\.[0-2])([.-].*)?",
        date(2026, 3, 26),
        "Databricks Runtime without long-term support up to 17.2, of which 17.2 ended last",
        "17.3 LTS or 18 LTS",
        _RUNTIMES,
    ),
)
