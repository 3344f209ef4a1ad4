"""Where jobs report to outside Databricks, beside e-mail."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from typing_extensions import override

from infra.settings.base import LoadingContext, Problem, Secret, SettingsModel


class DestinationKind(StrEnum):
    """The systems that Databricks knows how to call."""

    SLACK = "slack"
    MICROSOFT_TEAMS = "microsoft_teams"
    GENERIC_WEBHOOK = "generic_webhook"
    PAGERDUTY = "pagerduty"


class NotificationDestination(SettingsModel):
    """A channel or service that is told of a job's failure, success or lateness."""

    kind: DestinationKind
    url: Secret | None = None
    """A secret, because anybody who knows a webhook's URL can post to it."""
    username: str | None = None
    """Of a generic webhook with basic authentication."""
    password: Secret | None = None
    integration_key: Secret | None = None
    """Of PagerDuty, instead of url."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        pagerduty = self.kind is DestinationKind.PAGERDUTY
        wanted, unwanted = ("integration_key", "url") if pagerduty else ("url", "integration_key")
        if getattr(self, wanted) is None:
            yield Problem(
                wanted, f"is missing; {self.kind} is called with it, such as env:ALERTS_{wanted.upper()}"
            )
        if getattr(self, unwanted) is not None:
            yield Problem(unwanted, f"is given, and {self.kind} takes {wanted}; remove it")
        basic = [key for key in ("username", "password") if getattr(self, key) is not None]
        if basic and self.kind is not DestinationKind.GENERIC_WEBHOOK:
            yield Problem(basic[0], f"is given, and {self.kind} has none; only generic_webhook does")
        elif len(basic) == 1:
            yield Problem(basic[0], "is given alone; give username and password, or neither")
