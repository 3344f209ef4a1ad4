"""Whether anything can be asked at all: somebody is signed in, in the right tenant, Azure answers, and it lasts."""

from __future__ import annotations

import re

from infra.live.errors import CannotLookError, Trouble, looking
from infra.live.session import Caller, Session
from infra.verify.wire import AddressKind, Wire

_ENTRA = "login.microsoftonline.com"
_SUBSCRIPTION_VERSION = "2022-12-01"

_EXPIRED = re.compile(
    r"ExpiredAuthenticationToken|AADSTS(?:700024|700082|70043|50173)\b|token (?:is|has) expired"
    r"|lifetime validation failed",
    re.IGNORECASE,
)
"""What Entra and Resource Manager say of a token or a sign-in whose time is over
(learn.microsoft.com entra/identity-platform/reference-error-codes; azure-resource-manager/troubleshooting)."""


class NothingToAskError(Exception):
    """No promise can be looked at. `to_do`: what helps."""

    def __init__(self, message: str, to_do: str) -> None:
        super().__init__(message)
        self.to_do = to_do


def signed_in(session: Session, wire: Wire, tenant_id: str) -> Caller:
    """Who is signed in. Raises `NothingToAskError` where nobody is, the sign-in has ended, or there is no network."""
    login = f"az login --tenant {tenant_id}"
    try:
        caller = session.caller()
    except CannotLookError as error:
        if error.trouble is Trouble.UNREACHABLE or not _resolves(wire):
            raise _no_network(f"{_ENTRA} does not answer") from error
        raise NothingToAskError(str(error), login) from error
    if caller.tenant_id.lower() != tenant_id.lower():
        raise NothingToAskError(f"signed in to {caller.tenant_id}, the stack is {tenant_id}'s", login)
    try:
        with looking("the subscription", "Reader"):
            session.ask("GET", "", _SUBSCRIPTION_VERSION)
    except CannotLookError as error:
        if error.trouble is Trouble.UNREACHABLE:
            raise _no_network(str(error)) from error
        if error.trouble is Trouble.SIGN_IN:
            raise NothingToAskError(str(error), login) from error
    return caller


def _resolves(wire: Wire) -> bool:
    """DefaultAzureCredential says of a missing network, too, that it got no token."""
    _, addresses = wire.name(_ENTRA, AddressKind.EITHER, "")
    return bool(addresses)


def _no_network(why: str) -> NothingToAskError:
    return NothingToAskError(
        f"there is no network to Azure: {why}", "see this machine's DNS, proxy and routes"
    )


class SignInEndedError(Exception):
    """The sign-in holds no longer: nothing else needs to be asked. The text is Azure's own."""


def stop_if_ended(text: str) -> None:
    """Raises `SignInEndedError` for what Azure says of a sign-in whose time is over."""
    if _EXPIRED.search(text):
        raise SignInEndedError(" ".join(text.split())[:200])
