"""One promise that is being tried: who asks, what it is about, and what an answer means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from azure.core.exceptions import AzureError, ClientAuthenticationError
from azure.core.rest import HttpResponse

from azure_facts.arm_id_parsing import levels
from infra.live.errors import SOME_MINUTES, cannot_look, short
from infra.live.session import Session
from infra.verify.estate import Estate, at
from infra.verify.outcome import Step, elsewhere, failed, passed
from infra.verify.promise import Promise
from infra.verify.sign_in import stop_if_ended

CALL = "call"
"""The step's name."""

_RESOURCE = 3
"""Of an ARM id: the subscription, the group, the resource."""


@dataclass(frozen=True)
class Attempt:
    """`host`: the door, empty where the action has none. `run`: whether runs that do nothing may be started. `until`:
    the moment of `time.monotonic` at which waiting ends; every `poll_seconds` a run is looked at."""

    promise: Promise
    host: str
    session: Session
    estate: Estate
    run: bool = False
    until: float = 0.0
    poll_seconds: float = 15.0

    @property
    def resource(self) -> str:
        """The ARM id of the top resource that the object is part of."""
        return self.promise.on[: len(levels(self.promise.on)[:_RESOURCE][-1])]

    @property
    def resource_name(self) -> str:
        """The name of that resource."""
        return self.resource.rpartition("/")[2]

    def part(self, kind: str) -> str:
        """The name of a part of the object, such as that of `containers`; empty where it names none."""
        found = re.search(rf"/{kind}/([^/]+)", self.promise.on, re.IGNORECASE)
        return found[1] if found else ""

    def token(self, scope: str) -> Step:
        """Whether Entra grants a token for the service."""
        audience = scope.removesuffix("/.default")
        try:
            self.session.credential.get_token(scope)
        except AzureError as error:
            stop_if_ended(str(error.message))
            mend = "see the sign-in log: Conditional Access, or a tenant without the service's application"
            return failed("token", f"no token for {audience}: {short(error)}", mend)
        return passed("token", f"granted for {audience}")

    def send(
        self,
        method: str,
        url: str,
        scope: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> HttpResponse:
        """Any status is an answer, but one that says that the sign-in has ended. Raises AzureError for none."""
        answer = self.session.send(method, url, scope, body, headers)
        if answer.status_code == 401:
            stop_if_ended(f"{answer.text()} {answer.headers.get('WWW-Authenticate', '')}")
        return answer

    def graded(self, answer: HttpResponse, what: str) -> Step:
        """What a service's status says of the promise."""
        status, reason = answer.status_code, reason_of(answer)
        if status < 300:
            return passed(CALL, f"{what}: answered")
        said = f"{what}: {status}{f' {reason}' if reason else ''}"
        if status == 401:
            return failed(CALL, said, "see that the identity is of the tenant that the service trusts")
        if status == 403:
            return failed(CALL, said, self.grant_it)
        if status == 404:
            return failed(CALL, said, "deploy the stack; the object is not there")
        if status == 429:
            return elsewhere(CALL, f"{said}: throttled, after all retries", SOME_MINUTES)
        return failed(CALL, said, "look at the service's health and logs, then the same again")

    def unanswered(self, error: AzureError, what: str) -> Step:
        """What no answer says of the promise."""
        if isinstance(error, ClientAuthenticationError):
            stop_if_ended(str(error.message))
        return failed(
            CALL,
            f"{what}: {cannot_look(error, self.host or what, 'a role')}",
            "see the road between here and there",
        )

    @property
    def grant_it(self) -> str:
        """What gives the right that is missing."""
        setting = f"; {self.promise.setting} gives it" if self.promise.setting else ""
        wait = "a new grant takes up to ten minutes; a firewall of the service answers 403 too"
        return f"deploy again{setting}; {wait}"


def reason_of(answer: HttpResponse) -> str:
    """The service's own error code, with its first sentence where it is JSON: never more of the body."""
    code = answer.headers.get("x-ms-error-code", "")
    try:
        body = answer.json()
    except ValueError:
        return code
    told = (
        at(body, "error.innererror.code"),
        at(body, "error.code"),
        at(body, "error_code"),
        at(body, "code"),
    )
    named = next((one for one in told if isinstance(one, str) and one), code)
    message = next(
        (one for one in (at(body, "error.message"), at(body, "message")) if isinstance(one, str)), ""
    )
    first = " ".join(message.split())[:160]
    return f"{named} ({first})" if named and first else named or first
