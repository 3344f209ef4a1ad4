"""docs/promises-both-ways.md: what fails without each grant and endpoint, and what keeps each promise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from docs.generated import ROOT, WRITTEN_BY
from docs.superfluous import JUSTIFIED
from rehearsal.model.urns import logical_name
from rehearsal.model.world import World
from rehearsal.promises.answers import Answer, Answers, Kind
from rehearsal.promises.both_ways import BothWays, Effect
from rehearsal.promises.judging import judge_world
from rehearsal.promises.report import question

PAGE = ROOT / "docs/promises-both-ways.md"
_STACKS = ("prod", "dev")
_SHOWN = 2

_INTRODUCTION = f"""\
# Promises, both ways

{WRITTEN_BY}

[promises.md](promises.md) lists the promises of the two stacks, and `rehearsal/requirements/` lists the needs
of their resources. This page shows the road and the right that meet each need. It also shows the opposite:
every role assignment, private endpoint, zone group, zone link, DNS record, outbound rule, peering, firewall
rule, firewall bypass, membership, entitlement, permission and grant was removed, one at a time, and everything
was judged again. *Fails* lists the promises and requirements that then fail. *In doubt* lists those that can no
longer be decided from the program alone. *Told by* lists the service rules that then report something. If
nothing reacts to a removal, the removed resource is superfluous: a test refuses it, unless it is listed with a
reason.

`python -m rehearsal explain analyst.reads-views --stack prod` walks one promise hop by hop."""


@dataclass(frozen=True)
class Judgement:
    """One stack, both ways: what is kept, and what each removal does."""

    answers: Answers
    effects: tuple[Effect, ...]


def judged(world: World) -> Judgement:
    """Judges everything that a stack declares; this takes a while."""
    answers = judge_world(world).answers
    return Judgement(answers, tuple(BothWays(world, answers).effects()))


def both_ways_page(stacks: Mapping[str, Judgement]) -> str:
    """The page, for the stacks of the reference platform."""
    lines = [_INTRODUCTION]
    for stack in _STACKS:
        effects = stacks[stack].effects
        lines += ["", f"## {stack}", "", *_counts(effects), "", *_superfluous(effects)]
        lines += ["", f"### Removals from {stack}", "", *_removals(effects)]
        lines += ["", f"### What resources of {stack} need", "", *_needs(stacks[stack].answers)]
    return "\n".join(lines) + "\n"


def kept_by(answers: Answers) -> Mapping[str, tuple[str, str]]:
    """By the name of each promise and requirement: the road and the right that keep it."""
    return {one.name: (_road(one), _names(one.right.urns)) for one in answers.answers}


def superfluous(effects: Sequence[Effect]) -> list[Effect]:
    """Removals that nothing notices and that no reason justifies."""
    return [one for one in effects if not one.is_caught and one.removal.what not in JUSTIFIED]


def _counts(effects: Sequence[Effect]) -> Iterator[str]:
    caught, all_of = (Counter(one.removal.kind for one in found) for found in (_caught(effects), effects))
    yield "| taken out | | noticed |"
    yield "|---|---|---|"
    for kind in sorted(all_of):
        yield f"| {kind} | {all_of[kind]} | {caught[kind]} |"
    share = len(_caught(effects)) / len(effects)
    yield f"| **all** | **{len(effects)}** | **{len(_caught(effects))}** ({share:.1%}) |"


def _caught(effects: Sequence[Effect]) -> list[Effect]:
    return [one for one in effects if one.is_caught]


def _superfluous(effects: Sequence[Effect]) -> Iterator[str]:
    found = [one.removal for one in effects if not one.is_caught]
    if not found:
        yield "Nothing can go without being noticed."
        return
    yield "| not noticed | | why it is there |"
    yield "|---|---|---|"
    for removal in found:
        yield f"| {removal.kind} | `{removal.what}` | {JUSTIFIED.get(removal.what, '**superfluous**')} |"


def _removals(effects: Sequence[Effect]) -> Iterator[str]:
    yield "| | taken out | what happens |"
    yield "|---|---|---|"
    for one in effects:
        yield f"| {one.removal.kind} | `{one.removal.what}` | {_effect(one)} |"


def _effect(one: Effect) -> str:
    for words, found in (
        ("fails:", one.fails),
        ("told by", one.rules),
        ("in doubt:", one.doubts),
        ("opens", one.opens),
    ):
        if found:
            more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            return f"{words} {', '.join(f'`{name}`' for name in found[:_SHOWN])}{more}"
    return "nothing"


def _needs(answers: Answers) -> Iterator[str]:
    yield "| requirement | | by the road | by the right |"
    yield "|---|---|---|---|"
    for one in sorted(answers.of_kind(Kind.REQUIREMENT), key=lambda answer: answer.name):
        yield f"| `{one.name}` | {question(one)} | {_road(one)} | {_names(one.right.urns)} |"


def _road(answer: Answer) -> str:
    taken = "as the settings say" if any(hop.taken for hop in answer.road.hops) else ""
    return ", ".join(filter(None, [_names(answer.road.urns), taken]))


def _names(urns: Sequence[str]) -> str:
    return ", ".join(f"`{logical_name(urn)}`" for urn in urns)
