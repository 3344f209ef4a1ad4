"""The pack: rules as policies of the SDK, with the stack's configuration and waivers."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

import pulumi
from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy import Severity as SdkSeverity
from pulumi_policy.proxy import UnknownValueError

from policies.frame import benchmark
from policies.frame.configuration import (
    PolicyConfigurationError,
    RuleConfiguration,
    read_configuration,
    threshold_values,
)
from policies.frame.evaluation import Result, evaluate, evaluate_stack
from policies.frame.judged import About, Judged, Stack, ThresholdValue
from policies.frame.neighbours import shared_people
from policies.frame.program_files import FILES_OF_RULES
from policies.frame.registry import all_rules
from policies.frame.rule import UNKNOWN_STRING, AnyRule, Kind, Outcome, Rule, StackRule, Threshold
from policies.frame.settings_keys import SETTINGS_OF_RULES
from policies.frame.waivers import Waiver, place_of, read_waivers

FOLDER = Path(__file__).resolve().parent.parent

WAIVERS_VALID = "AMLP-WV-001"
WAIVERS_LISTED = "AMLP-WV-002"
WAIVER_RULES: Mapping[str, str] = {
    WAIVERS_VALID: "Waivers are used and have not expired",
    WAIVERS_LISTED: "Waivers in force",
}
"""The two that are no file of their own: they judge the waivers, not the stack."""

Report = Callable[[str, str | None], None]


@dataclass
class Pack:
    """One run of the pack. Remembers which waivers were used: the stack's rules run last."""

    about: About
    rules: tuple[AnyRule, ...]
    configuration: Mapping[str, RuleConfiguration]
    waivers: tuple[Waiver, ...] = ()
    used: set[Waiver] = field(default_factory=set)

    def policies(self) -> list[Policy]:
        """One policy per rule, those about waivers at the end."""
        return [*(self._policy(rule) for rule in self.rules), *self._waiver_policies()]

    def initial_configuration(self) -> dict[str, EnforcementLevel | dict[str, object]]:
        """Levels and thresholds of the stack's kind of environment; `--policy-pack-config` overrides them."""
        return {
            name: {
                "enforcementLevel": EnforcementLevel(given.level.value),
                **{key: _plain(value) for key, value in given.thresholds.items()},
            }
            for name, given in self.configuration.items()
        }

    def tell(self, rule: AnyRule, result: Result, report: Report, urn: str) -> None:
        """Passes on what a rule said, with what to do; what a waiver covers is only remembered."""
        if result.outcome is Outcome.FAILED:
            report(result.reason, urn)
        if result.unknown is not None:
            raise result.unknown
        if result.outcome is Outcome.NOT_EVALUATED:
            # The engine's own way to say so: always advisory, at any level of the rule.
            raise UnknownValueError(UNKNOWN_STRING, [result.reason])
        for finding in result.findings:
            place = place_of(self.about.stack, finding.urn)
            covering = [
                waiver for waiver in self.waivers if waiver.covers(result.rule, place, self.about.today)
            ]
            self.used.update(covering)
            if not covering:
                report(f"{finding.message}\n{what_to_do(rule, Kind(self.about.kind))}", finding.urn)

    def _policy(self, rule: AnyRule) -> Policy:
        return self._resource_policy(rule) if isinstance(rule, Rule) else self._stack_policy(rule)

    def _resource_policy(self, rule: Rule) -> ResourceValidationPolicy:
        def validate(args: ResourceValidationArgs, report: Report) -> None:
            if not rule.applies_to(args.resource_type):
                return
            asked = Judged(
                type=args.resource_type,
                name=args.name,
                urn=args.urn,
                props=args.props,
                about=self.about,
                protect=args.opts.protect,
            )
            self.tell(
                rule, evaluate(rule, asked, self._thresholds(rule, args.get_config())), report, args.urn
            )

        def remediate(args: ResourceValidationArgs) -> Mapping[str, object] | None:
            if rule.remedy is None or not rule.applies_to(args.resource_type):
                return None
            asked = Judged(args.resource_type, args.name, args.urn, args.props, self.about)
            changed = rule.remedy(asked)
            return {**args.props, **changed} if changed else None

        return ResourceValidationPolicy(
            name=rule.id,
            description=f"{rule.title}. {rule.why}",
            validate=validate,
            remediate=remediate if rule.remedy else None,  # pyright: ignore[reportArgumentType] - maps too
            **_details(rule),
        )

    def _stack_policy(self, rule: StackRule) -> StackValidationPolicy:
        def validate(args: StackValidationArgs, report: Report) -> None:
            resources = tuple(
                Judged(
                    type=resource.resource_type,
                    name=resource.name,
                    urn=resource.urn,
                    props=resource.props,
                    about=self.about,
                    protect=resource.opts.protect,
                    dependencies=_dependencies(resource.dependencies, resource.property_dependencies),
                )
                for resource in args.resources
            )
            asked = Stack(resources, self.about)
            self.tell(
                rule, evaluate_stack(rule, asked, self._thresholds(rule, args.get_config())), report, ""
            )

        return StackValidationPolicy(
            name=rule.id, description=f"{rule.title}. {rule.why}", validate=validate, **_details(rule)
        )

    def _thresholds(self, rule: AnyRule, given: Mapping[str, object]) -> Mapping[str, ThresholdValue]:
        """What the engine was configured with; the kind's own where it passes nothing on."""
        return threshold_values(rule, {**self.configuration[rule.id].thresholds, **given})

    def _waiver_policies(self) -> list[Policy]:
        today, stack = self.about.today, self.about.stack

        def judge(args: StackValidationArgs, report: Report) -> None:  # noqa: ARG001 - looks at the waivers only
            for waiver in self.waivers:
                if waiver.concerns(stack) and waiver.expires < today:
                    report(f"expired on {waiver.expires.isoformat()}: {waiver.described()}", None)
                elif waiver.names(stack) and waiver not in self.used:
                    report(f"unused, take it out: {waiver.described()}", None)

        def listed(args: StackValidationArgs, report: Report) -> None:  # noqa: ARG001 - looks at the waivers only
            for waiver in self.waivers:
                if waiver in self.used:
                    report(waiver.described(), None)

        return [
            StackValidationPolicy(
                name=WAIVERS_VALID,
                description=WAIVER_RULES[WAIVERS_VALID],
                validate=judge,
                enforcement_level=EnforcementLevel.MANDATORY,
                severity=SdkSeverity.HIGH,
                remediation_steps="Renew it with a fresh reason, or take it out of policies/waivers.yaml",
            ),
            StackValidationPolicy(
                name=WAIVERS_LISTED,
                description=WAIVER_RULES[WAIVERS_LISTED],
                validate=listed,
                enforcement_level=EnforcementLevel.ADVISORY,
                severity=SdkSeverity.LOW,
            ),
        ]


def what_to_do(rule: AnyRule, kind: Kind) -> str:
    """The fix, the setting or the file that decides it, and the file that changes the rule itself."""
    lines = [f"To do: {rule.fix}"]
    if settings := SETTINGS_OF_RULES.get(rule.id):
        lines.append(f"Setting: {' or '.join(settings)}")
    elif files := FILES_OF_RULES.get(rule.id):
        lines.append(f"In the program: {' or '.join(files)}")
    names = ", ".join(threshold.name for threshold in rule.thresholds)
    lines.append(f"The rule itself: {rule.id} in policies/{kind}.json ({names or 'its level'})")
    return "\n".join(lines)


def read_pack(folder: Path = FOLDER) -> Pack:
    """The pack for the stack that the engine runs: its kind of environment and the day are in its
    configuration.

    A stack that says no kind is judged as production. Raises `PolicyConfigurationError`.
    """
    config = pulumi.Config()
    environment = _json(config.get("environment"))
    kind = Kind.NONPROD if environment.get("kind") == Kind.NONPROD else Kind.PROD
    rules = all_rules()
    configuration = read_configuration(folder / f"{kind}.json", kind, rules)
    return Pack(
        about=About(
            stack=pulumi.get_stack(),
            kind=kind,
            today=_today(config.get("today")),
            tags=_tags(pulumi.get_stack(), environment, _json(config.get("tags"))),
            shared_people=shared_people(folder.parent, kind, _json(config.get("access"))),
        ),
        rules=rules,
        configuration=configuration,
        waivers=read_waivers(folder / "waivers.yaml", {rule.id for rule in rules}),
    )


def _tags(stack: str, environment: Mapping[str, object], tags: Mapping[str, object]) -> Mapping[str, str]:
    """The tags that the settings ask for, as far as a pack can know them: a remediation sets no others."""
    found = {
        "environment": stack,
        "workload": environment.get("workload"),
        "owner": tags.get("owner"),
        "cost-center": tags.get("cost_center"),
        "data-classification": tags.get("data_classification"),
        "managed-by": "pulumi",
    }
    return {name: value for name, value in found.items() if isinstance(value, str)}


def _json(text: str | None) -> Mapping[str, object]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _today(text: str | None) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text) if text else datetime.date.today()
    except ValueError as error:
        raise PolicyConfigurationError(f"today is {text!r}: it must be a date such as 2026-11-21") from error


class _Details(TypedDict, total=False):
    severity: SdkSeverity
    enforcement_level: EnforcementLevel
    display_name: str
    remediation_steps: str
    config_schema: PolicyConfigSchema | None
    framework: PolicyComplianceFramework


def _dependencies(direct: object, by_property: object) -> tuple[str, ...]:
    found = [resource.urn for resource in direct] if isinstance(direct, list) else []
    if isinstance(by_property, dict):
        found += [resource.urn for resources in by_property.values() for resource in resources]
    return tuple(dict.fromkeys(found))


def _details(rule: AnyRule) -> _Details:
    """What the engine and Pulumi Cloud show of a rule."""
    details: _Details = {
        "severity": SdkSeverity(rule.severity.value),
        "enforcement_level": EnforcementLevel(rule.level.value),
        "display_name": rule.title,
        "remediation_steps": rule.fix,
        "config_schema": _schema(rule.thresholds),
    }
    if rule.anchors.benchmark:
        details["framework"] = PolicyComplianceFramework(
            name="Microsoft cloud security benchmark",
            version=benchmark.VERSION,
            reference=", ".join(rule.anchors.benchmark),
        )
    return details


def _schema(thresholds: tuple[Threshold, ...]) -> PolicyConfigSchema | None:
    if not thresholds:
        return None
    return PolicyConfigSchema(
        properties={
            threshold.name: {"type": "array", "items": {"type": "string"}}
            if isinstance(threshold.default, tuple)
            else {
                "type": "integer",
                **({} if threshold.minimum is None else {"minimum": threshold.minimum}),
                **({} if threshold.maximum is None else {"maximum": threshold.maximum}),
            }
            for threshold in thresholds
        }
    )


def _plain(value: ThresholdValue) -> object:
    return list(value) if isinstance(value, tuple) else value
