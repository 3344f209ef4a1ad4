"""Findings that somebody accepts, in a file: with a reason, an owner, and a day on which it ends."""

from __future__ import annotations

import datetime
import fnmatch
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pulumi_stack_files.document import read_yaml
from rehearsal.model.errors import RehearsalError, refused_files
from rehearsal.model.finding import Finding, Severity
from rehearsal.model.urns import is_urn, logical_name, qualified_type
from rehearsal.rules import all_rules
from rehearsal.told import TOLD

DEFAULT_FILE = "rehearsal-suppressions.yaml"
"""Read where it lies beside Pulumi.yaml."""

_FIELDS = ("rule", "resource", "reason", "owner", "expires")
_SHORTEST_REASON = 20


@dataclass(frozen=True)
class Suppression:
    """One accepted finding. `resource` is a pattern over `<stack>/<type>/<logical name>`, `*` for any text."""

    rule: str
    resource: str
    reason: str
    owner: str
    expires: datetime.date

    def concerns(self, stack: str) -> bool:
        """Whether it is about this stack."""
        return fnmatch.fnmatchcase(stack, self.resource.partition("/")[0])

    def covers(self, finding: Finding, stack: str) -> bool:
        """Whether it is about this finding, on whatever day."""
        return self.rule == finding.rule and fnmatch.fnmatchcase(_place(finding, stack), self.resource)

    def described(self) -> str:
        """Why, who and until when, in one line."""
        return f"{self.reason} ({self.owner}, until {self.expires.isoformat()})"


@dataclass(frozen=True)
class Sorted:
    """`kept` are what nobody accepts, with what is wrong with the file's own lines; `accepted` the others, and why."""

    kept: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, Suppression], ...] = field(default=())


def read_suppressions(path: Path) -> tuple[Suppression, ...]:
    """Reads the file. Raises `RehearsalError` with every problem: a field missing, an unknown rule, no date."""
    with refused_files():
        content = read_yaml(path)
    if content is None:
        return ()
    if not isinstance(content, list):
        raise RehearsalError(f"{path}: must be a list of suppressions with {', '.join(_FIELDS)}")
    known = {rule.id for rule in all_rules()} | {check.id for check in TOLD}
    problems = [
        f"{path}: suppression {index}: {problem}"
        for index, item in enumerate(content, 1)
        for problem in _problems(item, known)
    ]
    if problems:
        raise RehearsalError("\n".join(problems))
    return tuple(
        Suppression(
            rule=str(item["rule"]),
            resource=str(item["resource"]),
            reason=" ".join(str(item["reason"]).split()),
            owner=str(item["owner"]),
            expires=datetime.date.fromisoformat(str(item["expires"])),
        )
        for item in content
    )


def sort_findings(
    findings: Iterable[Finding], suppressions: Sequence[Suppression], stack: str, today: datetime.date
) -> Sorted:
    """Takes out what is accepted. A suppression that has ended, or that accepts nothing, is a warning itself."""
    kept: list[Finding] = []
    accepted: list[tuple[Finding, Suppression]] = []
    used: set[Suppression] = set()
    for finding in findings:
        covering = [one for one in suppressions if one.covers(finding, stack)]
        used.update(covering)
        valid = next((one for one in covering if today <= one.expires), None)
        if valid is None:
            kept.append(finding)
        else:
            accepted.append((finding, valid))
    for one in suppressions:
        if one in used and today > one.expires:
            kept.append(
                _about(
                    one, "GEN300", f"ended on {one.expires.isoformat()}: mend what it accepts, or renew it"
                )
            )
        elif one not in used and one.concerns(stack):
            kept.append(_about(one, "GEN301", "accepts nothing in this stack: take it out"))
    return Sorted(tuple(kept), tuple(accepted))


def _about(suppression: Suppression, rule: str, text: str) -> Finding:
    return Finding(
        urn="suppressions",
        rule=rule,
        path="",
        message=f"{suppression.rule} on {suppression.resource} {text} ({suppression.owner})",
        severity=Severity.WARNING,
    )


def _place(finding: Finding, stack: str) -> str:
    if not is_urn(finding.urn):
        return f"{stack}/{finding.urn}"
    return f"{stack}/{qualified_type(finding.urn).rpartition('$')[2]}/{logical_name(finding.urn)}"


def _problems(item: object, known: set[str]) -> Iterator[str]:
    if not isinstance(item, Mapping):
        yield f"must be a map with {', '.join(_FIELDS)}"
        return
    yield from (f"{name} is missing" for name in _FIELDS if not item.get(name))
    yield from (f"no field {name} (it has {', '.join(_FIELDS)})" for name in item if name not in _FIELDS)
    if item.get("rule") and item["rule"] not in known:
        yield f"no rule {item['rule']}"
    if item.get("expires") and not _is_day(item["expires"]):
        yield f"expires is {item['expires']!r}: it must be a date such as 2027-03-31"
    resource = item.get("resource")
    if resource and "/" not in str(resource):
        yield f"resource is {resource!r}: it must be <stack>/<type>/<name>, as in prod/azure-native:keyvault:Vault/*"
    reason = item.get("reason")
    if reason and len(str(reason)) < _SHORTEST_REASON:
        yield f"reason {reason!r} explains nothing: say why the finding is accepted"


def _is_day(value: object) -> bool:
    try:
        return bool(datetime.date.fromisoformat(str(value)))
    except ValueError:
        return False
