"""What policy packs said of a stack."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from rehearsal.model.values import masked_text

COULD_NOT_RUN = "can't run policy "
"""How pulumi-policy begins its advisory about a policy that met an unknown value; it has no other mark
(pulumi_policy/policy.py, 1.21)."""


class EnforcementLevel(StrEnum):
    """A mandatory violation stops a deployment (exit code 3), an advisory one is shown. `REMEDIATED` is what the pack
    would have changed itself: the rehearsal shows it and judges the resource as changed."""

    MANDATORY = "mandatory"
    ADVISORY = "advisory"
    REMEDIATED = "remediated"
    NOT_EVALUATED = "not evaluated"


@dataclass(frozen=True, order=True)
class PolicyFinding:
    """One violation or remediation; `urn` is empty where a stack policy speaks of the whole stack."""

    urn: str
    policy: str
    message: str
    pack: str
    level: EnforcementLevel
    severity: str = ""

    def masked(self) -> PolicyFinding:
        """The same without any stand-in for a secret."""
        return replace(self, message=masked_text(self.message))


@dataclass(frozen=True)
class PackResult:
    """One pack's run: how many of its policies were on, and what they found."""

    name: str
    version: str
    policies: int
    findings: tuple[PolicyFinding, ...]

    @property
    def not_evaluated(self) -> int:
        """How often a policy could not say."""
        return sum(finding.level is EnforcementLevel.NOT_EVALUATED for finding in self.findings)
