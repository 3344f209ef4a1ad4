"""The door of Application Insights and Log Analytics: public, or through a private link scope that has them."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.ml_managed_network import PRIVATE_LINK_SCOPE_SUB_RESOURCE
from azure_facts.private_link import SCOPE_MODES, SCOPE_OPEN_MODE
from rehearsal.model.resource import Resource
from rehearsal.reachability.declared import Declared
from rehearsal.reachability.model import Door, Hop, Road, Verdict, best, ends, unsure
from rehearsal.reachability.names import Answer, Resolver, resolve
from rehearsal.reachability.origins import Origin
from rehearsal.reachability.services import public_road, service_road
from rehearsal.rules import tokens

MEMBER = "azure-native:monitor:PrivateLinkScopedResource"
_SCOPES = "/privatelinkscopes/"
_ZONE = "privatelink.monitor.azure.com"


def monitor_road(origin: Origin, door: Door, declared: Declared) -> Road:
    """The road over which telemetry arrives."""
    if origin.unknown is not None:
        return origin.unknown
    roads = [_by_scope(origin, door, scope, declared) for scope in _scopes(origin, declared)]
    if roads:
        return best(roads)
    public = public_road(origin, door, declared)
    if public.verdict is Verdict.CLOSED and origin.standing is not None:
        resolver = Resolver.of(origin.standing.network, declared)
        if resolver.answers(_ZONE) or not resolver.is_known:
            return unsure("whether a private link scope of somebody else's has it as a member is not known")
    return public


def _scopes(origin: Origin, declared: Declared) -> Iterator[str]:
    """The scopes whose endpoint the origin has, or whose names it resolves."""
    if origin.managed is not None:
        yield from (target for target, _ in origin.managed.endpoints if _SCOPES in target)
    elif origin.standing is not None:
        for target, endpoints in declared.endpoints_by_target.items():
            if _SCOPES in target:
                resolver = Resolver.of(origin.standing.network, declared)
                part = PRIVATE_LINK_SCOPE_SUB_RESOURCE
                if resolve(target, part, endpoints, resolver, others=True).answer is Answer.PRIVATE:
                    yield target


def _by_scope(origin: Origin, door: Door, scope_id: str, declared: Declared) -> Road:
    road = service_road(origin, Door(scope_id, PRIVATE_LINK_SCOPE_SUB_RESOURCE, port=door.port), declared)
    scope = declared.world.find(scope_id)
    members = [
        member
        for member in declared.world.of_types((MEMBER,))
        if member.id.lower().startswith(f"{scope_id}/")
        and member.text("linkedResourceId").lower() == door.target
    ]
    if members:
        return road.then(
            Road(Verdict.OPEN, (Hop(f"{members[0].name} makes it a member", (members[0].urn,)),))
        )
    if scope is None or scope.external:
        return road.then(Road(Verdict.OPEN, (Hop("the scope's owner makes it a member", taken=True),)))
    return _no_member(origin, door, scope, declared)


def _no_member(origin: Origin, door: Door, scope: Resource, declared: Declared) -> Road:
    """In private mode a scope lets its networks reach members alone. Logs are sent to a name of the workspace's own, on
    which the mode does not bear."""
    if scope.text("accessModeSettings.ingestionAccessMode") == SCOPE_OPEN_MODE:
        return public_road(origin, door, declared)
    target = declared.world.find(door.target)
    if target is not None and target.type == tokens.LOG_ANALYTICS:
        public = public_road(origin, door, declared)
        if public.verdict is Verdict.OPEN:
            what = f"logs reach {target.name} on its public endpoint; whether queries do is not known"
            return unsure(what, target.urn, source=SCOPE_MODES)
    return ends(
        f"{door} is no member of {scope.name}, whose networks reach members only",
        scope.urn,
        source=SCOPE_MODES,
    )
