"""The service rules, asked about one request: the world is the existing resources and the new one."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence

from rehearsal.cloud.change import ResourceRecord
from rehearsal.model.finding import Finding, Severity
from rehearsal.model.resource import Resource
from rehearsal.model.subscription import Subscription
from rehearsal.model.world import World
from rehearsal.rules import all_rules
from rehearsal.rules.foundation import immutable_properties, replacement_holds_name
from rehearsal.rules.rule import Rule

_FIRST, _LAST = 1_000, 1_000_000_000
"""Orders: providers come before all existing resources, the new resource after them."""

_BY_OPTIONS = (immutable_properties.RULE, replacement_holds_name.RULE)
"""Rules that judge resource options: the engine keeps those to itself, no provider ever sees them."""


class RequestRules:
    """Asks every rule of a type. Existing resources were there first, so the new resource counts as depending on all
    of them: whether the program says so is for the in-process rehearsal to find, which sees the whole program."""

    def __init__(self, today: datetime.date, subscription: Subscription, settings: Mapping[str, str]) -> None:
        self._today = today
        self._subscription = subscription
        self._settings = settings
        self._known: dict[str, tuple[ResourceRecord, Resource]] = {}
        self._provider_of: dict[str, str] = {}
        self._orders = itertools.count(_FIRST)
        self._rules: dict[str, list[Rule]] = {}
        for rule in all_rules():
            if rule.severity is Severity.REFUSAL and rule not in _BY_OPTIONS:
                for token in rule.applies_to:
                    self._rules.setdefault(token, []).append(rule)

    def findings(
        self,
        record: ResourceRecord,
        outputs: Mapping[str, object],
        standing: Sequence[ResourceRecord],
        providers: Mapping[str, Mapping[str, object]],
        provider_urn: str,
    ) -> Iterator[Finding]:
        """What the service refuses about this one resource. `providers` are the inputs of the configured ones by
        URN."""
        if _host(record):
            self._provider_of[_host(record)] = provider_urn
        rules = self._rules.get(record.type, ())
        if not rules:
            return
        world, resource = self._world(record, outputs, standing, providers, provider_urn)
        for rule in rules:
            for violation in rule.check(resource, world):
                yield Finding(
                    urn=record.urn,
                    rule=rule.id,
                    path=violation.path,
                    message=violation.message,
                    status=rule.status,
                    code=rule.code,
                    source=rule.source,
                )

    def _world(
        self,
        record: ResourceRecord,
        outputs: Mapping[str, object],
        standing: Sequence[ResourceRecord],
        providers: Mapping[str, Mapping[str, object]],
        provider_urn: str,
    ) -> tuple[World, Resource]:
        before: list[Resource] = [
            Resource(urn=urn, type=urn.split("::")[2].rpartition("$")[2], id="", order=order, inputs=inputs)
            for order, (urn, inputs) in enumerate(providers.items())
        ]
        before += [self._standing(other) for other in standing if other.id.lower() != record.id.lower()]
        resource = Resource(
            urn=record.urn,
            type=record.type,
            id=record.id,
            order=_LAST,
            inputs=record.inputs,
            outputs=outputs,
            provider=f"{provider_urn}::id",
            dependencies=tuple(other.urn for other in before),
        )
        return World((*before, resource), self._today, self._subscription, self._settings), resource

    def _standing(self, record: ResourceRecord) -> Resource:
        """The same object for the same record: making all anew would cost more than the rules do. Of what lives in one
        Databricks workspace the rules ask whether it has the same provider."""
        key = f"{record.workspace}|{record.id}".lower()
        known = self._known.get(key)
        provider = f"{self._provider_of.get(_host(record), '')}::id"
        if known is not None and known[0] is record and known[1].provider == provider:
            return known[1]
        order = known[1].order if known is not None else next(self._orders)
        resource = Resource(
            urn=record.urn,
            type=record.type,
            id=record.id,
            order=order,
            inputs=record.inputs,
            provider=provider,
        )
        self._known[key] = (record, resource)
        return resource


def _host(record: ResourceRecord) -> str:
    """The Databricks workspace that it lives in; empty in Azure."""
    return record.workspace.partition("|")[0]
