"""What a service rule or a generic check holds: its source, and programs that break and keep it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rehearsal.checks.table import Checked
from rehearsal.explain.check_examples import EXAMPLES
from rehearsal.model.finding import Severity
from rehearsal.rules import all_rules
from rehearsal.rules.rule import Case, Declared, Ref, Rule
from rehearsal.told import TOLD

_SEVERITIES = {Severity.REFUSAL: "refused", Severity.WARNING: "warned"}
_INDENT = "    "


def names() -> Iterable[str]:
    """The ids of all rules and checks."""
    return [*(rule.id for rule in all_rules()), *(check.id for check in TOLD)]


def explain(name: str) -> str:
    """The page of a rule or check by its id in any case; empty where there is none."""
    wanted = name.upper()
    rule = next((rule for rule in all_rules() if rule.id == wanted), None)
    if rule is not None:
        return "\n".join(_rule(rule))
    check = next((check for check in TOLD if check.id == wanted), None)
    return "\n".join(_check(check)) if check is not None else ""


def _rule(rule: Rule) -> Iterator[str]:
    answer = " ".join(filter(None, (str(rule.status or ""), rule.code)))
    yield f"{rule.id}: {rule.title}"
    yield ""
    yield f"service: {rule.service}"
    yield f"severity: {_SEVERITIES[rule.severity]}{f' with {answer}' if answer else ''}"
    yield f"types: {_listed(rule.applies_to)}"
    yield f"source: {rule.source}"
    yield from ("", f"{_SEVERITIES[rule.severity]}:", *_case(rule.trips), "", "right:", *_case(rule.passes))


def _check(check: Checked) -> Iterator[str]:
    yield f"{check.id}: {check.what}"
    yield ""
    yield f"severity: {check.severity}"
    yield f"source: {check.source}"
    if check.id in EXAMPLES:
        failing, passing = EXAMPLES[check.id]
        yield from ("", f"{check.severity}:", *_indented(failing), "", "right:", *_indented(passing))


_MOST_TYPES = 6


def _listed(types: tuple[str, ...]) -> str:
    shown = ", ".join(types[:_MOST_TYPES])
    return f"{shown} and {len(types) - _MOST_TYPES} more" if len(types) > _MOST_TYPES else shown


def _case(case: Case) -> Iterator[str]:
    for declared in case.resources:
        yield from _declared(declared)
    if case.outputs:
        yield f"{_INDENT}exports {', '.join(case.outputs)}"


def _declared(declared: Declared) -> Iterator[str]:
    yield f"{_INDENT}{declared.name}: {declared.type}"
    yield from _map(declared.inputs, _INDENT * 2)
    options: dict[str, object] = {
        "provider": declared.provider,
        "dependsOn": list(declared.depends_on),
        "protect": declared.protect,
        "replaceOnChanges": list(declared.replace_on_changes),
        "deletedWith": declared.deleted_with,
        "ignoreChanges": list(declared.ignore_changes),
    }
    given = {name: value for name, value in options.items() if value}
    if given:
        yield f"{_INDENT * 2}options:"
        yield from _map(given, _INDENT * 3)


def _map(values: Mapping[str, object], indent: str) -> Iterator[str]:
    """As YAML, in which Pulumi programs can be written too."""
    for name, value in values.items():
        yield from _entry(f"{name}:", value, indent)


def _entry(head: str, value: object, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        yield f"{indent}{head}"
        yield from _map(value, indent + _INDENT)
    elif isinstance(value, (list, tuple)) and value:
        yield f"{indent}{head}"
        for item in value:
            yield from _entry("-", item, indent + _INDENT)
    else:
        yield f"{indent}{head} {_scalar(value)}"


def _scalar(value: object) -> str:
    if isinstance(value, Ref):
        return f"${{{value.name}.{value.output or 'id'}}}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _indented(text: str) -> Iterator[str]:
    return (f"{_INDENT}{line}" for line in text.strip().splitlines())
