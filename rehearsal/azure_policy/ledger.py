"""What an evaluation found, counted: findings, doubts, and what could not be evaluated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from azure_facts.azure_policy import DENY_SOURCE
from rehearsal.azure_policy import table, wording
from rehearsal.azure_policy.assignments import AssignedPolicy, NotEvaluated
from rehearsal.azure_policy.belonging import SAID_OF
from rehearsal.azure_policy.definitions import printable
from rehearsal.azure_policy.subject import Subject
from rehearsal.azure_policy.verdict import Doubt, DoubtKind
from rehearsal.model.azure_policy import PolicyOutcome, Undecided, Unevaluated
from rehearsal.model.finding import Finding, Severity

_ON_REQUESTS = ("append", "modify", "deny", "audit")
"""The others look at what a provider has answered, or at a deletion. Source: `EFFECTS_SOURCE`, order of evaluation."""

CODE = "RequestDisallowedByPolicy"
_FORBIDDEN = 403


@dataclass
class Ledger:
    """`concerned` are the ids of objects: of the `ids` of policies that were evaluated for at least one
    resource, which are one object for each assigned policy, however many effects overrides give it."""

    findings: list[Finding] = field(default_factory=list)
    not_evaluated: list[NotEvaluated] = field(default_factory=list)
    concerned: set[int] = field(default_factory=set)
    _counts: Counter[PolicyOutcome] = field(default_factory=Counter)
    _doubts: dict[tuple[str, str, str], set[str]] = field(default_factory=dict)
    _denials: dict[tuple[str, str], list[Subject]] = field(default_factory=dict)
    _deletions: dict[str, list[Subject]] = field(default_factory=dict)

    def count(self, policy: AssignedPolicy, outcome: PolicyOutcome) -> None:
        """One policy and one resource."""
        self.concerned.add(id(policy.ids))
        self._counts[outcome] += 1

    def refuse(self, policy: AssignedPolicy, subject: Subject, rule: str, text: str, path: str = "") -> None:
        """A request that Azure denies."""
        self.count(policy, PolicyOutcome.DENIED)
        self.findings.append(
            Finding(
                urn=subject.resource.urn,
                rule=rule,
                path=path,
                message=text,
                severity=Severity.REFUSAL,
                status=_FORBIDDEN,
                code=CODE,
                source=f"{policy.ids.assignment}; {DENY_SOURCE}",
            )
        )

    def warn(
        self,
        policy: AssignedPolicy,
        subject: Subject,
        outcome: PolicyOutcome,
        rule: str,
        text: str,
        path: str = "",
    ) -> None:
        """Something that Azure does or says, and that stops no deployment."""
        self.count(policy, outcome)
        self._warning(subject.resource.urn, rule, text, path, policy.ids.assignment)

    def doubt(self, policy: AssignedPolicy, subject: Subject, doubt: Doubt) -> None:
        """What cannot be decided. A failure denies where Azure evaluates the request and the assignment is enforced; a
        problem of the file is said once for each policy; a denial that is in doubt is a warning."""
        if doubt.kind is DoubtKind.FAILED and policy.enforced and policy.effect in _ON_REQUESTS:
            text = f"{doubt.reason}: Azure denies a request whose evaluation ends in an error"
            self.refuse(policy, subject, table.FAILED, wording.denied(policy, text))
            return
        self.count(policy, PolicyOutcome.UNDECIDED)
        key = (policy.described, policy.effect, doubt.reason)
        self._doubts.setdefault(key, set()).add(subject.resource.urn)
        if doubt.kind is DoubtKind.FILE:
            self.cannot(policy.described, doubt.reason)
        elif policy.effect == "deny" and policy.enforced:
            self._denials.setdefault((policy.described, doubt.reason), []).append(subject)

    def cannot(self, policy: str, reason: str) -> None:
        """A policy that is not evaluated because of what the file says."""
        self.not_evaluated.append(NotEvaluated(policy, reason))

    def refuses_deletion(self, policy: AssignedPolicy, subject: Subject) -> None:
        """Said once for each policy, in `close`."""
        self.count(policy, PolicyOutcome.DELETION)
        self._deletions.setdefault(policy.described, []).append(subject)

    def close(self) -> tuple[Finding, ...]:
        """All findings, with those that are said once for each policy."""
        for policy, reason in sorted({(one.policy, one.reason) for one in self.not_evaluated if one.wrong}):
            self._warning(SAID_OF, table.NOT_EVALUATED, f"{policy} is not evaluated: {reason}", "", "")
        for (policy, reason), subjects in self._denials.items():
            first = min(subjects, key=lambda one: one.resource.urn).resource.urn
            text = wording.undecided_denial(policy, reason, len(subjects) - 1)
            self._warning(first, table.UNDECIDED, text, "", "")
        for policy, subjects in self._deletions.items():
            names = sorted(f"{one.type} {one.full_name}" for one in subjects)
            more = f" and {len(names) - 1} more" if len(names) > 1 else ""
            text = (
                f"Azure refuses to delete {names[0]}{more}, by {policy}: a replacement or destroy of it fails"
            )
            self._warning(SAID_OF, table.DELETION, text, "", "")
        return tuple(sorted({_printable(one) for one in self.findings}))

    def outcomes(self) -> Mapping[str, int]:
        """How often each outcome was found; none that was not."""
        return {str(each): self._counts[each] for each in PolicyOutcome if self._counts[each]}

    def undecided(self) -> tuple[Undecided, ...]:
        """By policy and reason."""
        return tuple(
            Undecided(policy, effect, printable(reason), tuple(sorted(urns)))
            for (policy, effect, reason), urns in sorted(self._doubts.items())
        )

    def unevaluated(self) -> tuple[Unevaluated, ...]:
        """What was not evaluated, each once."""
        return tuple(
            Unevaluated(one.policy, printable(one.reason)) for one in sorted(set(self.not_evaluated))
        )

    def _warning(self, urn: str, rule: str, text: str, path: str, source: str) -> None:
        self.findings.append(Finding(urn, rule, path, text, Severity.WARNING, source=source))


def _printable(finding: Finding) -> Finding:
    """Fields, aliases and ids are texts of the file too."""
    return replace(
        finding,
        message=printable(finding.message),
        path=printable(finding.path),
        source=printable(finding.source),
    )
