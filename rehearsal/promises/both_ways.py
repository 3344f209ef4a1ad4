"""The promise, requirement or rule that fails without each thing that gives a road or a right.

A removal can only matter to answers that rely on the resource that it takes from, so these alone are judged again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from rehearsal.model.world import World
from rehearsal.permissions.rights import Rights
from rehearsal.promises.answers import Answer, Answers, Judge
from rehearsal.promises.removals import Removal, removals
from rehearsal.promises.roads import open_roads
from rehearsal.reachability.model import Verdict
from rehearsal.reachability.network import Network
from rehearsal.rules import run_rules


@dataclass(frozen=True)
class Effect:
    """What a removal does. `fails` are promises and requirements by name, `doubts` those of which nobody can say any
    longer that they are kept, `rules` the ids of rules that then have something to say, `opens` roads that are open
    then and were not."""

    removal: Removal
    fails: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()

    @property
    def is_caught(self) -> bool:
        """Whether anybody would notice."""
        return bool(self.fails or self.doubts or self.rules or self.opens)


@dataclass(frozen=True)
class BothWays:
    """One judged program. Service rules are asked only where no promise and no requirement fails; the checks of every
    resource never, which find that something is gone and not what it was good for."""

    world: World
    answers: Answers
    _by_urn: dict[str, list[Answer]] = field(default_factory=dict)

    def effects(self) -> Iterator[Effect]:
        """Of each removal, in the order of the program."""
        for answer in self.answers.answers:
            for urn in answer.urns if answer.verdict is not Verdict.CLOSED else ():
                self._by_urn.setdefault(urn, []).append(answer)
        for removal in removals(self.world):
            yield self._effect(removal)

    def _effect(self, removal: Removal) -> Effect:
        without = removal.world(self.world)
        network = Network.of(without, self.answers.promises.places if self.answers.promises else {})
        judge = Judge(network, Rights.of(without))
        after = [
            (one.name, one.verdict, judge.answer(one.name, one.kind, one.ask).verdict)
            for one in self._by_urn.get(removal.urn, ())
        ]
        fails = tuple(name for name, _, verdict in after if verdict is Verdict.CLOSED)
        if fails:
            return Effect(removal, fails)
        if rules := self._rules(without):
            return Effect(removal, rules=rules)
        if doubts := tuple(name for name, before, verdict in after if verdict is not before):
            return Effect(removal, doubts=doubts)
        return Effect(removal, opens=self._opened(without, network))

    def _rules(self, without: World) -> tuple[str, ...]:
        found = Counter(one.rule for one in run_rules(without))
        return tuple(sorted(rule for rule in found if found[rule] > self._found[rule]))

    def _opened(self, without: World, network: Network) -> tuple[str, ...]:
        roads = {f"{one.source} -> {one.target}" for one in open_roads(without, network, self.answers)}
        return tuple(sorted(roads - self._open))

    @cached_property
    def _found(self) -> Counter[str]:
        return Counter(one.rule for one in run_rules(self.world))

    @cached_property
    def _open(self) -> frozenset[str]:
        network = Network.of(self.world, self.answers.promises.places if self.answers.promises else {})
        return frozenset(
            f"{one.source} -> {one.target}" for one in open_roads(self.world, network, self.answers)
        )
