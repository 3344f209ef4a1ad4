"""One promise: its road from here, then its right, each as far as it can be tried from here."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from azure_facts.action_tables.action import Trial
from azure_facts.arm_id_parsing import arm_type_of, levels
from azure_facts.private_link import SubResource, sub_resources
from infra.live.errors import CannotLookError, Trouble
from infra.live.session import Session
from infra.verify.declared import Declared
from infra.verify.estate import Estate, NoHostError, UnknownHostError, has_host
from infra.verify.here import At, Here
from infra.verify.identity import Self
from infra.verify.outcome import Outcome, Step, Verdict, elsewhere, failed
from infra.verify.promise import DATABRICKS, Place, Promise
from infra.verify.sign_in import stop_if_ended
from infra.verify.tries.attempt import Attempt
from infra.verify.tries.table import TRIES
from infra.verify.wire import Handshake, Wire

_OWN_PROTOCOLS = (445, 1433, 3306, 5432)
"""SMB, and the databases': TLS begins inside the protocol."""


@dataclass(frozen=True)
class Judge:
    """Everything that the promises of one run share."""

    session: Session
    estate: Estate
    wire: Wire
    here: Here
    me: Self
    declared: Declared
    places: Mapping[str, Place]
    run: bool
    until: float

    def outcome(self, promise: Promise) -> Outcome:
        """Raises `SignInEndedError`."""
        started = time.monotonic()
        at = self.here.at(promise.origin, self.places)
        steps = [_there(promise)] if at is At.ELSEWHERE else self._steps(promise)
        if at is At.OUTSIDE and any(step.verdict is Verdict.FAILED for step in steps):
            steps = [_there(promise, steps[-1])]
        return Outcome(promise.name, str(promise), promise.setting, tuple(steps), time.monotonic() - started)

    def _steps(self, promise: Promise) -> list[Step]:
        try:
            host = self._host(promise)
        except NoHostError as error:
            return [failed("host", str(error), "deploy the stack, then the same again")]
        except UnknownHostError as error:
            return [elsewhere("host", str(error), "add it to azure_facts/host_names.py")]
        except CannotLookError as error:
            stop_if_ended(str(error))
            if error.trouble is Trouble.UNREACHABLE:
                return [failed("host", str(error), "see the road to management.azure.com")]
            missing = f"its host is not known: {error}"
            return [elsewhere("host", missing, "give --outputs, or the right to read it")]
        except ValueError as error:
            return [_another_form("host", "", error)]
        steps = self._road(promise, host) if host else []
        if any(step.verdict is Verdict.FAILED for step in steps):
            return steps
        return [*steps, *self._right(promise, host)]

    def _host(self, promise: Promise) -> str:
        """Empty for an action that has no door of its own, such as a mail of Azure's."""
        action = promise.action
        if promise.host or action.host:
            return promise.host or action.host
        target = promise.on.rpartition("@")[2]
        if action.trial is Trial.SWAGGER and "/onlineendpoints/" in target.lower():
            return self.estate.host(target, "")
        group = _group(promise, target)
        return self.estate.host(target, group) if group else ""

    def _road(self, promise: Promise, host: str) -> list[Step]:
        target = promise.on.rpartition("@")[2]
        by_host = bool(promise.host or promise.action.host)
        linked = None if by_host else sub_resource_of(target, _group(promise, target))
        kind = self.declared.kind_of(target, linked, self.here.place)
        zone = " or ".join(linked.zones_in(self.declared.region)) if linked else ""
        named, addresses = self.wire.name(host, kind, zone)
        if not addresses:
            return [named]
        port = promise.port or promise.action.port
        handshake = Handshake.NONE if port in _OWN_PROTOCOLS else Handshake.TLS
        if promise.action.kubernetes:
            handshake = Handshake.OWN_TLS
        return [named, *self.wire.port(host, addresses, port, handshake)]

    def _right(self, promise: Promise, host: str) -> list[Step]:
        action = promise.action
        if action.trial is Trial.NONE:
            see = "see it work once, in the portal or a log"
            return [elsewhere("call", "nobody can try it from outside", see)]
        if action.trial is Trial.CONNECT:
            return [] if host else [elsewhere("call", "it has no road from here that could be tried")]
        # Its own members Databricks alone knows: the try looks.
        inside = promise.on.startswith(DATABRICKS) and promise.who.is_of_databricks
        why_not = "" if inside else self.me.why_not(promise.who)
        if why_not:
            return [elsewhere("who", why_not, f"run it as {promise.who}")]
        attempt = Attempt(promise, host, self.session, self.estate, self.run, self.until)
        tried = TRIES[action.trial]
        steps = [attempt.token(tried.scope)] if tried.scope else []
        if any(step.verdict is Verdict.FAILED for step in steps):
            return steps
        try:
            return [*steps, tried.call(attempt)]
        except ValueError as error:
            return [*steps, _another_form("call", host, error)]


def _another_form(step: str, host: str, error: ValueError) -> Step:
    """An answer whose status is good, and that is none of the service's."""
    return failed(step, f"{host or 'Azure'} answers in another form ({error})", "see what answers there")


def _there(promise: Promise, closed: Step | None = None) -> Step:
    """It is asked elsewhere; `closed`: what is so from here, and need not be so from there."""
    plane = f":{promise.origin.plane}" if promise.origin.plane else ""
    here = f"; from here {closed.name}: {closed.found}" if closed else ""
    return elsewhere(
        "place",
        f"it is asked from {promise.origin}{here}",
        f"run it there, with --from {promise.origin.id}{plane}",
    )


def _group(promise: Promise, target: str) -> str:
    """The promise's own group, else the first of the action's that the object or what it is part of has a host for."""
    groups = promise.action.groups
    first = groups[0] if groups else ""
    return promise.group or next((one for one in groups if has_host(target, one)), first)


def sub_resource_of(target: str, group: str) -> SubResource | None:
    """That of the object or of what it is part of; None where there is none."""
    for level in reversed(levels(target)):
        for one in sub_resources(arm_type_of(level)):
            if one.group == group:
                return one
    return None
