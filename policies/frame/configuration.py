"""What a kind of environment changes about the rules: levels and thresholds, read from `nonprod.json` and `prod.json`.

Each file maps a rule's id to a level, or to a map with `enforcementLevel` and thresholds; what it leaves out has the
rule's own default, which is production's. A remediation in production changes what a reviewer approved, so there a
level `remediate` must be accompanied by `"changesProduction": true`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policies.frame.judged import ThresholdValue
from policies.frame.rule import AnyRule, Kind, Level, Rule, Threshold

LEVEL = "enforcementLevel"
CHANGES_PRODUCTION = "changesProduction"


class PolicyConfigurationError(Exception):
    """The configuration or the waivers are broken; the text lists every problem."""


@dataclass(frozen=True)
class RuleConfiguration:
    """How one rule is run in one kind of environment."""

    level: Level
    thresholds: Mapping[str, ThresholdValue]


def read_configuration(path: Path, kind: Kind, rules: Sequence[AnyRule]) -> Mapping[str, RuleConfiguration]:
    """For every rule. Raises `PolicyConfigurationError` with all problems: no JSON, an unknown rule, level or
    threshold, a value of the wrong type or out of bounds."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PolicyConfigurationError(f"{path.name}: {error.strerror}") from error
    except ValueError as error:
        raise PolicyConfigurationError(f"{path.name}: not JSON: {error}") from error
    if not isinstance(content, dict):
        raise PolicyConfigurationError(f"{path.name}: must be a map from rule id to level or settings")
    known = {rule.id: rule for rule in rules}
    problems = [f"{name}: no such rule" for name in content if name not in known]
    found: dict[str, RuleConfiguration] = {}
    for rule in rules:
        given = content.get(rule.id, {})
        problems += [f"{rule.id}: {problem}" for problem in _problems(rule, kind, given)]
        if not problems:
            found[rule.id] = _configured(rule, kind, given)
    if problems:
        raise PolicyConfigurationError(f"{path.name}: " + "; ".join(problems))
    return found


def threshold_values(rule: AnyRule, given: Mapping[str, object]) -> Mapping[str, ThresholdValue]:
    """The rule's thresholds with what is given (numbers come as floats over the protocol).

    Raises `PolicyConfigurationError` where a value does not fit.
    """
    problems = [
        problem
        for threshold in rule.thresholds
        if threshold.name in given
        for problem in _value_problems(threshold, given[threshold.name])
    ]
    if problems:
        raise PolicyConfigurationError(f"{rule.id}: " + "; ".join(problems))
    return {
        threshold.name: _value(given.get(threshold.name, threshold.default)) for threshold in rule.thresholds
    }


def _configured(rule: AnyRule, kind: Kind, given: object) -> RuleConfiguration:
    settings = given if isinstance(given, dict) else {LEVEL: given}
    default = rule.level if kind in rule.kinds else Level.DISABLED
    return RuleConfiguration(Level(settings.get(LEVEL, default)), threshold_values(rule, settings))


def _problems(rule: AnyRule, kind: Kind, given: object) -> Iterator[str]:
    settings = given if isinstance(given, dict) else {LEVEL: given}
    thresholds = {threshold.name: threshold for threshold in rule.thresholds}
    level = settings.get(LEVEL)
    if level is not None and level not in list(Level):
        yield f"level {level!r} is none of {', '.join(Level)}"
    if level == Level.REMEDIATE:
        if not isinstance(rule, Rule) or rule.remedy is None:
            yield "has no remediation: choose advisory, mandatory or disabled"
        elif kind is Kind.PROD and settings.get(CHANGES_PRODUCTION) is not True:
            yield f"remediate changes production unseen: say so with {CHANGES_PRODUCTION}: true, or choose mandatory"
    for name, value in settings.items():
        if name in (LEVEL, CHANGES_PRODUCTION):
            continue
        if name not in thresholds:
            yield f"no threshold {name} (it has {', '.join(thresholds) or 'none'})"
        else:
            yield from _value_problems(thresholds[name], value)


def _value_problems(threshold: Threshold, value: object) -> Iterator[str]:
    if isinstance(threshold.default, tuple):
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            yield f"{threshold.name} is {value!r}: it must be a list of texts"
        return
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        yield f"{threshold.name} is {value!r}: it must be a whole number"
        return
    if threshold.minimum is not None and value < threshold.minimum:
        yield f"{threshold.name} is {value:g}: it must be at least {threshold.minimum}"
    if threshold.maximum is not None and value > threshold.maximum:
        yield f"{threshold.name} is {value:g}: it must be at most {threshold.maximum}"


def _value(value: object) -> ThresholdValue:
    if isinstance(value, list | tuple):
        return tuple(str(item) for item in value)
    if isinstance(value, int | float):
        return int(value)
    raise TypeError(f"{value!r} is neither a number nor a list")
