"""Lets an engine's requests through, or not, in the name of one identity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rehearsal.authorisation.acts_file import ActsError, acts_path, identity_named, read_acts, stale_acts
from rehearsal.authorisation.authority import Authority
from rehearsal.authorisation.model import Identity, Lifecycle
from rehearsal.authorisation.sent import Sent, Verb
from rehearsal.cloud.change import ResourceRecord
from rehearsal.model.finding import Finding
from rehearsal.model.request import Request
from rehearsal.model.values import UNKNOWN, plain


@dataclass(frozen=True)
class Caller:
    """Who asks, and the file that says so."""

    lifecycle: Lifecycle
    identity: Identity


def caller_of(stack_file: Path, name: str) -> Caller | None:
    """An identity of the acts beside a stack file; None for no name. Raises `ActsError`: the file is wrong or stale, or
    names nobody so; `RehearsalError` where there is none."""
    if not name:
        return None
    lifecycle = read_acts(acts_path(stack_file))
    if stale := stale_acts(lifecycle, stack_file):
        raise ActsError(stale)
    return Caller(lifecycle, identity_named(lifecycle, name))


class Gatekeeper:
    """`standing` are the existing resources, each made by whom its record names, or by the identity itself where it
    names nobody. Not safe for threads: its owner has a lock."""

    def __init__(self, lifecycle: Lifecycle, identity: Identity, standing: Iterable[ResourceRecord]) -> None:
        before = Authority(lifecycle)
        for record in standing:
            maker = lifecycle.identities.get(record.made_by, identity)
            before.carried_out(
                maker, _sent(record.urn, record.type, record.id, record.inputs, {}), Verb.CREATE
            )
        self._authority = before.copy()
        self._identity = identity

    def refused(
        self, request: Request, resource_id: str, verb: Verb, *, external: bool = False
    ) -> Finding | None:
        """The service's answer to somebody who may not, None where the identity may."""
        sent = self._of(request, resource_id, external=external)
        found = next(
            (one for one in self._authority.lacking(self._identity, sent, verb) if not one.warned), None
        )
        return found.finding(self._identity.name) if found is not None else None

    def carried_out(self, request: Request, resource_id: str, verb: Verb) -> None:
        """The request took effect."""
        self._authority.carried_out(self._identity, self._of(request, resource_id), verb)

    def maker(self, request: Request) -> str:
        """In whose name a request goes out."""
        sent = self._of(request, "")
        return (self._authority.acting(self._identity, sent) or self._identity).name

    def _of(self, request: Request, resource_id: str, *, external: bool = False) -> Sent:
        return _sent(
            request.urn, request.type, resource_id, request.inputs, request.provider_inputs, external=external
        )


def _sent(
    urn: str,
    kind: str,
    resource_id: str,
    inputs: Mapping[str, object],
    provider: Mapping[str, object],
    *,
    external: bool = False,
) -> Sent:
    """The engine sends a refused creation again where the program says so, and nobody here knows whether it does."""
    return Sent(
        urn, kind, resource_id, _revealed(inputs), _revealed(provider), external=external, repeats=True
    )


def _revealed(values: Mapping[str, object]) -> Mapping[str, object]:
    found = plain(dict(values))
    return {key: one for key, one in found.items() if one is not UNKNOWN} if isinstance(found, dict) else {}
