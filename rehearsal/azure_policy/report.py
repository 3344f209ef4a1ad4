"""Azure Policy as text: one line of counts, and what could not be decided."""

from __future__ import annotations

from collections.abc import Iterator

from rehearsal.access import plural
from rehearsal.model.azure_policy import AzurePolicies, PolicyOutcome


def verdict_line(found: AzurePolicies) -> str:
    """How many policies there are, and what they do."""
    concerned = (
        f"{found.evaluated} of {plural(found.policies, 'assigned policy', 'assigned policies')} "
        f"{'concerns' if found.evaluated == 1 else 'concern'}"
    )
    said = [
        f"{found.outcomes[outcome]} {outcome}"
        for outcome in PolicyOutcome
        if outcome is not PolicyOutcome.PASSED and found.outcomes.get(outcome)
    ]
    if found.unevaluated:
        said.append(f"{len(found.unevaluated)} not evaluated")
    read = f", read on {found.read_on}" if found.read_on else ""
    return f"{concerned} the stack: {', '.join(said) or 'nothing to tell'} ({found.file}{read})"


def section(found: AzurePolicies) -> list[str]:
    """Everything but the findings, which are told as all others."""
    return [f"Azure Policy: {verdict_line(found)}", *_undecided(found), *_unevaluated(found)]


def _undecided(found: AzurePolicies) -> Iterator[str]:
    for one in found.undecided:
        yield f"  undecided: {one.effect} of {one.policy}, for {plural(len(one.urns), 'resource')}"
        yield f"    {one.reason}"


def _unevaluated(found: AzurePolicies) -> Iterator[str]:
    for one in found.unevaluated:
        yield f"  not evaluated: {one.policy}"
        yield f"    {one.reason}"
