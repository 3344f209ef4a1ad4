"""Waivers: which violation is accepted for which resource, why, by whom and until when.

`waivers.yaml` is a list of `rule`, `resource`, `reason`, `owner`, `expires`. `resource` is a pattern (`*` and `?`) over
`<stack>/<type>/<name>`, as in `prod/azure-native:keyvault:Vault/ml-key-vault`; for a violation that speaks of no single
resource it is `<stack>/stack`. A waiver that is past its day waives nothing. One whose stack is a pattern serves the
stacks that need it: it is no fault of a stack that it is not needed there, and its day ends it where nobody does.
"""

from __future__ import annotations

import datetime
import fnmatch
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from policies.frame.configuration import PolicyConfigurationError
from pulumi_stack_files.document import read_yaml
from pulumi_stack_files.errors import StackFileError

_FIELDS = ("rule", "resource", "reason", "owner", "expires")
_SHORTEST_REASON = 20


@dataclass(frozen=True)
class Waiver:
    """One accepted violation."""

    rule: str
    resource: str
    reason: str
    owner: str
    expires: datetime.date

    def concerns(self, stack: str) -> bool:
        """Whether it is about this stack."""
        return fnmatch.fnmatchcase(stack, self.resource.split("/", 1)[0])

    def names(self, stack: str) -> bool:
        """Whether it is about this stack alone, by its name."""
        return self.resource.split("/", 1)[0] == stack

    def covers(self, rule: str, place: str, today: datetime.date) -> bool:
        """Whether it accepts what the rule found at the place."""
        return self.rule == rule and today <= self.expires and fnmatch.fnmatchcase(place, self.resource)

    def described(self) -> str:
        """One line for reports."""
        return (
            f"{self.rule} on {self.resource}: {self.reason} ({self.owner}, until {self.expires.isoformat()})"
        )


def place_of(stack: str, urn: str) -> str:
    """What a waiver's pattern is matched with."""
    if not urn:
        return f"{stack}/stack"
    types, _, name = urn.split("::", 2)[2].partition("::")
    return f"{stack}/{types.rpartition('$')[2]}/{name}"


def read_waivers(path: Path, rules: Collection[str]) -> tuple[Waiver, ...]:
    """Raises `PolicyConfigurationError` with every problem: no YAML, a field missing, an unknown rule."""
    try:
        content = read_yaml(path)
    except StackFileError as error:
        raise PolicyConfigurationError(f"{path.name}:{error.line}: {error.problem}") from error
    if content is None:
        return ()
    if not isinstance(content, list):
        raise PolicyConfigurationError(f"{path.name}: must be a list of waivers")
    problems = [
        f"waiver {index}: {problem}"
        for index, item in enumerate(content, 1)
        for problem in _problems(item, rules)
    ]
    if problems:
        raise PolicyConfigurationError(f"{path.name}: " + "; ".join(problems))
    return tuple(
        Waiver(
            rule=item["rule"],
            resource=item["resource"],
            reason=str(item["reason"]),
            owner=str(item["owner"]),
            expires=datetime.date.fromisoformat(item["expires"]),
        )
        for item in content
    )


def _problems(item: object, rules: Collection[str]) -> Iterator[str]:
    if not isinstance(item, Mapping):
        yield f"must be a map with {', '.join(_FIELDS)}"
        return
    yield from (f"{name} is missing" for name in _FIELDS if not item.get(name))
    yield from (f"no field {name} (it has {', '.join(_FIELDS)})" for name in item if name not in _FIELDS)
    if item.get("rule") and item["rule"] not in rules:
        yield f"no rule {item['rule']}"
    if item.get("expires") and not _is_day(item["expires"]):
        yield f"expires is {item['expires']!r}: it must be a date such as 2027-03-31"
    resource = item.get("resource")
    if resource and (not isinstance(resource, str) or "/" not in resource):
        yield f"resource is {resource!r}: it must be <stack>/<type>/<name>, as in prod/azure-native:keyvault:Vault/*"
    reason = item.get("reason")
    if reason and len(str(reason)) < _SHORTEST_REASON:
        yield f"reason {reason!r} explains nothing: say why the risk is accepted"


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False
