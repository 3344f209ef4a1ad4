"""The regions of the Azure public cloud: short code for names, paired region, availability zones.

Source of names, pairs and zones: learn.microsoft.com reliability regions-list (2025-09-23). The codes are
ours, in the common style (weu, eus2): two to four characters, never to be changed, since they stand in names
that cannot change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Region:
    """One region. `paired_region` is where geo-redundant storage copies to; None where Azure pairs none.

    Pairs are not always mutual: Brazil South pairs with South Central US, which pairs with North Central US.
    """

    name: str
    code: str
    display_name: str
    paired_region: str | None
    has_availability_zones: bool


def _region(code: str, display_name: str, paired_region: str | None, *, zones: bool) -> Region:
    name = display_name.lower().replace(" ", "")
    pair = paired_region.lower().replace(" ", "") if paired_region else None
    return Region(name, code, display_name, pair, zones)


_TABLE: tuple[Region, ...] = (
    _region("auc", "Australia Central", "Australia Central 2", zones=False),
    _region("auc2", "Australia Central 2", "Australia Central", zones=False),
    _region("aue", "Australia East", "Australia Southeast", zones=True),
    _region("ause", "Australia Southeast", "Australia East", zones=False),
    _region("ate", "Austria East", None, zones=True),
    _region("bec", "Belgium Central", None, zones=True),
    _region("brs", "Brazil South", "South Central US", zones=True),
    _region("brse", "Brazil Southeast", "Brazil South", zones=False),
    _region("cac", "Canada Central", "Canada East", zones=True),
    _region("cae", "Canada East", "Canada Central", zones=False),
    _region("inc", "Central India", "South India", zones=True),
    _region("cus", "Central US", "East US 2", zones=True),
    _region("clc", "Chile Central", None, zones=True),
    _region("dke", "Denmark East", None, zones=True),
    _region("eas", "East Asia", "Southeast Asia", zones=True),
    _region("eus", "East US", "West US", zones=True),
    _region("eus2", "East US 2", "Central US", zones=True),
    _region("frc", "France Central", "France South", zones=True),
    _region("frs", "France South", "France Central", zones=False),
    _region("gno", "Germany North", "Germany West Central", zones=False),
    _region("gwc", "Germany West Central", "Germany North", zones=True),
    _region("idc", "Indonesia Central", None, zones=True),
    _region("ilc", "Israel Central", None, zones=True),
    _region("itn", "Italy North", None, zones=True),
    _region("jpe", "Japan East", "Japan West", zones=True),
    _region("jpw", "Japan West", "Japan East", zones=True),
    _region("krc", "Korea Central", "Korea South", zones=True),
    _region("krs", "Korea South", "Korea Central", zones=False),
    _region("myw", "Malaysia West", None, zones=True),
    _region("mxc", "Mexico Central", None, zones=True),
    _region("nzn", "New Zealand North", None, zones=True),
    _region("ncus", "North Central US", "South Central US", zones=False),
    _region("neu", "North Europe", "West Europe", zones=True),
    _region("noe", "Norway East", "Norway West", zones=True),
    _region("now", "Norway West", "Norway East", zones=False),
    _region("plc", "Poland Central", None, zones=True),
    _region("qac", "Qatar Central", None, zones=True),
    _region("zan", "South Africa North", "South Africa West", zones=True),
    _region("zaw", "South Africa West", "South Africa North", zones=False),
    _region("scus", "South Central US", "North Central US", zones=True),
    _region("ins", "South India", "Central India", zones=False),
    _region("sea", "Southeast Asia", "East Asia", zones=True),
    _region("esc", "Spain Central", None, zones=True),
    _region("sec", "Sweden Central", "Sweden South", zones=True),
    _region("ses", "Sweden South", "Sweden Central", zones=False),
    _region("chn", "Switzerland North", "Switzerland West", zones=True),
    _region("chw", "Switzerland West", "Switzerland North", zones=False),
    _region("uac", "UAE Central", "UAE North", zones=False),
    _region("uan", "UAE North", "UAE Central", zones=True),
    _region("uks", "UK South", "UK West", zones=True),
    _region("ukw", "UK West", "UK South", zones=False),
    _region("wcus", "West Central US", "West US 2", zones=False),
    _region("weu", "West Europe", "North Europe", zones=True),
    _region("inw", "West India", "South India", zones=False),
    _region("wus", "West US", "East US", zones=False),
    _region("wus2", "West US 2", "West Central US", zones=True),
    _region("wus3", "West US 3", "East US", zones=True),
)

REGIONS: Mapping[str, Region] = MappingProxyType({region.name: region for region in _TABLE})
