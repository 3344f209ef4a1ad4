"""What a service says to somebody who may not."""

from __future__ import annotations

from dataclasses import dataclass

from azure_facts.source import Source
from rehearsal.authorisation.model import Identity
from rehearsal.authorisation.sent import Sent
from rehearsal.model.finding import Finding, Severity

AUTHORIZATION_FAILED = "AuthorizationFailed"
LINKED_AUTHORIZATION_FAILED = "LinkedAuthorizationFailed"
PERMISSION_DENIED = "PERMISSION_DENIED"


@dataclass(frozen=True, order=True)
class Denial:
    """One refusal. `message` is worded as the service words it; `right` on `scope` (an ARM id, empty outside Azure)
    would let the request through. `warned`: the request comes through in the end."""

    urn: str
    rule: str
    message: str
    right: str
    scope: str = ""
    code: str = AUTHORIZATION_FAILED
    status: int = 403
    source: str = ""
    warned: bool = False

    @property
    def remedy(self) -> str:
        """The right, and where."""
        return f"{self.right} on {self.scope}" if self.scope else self.right

    def finding(self, identity: str) -> Finding:
        """As a provider's error, or in a report of one request."""
        said = f"{self.code}: {self.message}" if self.code == PERMISSION_DENIED else self.message
        return Finding(
            urn=self.urn,
            rule=self.rule,
            path="",
            message=f"{said} As {identity}; let through by {self.remedy}.",
            severity=Severity.WARNING if self.warned else Severity.REFUSAL,
            status=self.status,
            code=self.code,
            source=self.source,
        )


def refusal(who: Identity, sent: Sent, rule: str, why: str, right: str, source: Source) -> Denial:
    """In the words of Databricks: by the name that it knows."""
    name = who.databricks.name or who.name
    return Denial(sent.urn, rule, f"{name} {why}.", right, code=PERMISSION_DENIED, source=str(source))
