"""Our own codes for regions, as names show them.

In the common style (weu, eus2): two to four characters. Never to be changed, because they are part of names that
cannot change. What Azure says of its regions is in `azure_facts.regions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

REGION_CODES: Mapping[str, str] = MappingProxyType(
    {
        "australiacentral": "auc",
        "australiacentral2": "auc2",
        "australiaeast": "aue",
        "australiasoutheast": "ause",
        "austriaeast": "ate",
        "belgiumcentral": "bec",
        "brazilsouth": "brs",
        "brazilsoutheast": "brse",
        "canadacentral": "cac",
        "canadaeast": "cae",
        "centralindia": "inc",
        "centralus": "cus",
        "chilecentral": "clc",
        "denmarkeast": "dke",
        "eastasia": "eas",
        "eastus": "eus",
        "eastus2": "eus2",
        "francecentral": "frc",
        "francesouth": "frs",
        "germanynorth": "gno",
        "germanywestcentral": "gwc",
        "indonesiacentral": "idc",
        "israelcentral": "ilc",
        "italynorth": "itn",
        "japaneast": "jpe",
        "japanwest": "jpw",
        "koreacentral": "krc",
        "koreasouth": "krs",
        "malaysiawest": "myw",
        "mexicocentral": "mxc",
        "newzealandnorth": "nzn",
        "northcentralus": "ncus",
        "northeurope": "neu",
        "norwayeast": "noe",
        "norwaywest": "now",
        "polandcentral": "plc",
        "qatarcentral": "qac",
        "southafricanorth": "zan",
        "southafricawest": "zaw",
        "southcentralus": "scus",
        "southindia": "ins",
        "southeastasia": "sea",
        "spaincentral": "esc",
        "swedencentral": "sec",
        "swedensouth": "ses",
        "switzerlandnorth": "chn",
        "switzerlandwest": "chw",
        "uaecentral": "uac",
        "uaenorth": "uan",
        "uksouth": "uks",
        "ukwest": "ukw",
        "westcentralus": "wcus",
        "westeurope": "weu",
        "westindia": "inw",
        "westus": "wus",
        "westus2": "wus2",
        "westus3": "wus3",
    }
)
"""Region, such as `westeurope`, to code."""
