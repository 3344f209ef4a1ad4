"""Running one rule: three-valued, and a rule that raises is that rule's failure, not the end of the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pulumi_policy.proxy import UnknownValueError, unknown_checking_proxy

from policies.frame.judged import About, Judged, Stack, ThresholdValue
from policies.frame.rule import AnyRule, Outcome, Properties, Rule, StackFinding, StackRule


@dataclass(frozen=True)
class Result:
    """What one rule says. `reason` says why it could not be evaluated, or how it failed; `unknown` is then the
    engine's own error."""

    rule: str
    outcome: Outcome
    findings: tuple[StackFinding, ...] = ()
    reason: str = ""
    unknown: UnknownValueError | None = None


def judged(
    type_: str,
    props: Properties,
    about: About,
    *,
    name: str = "subject",
    urn: str = "",
    protect: bool = False,
    dependencies: tuple[str, ...] = (),
) -> Judged:
    """A resource from plain values, seen through the same proxy as in a run."""
    return Judged(
        type=type_,
        name=name,
        urn=urn or urn_of(about.stack, type_, name),
        props=unknown_checking_proxy(dict(props)),
        about=about,
        protect=protect,
        dependencies=dependencies,
    )


def urn_of(stack: str, type_: str, name: str) -> str:
    """The URN of a resource of a case."""
    return f"urn:pulumi:{stack}::mlplatform::{type_}::{name}"


def defaults(rule: AnyRule) -> Mapping[str, ThresholdValue]:
    """The rule's thresholds as production has them."""
    return {threshold.name: threshold.default for threshold in rule.thresholds}


def evaluate(rule: Rule, asked: Judged, thresholds: Mapping[str, ThresholdValue] | None = None) -> Result:
    """What the rule says of one resource. What was found before an unknown value was met counts."""
    if not rule.applies_to(asked.type):
        return Result(rule.id, Outcome.PASSED)
    seen = replace(asked, thresholds=defaults(rule) if thresholds is None else thresholds)
    found: list[StackFinding] = []
    try:
        found.extend(StackFinding(message, asked.urn) for message in rule.check(seen))
    except UnknownValueError as error:
        if not found:
            return Result(rule.id, Outcome.NOT_EVALUATED, reason=error.message, unknown=error)
    except Exception as error:  # noqa: BLE001 - a broken rule must not hide what the others say
        return Result(rule.id, Outcome.FAILED, reason=_failure(error))
    return Result(rule.id, Outcome.VIOLATED if found else Outcome.PASSED, tuple(found))


def evaluate_stack(
    rule: StackRule, asked: Stack, thresholds: Mapping[str, ThresholdValue] | None = None
) -> Result:
    """What the rule says of the stack."""
    seen = replace(asked, thresholds=defaults(rule) if thresholds is None else thresholds, skipped=[])
    found: list[StackFinding] = []
    try:
        found.extend(rule.check(seen))
    except UnknownValueError as error:
        if not found:
            return Result(rule.id, Outcome.NOT_EVALUATED, reason=error.message, unknown=error)
    except Exception as error:  # noqa: BLE001 - a broken rule must not hide what the others say
        return Result(rule.id, Outcome.FAILED, reason=_failure(error))
    if seen.skipped and not found:
        return Result(rule.id, Outcome.NOT_EVALUATED, reason="; ".join(sorted(set(seen.skipped))))
    return Result(rule.id, Outcome.VIOLATED if found else Outcome.PASSED, tuple(found))


def _failure(error: Exception) -> str:
    return f"the rule itself failed: {type(error).__name__}: {error}"
