"""The controls of the Microsoft cloud security benchmark, by domain.

Version 2 keeps the 85 controls of version 1 and adds the domain of artificial intelligence. Microsoft calls it a
preview, and Defender for Cloud assigns version 1 by default.

Read from github.com/Azure/azure-policy, built-in-policies/policySetDefinitions/Security Center/MCSBv2.json, version
1.3.0-preview, commit f4a50bac, on 2026-11-30: its groups are the controls.
"""

from __future__ import annotations

from collections.abc import Mapping

VERSION = "v2 (preview)"

_DOMAINS: Mapping[str, int] = {
    "NS": 10,  # network security
    "DP": 8,  # data protection
    "IM": 9,  # identity management
    "PA": 8,  # privileged access
    "PV": 7,  # posture and vulnerability management
    "LT": 7,  # logging and threat detection
    "AM": 5,  # asset management
    "ES": 3,  # endpoint security
    "BR": 4,  # backup and recovery
    "IR": 7,  # incident response
    "DS": 7,  # DevOps security
    "GS": 10,  # governance and strategy
    "AI": 7,  # artificial intelligence security
}
"""How many controls a domain has; they are numbered from 1."""

CONTROLS = frozenset(
    f"{domain}-{number}" for domain, count in _DOMAINS.items() for number in range(1, count + 1)
)
