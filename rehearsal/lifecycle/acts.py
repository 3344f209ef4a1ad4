"""Plays the acts: each after the one that it comes after, by its identity, request by request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from azure_facts.engine_state import READS_STATE, WRITES_STATE, StateOperation
from azure_facts.source import Source
from rehearsal.authorisation.authority import Authority
from rehearsal.authorisation.azure_needs import AzureNeed
from rehearsal.authorisation.denial import Denial
from rehearsal.authorisation.model import Act, Does, Identity, Lifecycle
from rehearsal.authorisation.sent import Sent, Verb
from rehearsal.cloud.catalogue.deletions import LOCK_TYPES
from rehearsal.model.urns import logical_name

_VERBS = {
    Does.UP: Verb.CREATE,
    Does.PREVIEW: Verb.PREVIEW,
    Does.CHANGE: Verb.UPDATE,
    Does.REFRESH: Verb.READ,
    Does.ROTATE: Verb.UPDATE,
    Does.DESTROY: Verb.DELETE,
}


@dataclass(frozen=True)
class Played:
    """One act as it went: how many requests it sent, what was refused (the first reason of each), and what was let
    through late. `unmet`: types and names of `leaves` and `only` that nothing in the program has."""

    act: Act
    identity: Identity
    requests: int
    denials: tuple[Denial, ...]
    unmet: tuple[str, ...] = ()

    @property
    def refused(self) -> tuple[Denial, ...]:
        """Those that do not come through in the end."""
        return tuple(one for one in self.denials if not one.warned)

    @property
    def warned(self) -> tuple[Denial, ...]:
        """Those that do, or of which nobody can say."""
        return tuple(one for one in self.denials if one.warned)


def play(lifecycle: Lifecycle, program: Sequence[Sent]) -> tuple[Played, ...]:
    """Every act, in the file's order. What an act was refused counts as made by it nevertheless, so that one missing
    right is told once and not by all that follows."""
    there = {name for sent in program for name in _names(sent)}
    before: dict[str, Authority] = {"": Authority(lifecycle)}
    played: list[Played] = []
    for act in lifecycle.acts:
        authority = before[act.after].copy()
        identity = lifecycle.identities[act.by]
        denials = [*_state(lifecycle, authority, act, identity)]
        requests = _requests(act, program)
        for sent, verb in requests:
            found = next(authority.lacking(identity, sent, verb), None)
            if found is not None:
                denials.append(found)
            if found is None or verb is not Verb.DELETE:
                authority.carried_out(identity, sent, verb)
        denials += _operations(authority, act, identity)
        before[act.name] = authority
        unmet = tuple(one for one in (*act.leaves, *act.only) if one not in there)
        played.append(Played(act, identity, len(requests) + len(act.operations), tuple(denials), unmet))
    return tuple(played)


def _requests(act: Act, program: Iterable[Sent]) -> list[tuple[Sent, Verb]]:
    verb = _VERBS.get(act.does)
    if verb is None:
        return []
    taken = [sent for sent in program if _takes_part(act, sent)]
    if verb is Verb.DELETE:
        # A lock goes before what it protects; for the rest the order of creation, backwards.
        taken = [sent for sent in reversed(taken) if not sent.external]
        taken.sort(key=lambda sent: sent.type not in LOCK_TYPES)
    return [(sent, Verb.READ if sent.external and verb is not Verb.PREVIEW else verb) for sent in taken]


def _takes_part(act: Act, sent: Sent) -> bool:
    names = _names(sent)
    if names & act.leaves.keys() or (act.only and not names & {*act.only}):
        return False
    return sent.secret if act.does is Does.ROTATE else True


def _names(sent: Sent) -> set[str]:
    """By which an act leaves a resource out, or takes it alone."""
    return {sent.type, f"{sent.type}::{logical_name(sent.urn)}"}


def _state(lifecycle: Lifecycle, authority: Authority, act: Act, identity: Identity) -> Iterator[Denial]:
    """The engine's own: the state and the key of its secrets."""
    if act.does is Does.OPERATIONS:
        return
    wanted: list[StateOperation] = [*READS_STATE]
    if act.writes_state and act.does is not Does.PREVIEW:
        wanted += WRITES_STATE
    for one in wanted:
        scope = lifecycle.secrets_key if one.of_key else lifecycle.state_container
        if scope:
            yield from _asked(authority, identity, one.operation, scope, one.source, data=True)


def _operations(authority: Authority, act: Act, identity: Identity) -> Iterator[Denial]:
    for one in act.operations:
        source = one.why or f"acts.{act.name}.operations"
        yield from _asked(authority, identity, one.operation, one.scope, source, data=one.data)


def _asked(
    authority: Authority, identity: Identity, operation: str, scope: str, source: Source | str, *, data: bool
) -> Iterator[Denial]:
    need = AzureNeed(operation, scope, source, data=data)
    denial = authority.azure.lacking(identity, need, Sent("", "", scope, {}))
    if denial is not None:
        yield denial
