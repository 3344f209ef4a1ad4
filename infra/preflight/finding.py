"""What a check says: whether it holds, and what to run where it does not."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """`UNKNOWN` counts as a failure: what nobody could look at is not known to be right."""

    OK = "ok"
    NOTE = "note"
    UNKNOWN = "unknown"
    FAILED = "failed"


@dataclass(frozen=True)
class Finding:
    """`run` is the command that mends it, or that shows more; empty where nothing is to be done."""

    check: str
    verdict: Verdict
    message: str
    run: str = ""

    @property
    def stops(self) -> bool:
        """Whether `pulumi up` should wait."""
        return self.verdict in (Verdict.FAILED, Verdict.UNKNOWN)


def to_json(findings: tuple[Finding, ...]) -> str:
    """The same for programs, in the order of the checks."""
    listed = [{**asdict(finding), "stops": finding.stops} for finding in findings]
    return json.dumps(listed, indent=2, ensure_ascii=False) + "\n"


def render(findings: tuple[Finding, ...]) -> str:
    """A line for each finding, what to run below it; what stops comes last, where a terminal shows it."""
    order = list(Verdict)
    lines: list[str] = []
    for finding in sorted(findings, key=lambda finding: order.index(finding.verdict)):
        lines.append(f"{finding.verdict:8}{finding.check}: {finding.message}")
        if finding.run:
            lines.append(f"{'':8}run: {finding.run}")
    stopping = sum(finding.stops for finding in findings)
    lines.append(
        f"{stopping} of {len(findings)} findings stop a deployment" if stopping else "ready to deploy"
    )
    return "\n".join(lines) + "\n"
