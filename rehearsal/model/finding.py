"""What the rehearsal has to say about a resource: refused, or worth a warning."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from rehearsal.model.position import Position
from rehearsal.model.values import masked_text


class Severity(StrEnum):
    """A refusal makes the rehearsal fail (exit code 4); a warning is only printed."""

    REFUSAL = "refusal"
    WARNING = "warning"


@dataclass(frozen=True, order=True)
class Finding:
    """One refusal or warning. Sorts by resource, then rule, then property, so that reports are stable.

    `status` and `code` are the HTTP status and error code with which the service answers, where one is known;
    `source` is the public document that the finding rests on; `position` is the program's line that declared the
    resource.
    """

    urn: str
    rule: str
    path: str
    message: str
    severity: Severity = Severity.REFUSAL
    status: int | None = None
    code: str = ""
    source: str = ""
    position: Position | None = field(default=None, compare=False)

    def masked(self) -> Finding:
        """The same finding without any stand-in for a secret in its texts."""
        return replace(self, message=masked_text(self.message), path=masked_text(self.path))
