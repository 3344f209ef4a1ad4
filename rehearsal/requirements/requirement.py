"""What one row is: a type of resource, and the roads and rights that it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from azure_facts.actions import REACH
from azure_facts.source import Source
from rehearsal.model.finding import Severity
from rehearsal.model.resource import Resource
from rehearsal.model.world import World
from rehearsal.promises.model import Ask, Party, PartyKind
from rehearsal.reachability.model import Door, Place


@dataclass(frozen=True)
class Need:
    """One thing that a resource needs: from `place`, a road to `door`, and for `who` the right to do what the word
    `does` says with `on`."""

    place: Place
    who: Party
    does: str
    on: str
    door: Door | None = None


@dataclass(frozen=True)
class Requirement:
    """One row. `id` is permanent, as those of service rules; `what` is what holds; `needs` looks at one resource of
    the types `applies_to`, and says nothing of what others may have made.

    `severity` is for programs that promise something; other programs get a warning, as more may be made
    outside them.
    """

    id: str
    service: str
    what: str
    applies_to: tuple[str, ...]
    source: Source
    needs: Callable[[Resource, World], Iterable[Need]]
    severity: Severity = Severity.REFUSAL

    def asks(self, world: World) -> Iterator[Ask]:
        """The questions of a program's resources."""
        for resource in world.of_types(self.applies_to):
            if resource.external:
                continue
            for need in self.needs(resource, world):
                yield Ask(
                    need.who,
                    need.place,
                    need.does,
                    need.on,
                    door=need.door,
                    needed_by=resource.urn,
                    rule=self.id,
                    source=str(self.source),
                    severity=self.severity,
                )


def road(place: Place, door: Door) -> Need:
    """A road alone: who goes there needs no right that a program could give, or has it by itself."""
    return Need(place, Party(PartyKind.SYSTEM, place.id, str(place)), REACH, door.target, door)


def identity(arm_id: str, world: World, *, of: Resource) -> Party | None:
    """The party that an identity reference names: a user-assigned identity of this program by its id, `system` the
    resource's own. None for anything else, whose rights others may have given."""
    if arm_id.lower() == "system":
        return Party(PartyKind.SYSTEM, of.id, of.name)
    found = world.find(arm_id)
    return (
        Party(PartyKind.IDENTITY, found.id, found.name) if found is not None and not found.external else None
    )


def declared(arm_id: object, world: World) -> Resource | None:
    """The resource with this id, where the program itself makes it."""
    found = world.find(arm_id)
    return found if found is not None and not found.external else None
