"""What Unity Catalog gives a party: owners, and privileges with inheritance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from azure_facts.action_tables.action import Privilege
from azure_facts.databricks_acting import SECURED
from azure_facts.source import Source
from azure_facts.unity_catalog import EVERYTHING, Securable, privilege_name
from rehearsal.authorisation.databricks_learning import learn
from rehearsal.authorisation.databricks_names import above_of, granted_on, listed, maps, securable_of
from rehearsal.authorisation.databricks_standing import DatabricksStanding, names_of
from rehearsal.authorisation.model import Identity, Metastore, Standing
from rehearsal.authorisation.sent import Sent
from rehearsal.model.world import World
from rehearsal.permissions.model import Right, every, given, lacking, unsure
from rehearsal.promises.databricks_objects import DatabricksObject

_GRANTS = ("databricks:index/grants:Grants", "databricks:index/grant:Grant")
_DEPLOYER = Identity("the deployer", "makes what the program declares")
_SECURABLES: Mapping[str, Securable] = {
    "catalog": Securable.CATALOG,
    "schema": Securable.SCHEMA,
    "table": Securable.TABLE,
    "volume": Securable.VOLUME,
    "model": Securable.MODEL,
    "external-location": Securable.EXTERNAL_LOCATION,
}
"""Kind of a promise's object -> what it is for Unity Catalog."""


@dataclass(frozen=True)
class _Grant:
    principal: str
    privileges: frozenset[str]
    urn: str


@dataclass(frozen=True)
class UnityCatalog:
    """The catalogs of one program."""

    world: World

    def right(
        self,
        names: frozenset[str],
        privileges: tuple[Privilege, ...],
        named: DatabricksObject,
        source: Source | str,
    ) -> Right:
        """All of several privileges on an object. `names` are the party's own and its groups'."""
        securable = f"{_SECURABLES.get(named.kind, named.kind)} {named.name}"
        owner = self._owner(names, securable)
        if owner is not None:
            return owner
        found = [self._privilege(names, one.name, securable, source) for one in privileges]
        return every(found)

    def _owner(self, names: frozenset[str], securable: str) -> Right | None:
        """Who owns the object or what contains it needs no privilege."""
        for here in (securable, *_containing(securable)):
            owner = self._standing.owners.get(here, "")
            if owner in names:
                return given((f"owner of {here}",), (self._declared[here],))
        return None

    def _privilege(
        self, names: frozenset[str], privilege: str, securable: str, source: Source | str
    ) -> Right:
        identity = _identity(names)
        if privilege in self._standing.privileges_on(identity, securable):
            on, urns = self._carried(names_of(identity), privilege, securable)
            return given((f"{privilege} on {on}",), urns, source)
        outermost = [securable, *_containing(securable)][-1]
        missing = f"{privilege} on {securable}, or on what contains it"
        if outermost not in self._declared and not any(
            one in self._grants for one in (securable, *_containing(securable))
        ):
            return unsure(f"{missing}; the program does not declare {outermost}", source)
        return lacking(missing, source)

    def _carried(self, names: frozenset[str], privilege: str, securable: str) -> tuple[str, tuple[str, ...]]:
        """On which object the privilege is granted, and by which resource."""
        for here in (securable, *_containing(securable)):
            for grant in self._grants.get(here, ()):
                if grant.principal in names and grant.privileges & {privilege, *EVERYTHING}:
                    return here, (grant.urn,)
        return securable, ()

    @cached_property
    def _sent(self) -> tuple[Sent, ...]:
        return tuple(
            Sent(resource.urn, resource.type, resource.id, resource.plain_inputs)
            for resource in self.world.of_types((*SECURED, *_GRANTS))
        )

    @cached_property
    def _standing(self) -> DatabricksStanding:
        standing = DatabricksStanding(Metastore.AUTOMATIC)
        for sent in self._sent:
            learn(standing, sent, _DEPLOYER)
        return standing

    @cached_property
    def _declared(self) -> Mapping[str, str]:
        """Securable -> the resource that makes it."""
        return {securable_of(sent): sent.urn for sent in self._sent if sent.type in SECURED}

    @cached_property
    def _grants(self) -> Mapping[str, tuple[_Grant, ...]]:
        found: dict[str, list[_Grant]] = {}
        for sent in self._sent:
            if sent.type in _GRANTS:
                found.setdefault(granted_on(sent), []).extend(_grants_of(sent))
        return {on: tuple(grants) for on, grants in found.items()}


def _grants_of(sent: Sent) -> Iterator[_Grant]:
    lines = [sent.inputs] if sent.text("principal") else maps(sent.inputs.get("grants"))
    for line in lines:
        privileges = frozenset(privilege_name(str(one)) for one in listed(line.get("privileges")))
        yield _Grant(str(line.get("principal")), privileges, sent.urn)


def _containing(securable: str) -> Iterator[str]:
    """The schema and the catalog of a table."""
    above = above_of(securable)
    if above:
        yield above
        yield from _containing(above)


def _identity(names: frozenset[str]) -> Identity:
    """As the standing knows a party: one name, and its groups."""
    first, *groups = sorted(names)
    return Identity(first, "", databricks=Standing(name=first, groups=tuple(groups)))
