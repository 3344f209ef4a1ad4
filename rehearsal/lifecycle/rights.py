"""Which act needs which right: each is taken away alone, and the acts are played again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rehearsal.authorisation.model import Identity, Lifecycle, Membership
from rehearsal.authorisation.sent import Sent
from rehearsal.lifecycle.acts import play


@dataclass(frozen=True)
class Right:
    """One right of an identity, as the file gives it. `without` is the file without it."""

    identity: str
    what: str
    where: str
    why: str
    source: str
    without: Lifecycle

    def __str__(self) -> str:
        return f"{self.what} {self.where}".strip()


@dataclass(frozen=True)
class NeededRight:
    """`acts`: those that fail without it; none for a right that nothing needs."""

    right: Right
    acts: tuple[str, ...]


def rights_of(lifecycle: Lifecycle) -> Iterator[Right]:
    """Every right in the file, one by one."""
    for name, identity in lifecycle.identities.items():
        for held in identity.azure:
            yield Right(name, held.role, held.scope, held.why, held.source, lifecycle.without(name, held))
        yield from _in_databricks(lifecycle, name, identity)


def needed_rights(lifecycle: Lifecycle, program: Sequence[Sent]) -> tuple[NeededRight, ...]:
    """What fails without each right that did not fail with it."""
    before = {one.act.name: len(one.refused) for one in play(lifecycle, program)}
    return tuple(
        NeededRight(
            right,
            tuple(
                one.act.name
                for one in play(right.without, program)
                if len(one.refused) > before[one.act.name]
            ),
        )
        for right in rights_of(lifecycle)
    )


def _in_databricks(lifecycle: Lifecycle, name: str, identity: Identity) -> Iterator[Right]:
    standing = identity.databricks
    lists: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("groups", "in the group", standing.groups),
        ("metastore", "has on the metastore", standing.metastore),
        ("manages", "manages the service principal", standing.manages),
        ("uses", "uses the service principal", standing.uses),
        ("git_credentials", "has a git credential for", standing.git_credentials),
    )
    for key, what, held in lists:
        for one in held:
            rest = tuple(other for other in held if other != one)
            without = lifecycle.standing_as(name, replace(standing, **{key: rest}))
            yield Right(name, what, one, "", standing.source, without)
    if standing.account_admin:
        without = lifecycle.standing_as(name, replace(standing, account_admin=False))
        yield Right(name, "administers the account", "", "", standing.source, without)
    if standing.workspace is not Membership.NONE:
        without = lifecycle.standing_as(name, replace(standing, workspace=Membership.NONE))
        what = f"is {standing.workspace} of the workspace"
        yield Right(name, what, "", "", standing.source, without)
