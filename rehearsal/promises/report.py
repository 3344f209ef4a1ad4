"""Promises and requirements as text: what fails, what is missing, and the setting that would give it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from azure_facts.arm_id_parsing import levels
from rehearsal.access import plural
from rehearsal.model.finding import Finding, Severity
from rehearsal.model.position import Position
from rehearsal.model.promised import Promised
from rehearsal.model.urns import logical_name
from rehearsal.model.values import masked_text
from rehearsal.model.world import World
from rehearsal.promises.answers import Answer, Answers, Kind
from rehearsal.promises.databricks_objects import PREFIX, objects_of, parse_object
from rehearsal.promises.table import NO_RIGHT, NO_ROAD
from rehearsal.reachability.model import Verdict

_KINDS = ((Kind.PROMISE, "promise"), (Kind.REQUIREMENT, "requirement"))


def question(answer: Answer) -> str:
    """`data scientist from hub: read blobs on curated`."""
    ask = answer.ask
    target = ask.on.partition("@")[0].rpartition("/")[2] or (ask.door.host if ask.door else "")
    over = f" ({ask.door.group})" if ask.door and ask.door.group else ""
    return f"{ask.who} from {ask.place}: {ask.does}{f' on {target}' if target else ''}{over}"


def reason(answer: Answer) -> str:
    """What is missing, and the setting that would give it."""
    setting = f"; {answer.setting} would give it" if answer.setting else ""
    return f"{answer.missing}{setting}"


def rule_of(answer: Answer) -> str:
    """The id under which a failure is told: a requirement's own, or whether road or right is missing."""
    if answer.kind is Kind.REQUIREMENT:
        return answer.ask.rule
    return NO_ROAD if answer.road.verdict is Verdict.CLOSED else NO_RIGHT


def finding(answer: Answer, severity: Severity) -> Finding:
    """As every other finding: on the resource that needs it, or on the stack."""
    source = answer.ask.source or next(
        found.source for found in (answer.road, answer.right) if found.verdict is answer.verdict
    )
    return Finding(
        urn=answer.ask.needed_by,
        rule=rule_of(answer),
        path="" if answer.ask.needed_by else f"promises.{answer.name}",
        message=f"{question(answer)}: {reason(answer)}",
        severity=severity,
        source=source,
    )


def position_of(answer: Answer, world: World) -> Position | None:
    """The line that declares what needs it; of a promise, what it is about, itself or what that lies in."""
    ask = answer.ask
    if ask.needed_by:
        needing = world.by_urn.get(ask.needed_by)
        return needing.position if needing is not None else None
    target = ask.on
    if target.startswith(PREFIX):
        named = parse_object(target)
        for found in objects_of(world, named.kind).get(named.name, ()):
            return found.position
        target = named.workspace
    lying_in = (world.find(level) for level in reversed(levels(target)))
    return next((one.position for one in lying_in if one is not None), None)


def promised(answers: Answers) -> tuple[Promised, ...]:
    """As the inventory keeps them, sorted, secrets masked."""
    return tuple(sorted(_promised(one, answers.severity(one)) for one in answers.answers))


def _promised(answer: Answer, severity: Severity) -> Promised:
    return Promised(
        kind=answer.kind,
        name=answer.name,
        question=masked_text(question(answer)),
        verdict=answer.verdict,
        grave=severity is Severity.REFUSAL,
        rule=rule_of(answer),
        missing=masked_text(answer.missing),
        setting=answer.setting,
        road=tuple(masked_text(hop.what) for hop in answer.road.hops),
        right=tuple(masked_text(held) for held in answer.right.held),
    )


def promises_verdict(answers: Answers) -> str:
    """One line: how many there are, and how many fail."""
    said: list[str] = []
    for kind, noun in _KINDS:
        found = answers.of_kind(kind)
        if found:
            said.append(f"{plural(len(found), noun)} ({_counts(found)})")
    return ", ".join(said)


def _counts(found: Sequence[Answer]) -> str:
    failed = sum(one.verdict is Verdict.CLOSED for one in found)
    unknown = sum(one.verdict is Verdict.UNKNOWN for one in found)
    kept = len(found) - failed - unknown
    parts = ((kept, "kept"), (failed, "failed"), (unknown, "that the program alone cannot tell"))
    return ", ".join(f"{count} {what}" for count, what in parts if count)


def promises_section(answers: Answers) -> list[str]:
    """A preview's section: every promise and requirement with its verdict, those that fail first; nothing where there
    are none."""
    if not answers.answers:
        return []
    lines = [f"Promises and requirements: {promises_verdict(answers)}"]
    for verdict, title in (
        (Verdict.CLOSED, "Failed"),
        (Verdict.UNKNOWN, "Not known from the program alone"),
        (Verdict.OPEN, "Kept"),
    ):
        found = [one for one in answers.answers if one.verdict is verdict]
        if found:
            lines.append(f"  {title} ({len(found)}):")
            lines += [line for one in found for line in _lines(one)]
    return lines


def _lines(answer: Answer) -> Iterator[str]:
    rule = f"{rule_of(answer)} " if answer.verdict is Verdict.CLOSED else ""
    yield f"    {rule}{answer.name}: {question(answer)}"
    if answer.verdict is not Verdict.OPEN:
        yield f"      {reason(answer)}"


def explained(answer: Answer) -> Iterator[str]:
    """One question, walked hop by hop."""
    ask = answer.ask
    yield f"{answer.name} ({answer.kind}): {question(answer)}"
    if ask.needed_by:
        yield f"  needed by {logical_name(ask.needed_by)}{f': {ask.source}' if ask.source else ''}"
    yield f"  road: {_STATES[answer.road.verdict]}"
    for hop in answer.road.hops:
        taken = " (taken as the settings say)" if hop.taken else ""
        names = ", ".join(logical_name(urn) for urn in hop.urns)
        yield f"    {hop.what}{taken}{f' [{names}]' if names else ''}"
    yield from _missing(answer.road.verdict, answer.road.missing, answer.road.source)
    yield f"  right: {_STATES[answer.right.verdict]}"
    for held in answer.right.held:
        yield f"    {held}"
    if answer.right.urns:
        yield f"    [{', '.join(logical_name(urn) for urn in answer.right.urns)}]"
    yield from _missing(answer.right.verdict, answer.right.missing, answer.right.source)
    if answer.setting:
        yield f"  setting: {answer.setting}"


_STATES = {
    Verdict.OPEN: "open",
    Verdict.CLOSED: "closed",
    Verdict.UNKNOWN: "not known from the program alone",
}


def _missing(verdict: Verdict, missing: str, source: str) -> Iterator[str]:
    if verdict is not Verdict.OPEN:
        yield f"    missing: {missing}"
    if source:
        yield f"    source: {source}"
