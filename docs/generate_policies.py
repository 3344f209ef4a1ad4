"""The pages of docs/policies: each rule with its reason, its fix, and the standards that ask for the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import policies
from policies.frame.azure_policies import AZURE_POLICIES
from policies.frame.benchmark import VERSION
from policies.frame.configuration import RuleConfiguration, read_configuration
from policies.frame.judged import ThresholdValue
from policies.frame.pack import WAIVER_RULES
from policies.frame.registry import all_rules, folder_of
from policies.frame.rule import AnyRule, Kind, Rule

FOLDER = Path(policies.__file__).parent

_INTRODUCTION = """# Policies

{written_by}

The policy pack has {count} rules, each in one file of `policies/rules`. `make policies` applies them to the committed
stacks, without any cloud; `pulumi preview --policy-pack policies` applies them with the real engine. A mandatory
violation stops the deployment (`python -m rehearsal` exits with 3).

- The pack reads the stack's own settings: its kind of environment (`environment.kind`) selects
  [`policies/nonprod.json`](../../policies/nonprod.json) or [`policies/prod.json`](../../policies/prod.json), where a
  rule's level and thresholds are set: `"AMLP-ML-017": {{"maximumNodes": 40}}`, `"AMLP-CR-005": "disabled"`. Both are
  checked when the pack starts. `--policy-pack-config FILE` overrides them for one run.
- A rule passes, is violated, or is not evaluated because it met a value that only the service knows; rules that were
  not evaluated are counted and shown.
- An accepted violation is a waiver in [`policies/waivers.yaml`](../../policies/waivers.yaml), with reason, owner and
  last day. An expired waiver is a violation, and so is a waiver that names a stack which does not need it
  (AMLP-WV-001). A waiver for `*/…` applies to all stacks that need it. Each run lists the waivers in force
  (AMLP-WV-002).
- Rules marked *can remedy* can be set to `remediate`: the pack then changes the resource. In production that also
  needs `"changesProduction": true`.
- Resource rules see inputs. Secrets reach a rule as plain values (pulumi-policy 1.21), so a rule cannot see whether a
  program marked a value as secret: the rules look for secrets in places that everybody may read.
- [mutations.md](mutations.md) tests the pack mechanically, and lists the changes that it does not notice.

Benchmark: controls of the Microsoft cloud security benchmark {benchmark}, which keeps the numbers of v1 and adds those
of artificial intelligence. Of these, AI-1 (approved models) and AI-6 (monitoring) are about what the platform declares;
AI-2 to AI-5 and AI-7 are about prompts, agents and red teams, which belong to the program that calls a model.
"""


def policy_pages(written_by: str) -> Mapping[str, str]:
    """Path below the project, to content: an index, and a page per service."""
    configurations = {kind: read_configuration(FOLDER / f"{kind}.json", kind, all_rules()) for kind in Kind}
    by_folder: dict[str, list[AnyRule]] = {}
    for rule in all_rules():
        by_folder.setdefault(folder_of(rule), []).append(rule)
    pages = {"docs/policies/README.md": _index(by_folder, configurations, written_by)}
    for folder, rules in sorted(by_folder.items()):
        pages[f"docs/policies/{folder}.md"] = _page(folder, rules, configurations, written_by)
    return pages


def _index(
    by_folder: Mapping[str, Sequence[AnyRule]],
    configurations: Mapping[Kind, Mapping[str, RuleConfiguration]],
    written_by: str,
) -> str:
    count = sum(len(rules) for rules in by_folder.values())
    lines = [_INTRODUCTION.format(written_by=written_by, count=count, benchmark=VERSION)]
    for folder, rules in sorted(by_folder.items()):
        lines += [
            f"## [{_words(folder)}]({folder}.md)",
            "",
            "| rule | | severity | nonprod | prod |",
            "|---|---|---|---|---|",
        ]
        for rule in rules:
            levels = " | ".join(str(configurations[kind][rule.id].level) for kind in Kind)
            lines.append(
                f"| [{rule.id}]({folder}.md#{rule.id.lower()}) | {rule.title} | {rule.severity} | {levels} |"
            )
        lines.append("")
    lines += ["## Waivers", "", *(f"- {name}: {title}" for name, title in WAIVER_RULES.items())]
    return "\n".join(lines) + "\n"


def _page(
    folder: str,
    rules: Sequence[AnyRule],
    configurations: Mapping[Kind, Mapping[str, RuleConfiguration]],
    written_by: str,
) -> str:
    lines = [f"# {_words(folder)}", "", written_by, ""]
    for rule in rules:
        lines += _section(rule, {kind: configurations[kind][rule.id] for kind in Kind})
    return "\n".join(lines).rstrip() + "\n"


def _section(rule: AnyRule, configured: Mapping[Kind, RuleConfiguration]) -> list[str]:
    scope = (
        ", ".join(f"`{name}`" for name in rule.types) if isinstance(rule, Rule) else "the stack as a whole"
    )
    levels = ", ".join(f"{kind} {configuration.level}" for kind, configuration in configured.items())
    lines = [f"## {rule.id}", "", f"**{rule.title}.** {rule.why}", ""]
    lines += [
        f"- To do: {rule.fix}.",
        f"- Severity: {rule.severity}. Levels: {levels}.",
        f"- Looks at: {scope}.",
    ]
    for threshold in rule.thresholds:
        values = ", ".join(
            f"{kind} {_value(configuration.thresholds[threshold.name])}"
            for kind, configuration in configured.items()
        )
        lines.append(f"- `{threshold.name}`: {threshold.meaning} ({values}).")
    if isinstance(rule, Rule) and rule.remedy:
        lines.append("- Can remedy.")
    return [*lines, *_anchors(rule), ""]


def _anchors(rule: AnyRule) -> list[str]:
    anchors = rule.anchors
    found = {
        "Benchmark": ", ".join(anchors.benchmark),
        "Azure Policy": "; ".join(f"{AZURE_POLICIES[guid]} (`{guid}`)" for guid in anchors.azure_policy),
        "PSRule": ", ".join(anchors.psrule),
        "checkov": ", ".join(anchors.checkov),
        "Source": anchors.source,
    }
    return [f"- {name}: {text}." for name, text in found.items() if text]


def _value(value: ThresholdValue) -> str:
    return (", ".join(value) or "none") if isinstance(value, tuple) else str(value)


def _words(folder: str) -> str:
    return folder.replace("_", " ").capitalize()
