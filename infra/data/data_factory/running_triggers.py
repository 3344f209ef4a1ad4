"""Triggers of a factory that is deployed: which there are, and stopping and starting one, over Azure's management API.

Not the Azure CLI's own `az datafactory`: that is an extension, which a runner would have to install first.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

MANAGEMENT = "https://management.azure.com"
API_VERSION = "2018-06-01"
EVENT_TRIGGERS = ("BlobEventsTrigger", "CustomEventsTrigger")
"""What Event Grid fires. Its subscription is made before such a trigger starts and taken away before it stops
(learn.microsoft.com data-factory continuous-integration-delivery-sample-script)."""

_ABSENT = 404
_TRY_AGAIN = (429, 500, 502, 503, 504)


class TriggerError(Exception):
    """Azure refused a call, or its answer did not come; the message is for readers of the release's log."""


@dataclass(frozen=True)
class DeployedTrigger:
    """As the factory has it; `type` is the REST API's."""

    name: str
    type: str
    started: bool


@dataclass(frozen=True)
class FactoryTriggers:
    """The triggers of one factory. `pause` sleeps: tests give one that does not."""

    factory_id: str
    token: str
    management: str = MANAGEMENT
    pause: Callable[[float], None] = field(default=time.sleep)
    attempts: int = 4
    polls: int = 40
    """Of an event subscription, `poll_seconds` apart: ten minutes."""
    poll_seconds: float = 15

    def deployed(self) -> Iterator[DeployedTrigger]:
        """None where the factory does not exist yet. Raises TriggerError."""
        url = f"{self.management}{self.factory_id}/triggers?api-version={API_VERSION}"
        while url:
            page = self._call("GET", url)
            if page is None:
                return
            for item in _list_of(page.get("value")):
                properties = _mapping_of(item.get("properties"))
                started = properties.get("runtimeState") == "Started"
                yield DeployedTrigger(str(item.get("name")), str(properties.get("type")), started)
            url = str(page.get("nextLink") or "")

    def stop(self, trigger: DeployedTrigger) -> None:
        """Raises TriggerError; a trigger that is gone is stopped."""
        if trigger.type in EVENT_TRIGGERS:
            self._subscription(trigger, "unsubscribeFromEvents", "Disabled")
        self._act(trigger, "stop")

    def start(self, trigger: DeployedTrigger) -> None:
        """Raises TriggerError, for a trigger that is gone too."""
        if trigger.type in EVENT_TRIGGERS:
            self._subscription(trigger, "subscribeToEvents", "Enabled")
        if self._act(trigger, "start") is None:
            raise TriggerError(f"trigger {trigger.name} is not in the factory; `up` makes it")

    def _subscription(self, trigger: DeployedTrigger, action: str, until: str) -> None:
        if self._act(trigger, action) is None:
            return
        for _ in range(self.polls):
            answer = self._act(trigger, "getEventSubscriptionStatus")
            if answer is None or answer.get("status") == until:
                return
            self.pause(self.poll_seconds)
        raise TriggerError(
            f"the event subscription of trigger {trigger.name} is not {until} after "
            f"{self.polls * self.poll_seconds:.0f} seconds; look at the storage account's events in the portal"
        )

    def _act(self, trigger: DeployedTrigger, action: str) -> Mapping[str, object] | None:
        name = urllib.parse.quote(trigger.name)
        path = f"{self.factory_id}/triggers/{name}/{action}?api-version={API_VERSION}"
        return self._call("POST", f"{self.management}{path}")

    def _call(self, method: str, url: str) -> Mapping[str, object] | None:
        """The answer's body; None where there is nothing of that name."""
        request = urllib.request.Request(  # noqa: S310 - https, or a test's own loopback
            url,
            method=method,
            data=b"" if method == "POST" else None,
            headers={"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
        )
        for attempt in range(1, self.attempts + 1):
            try:
                with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
                    content = response.read()
                    return _mapping_of(json.loads(content)) if content else {}
            except urllib.error.HTTPError as error:
                if error.code == _ABSENT:
                    return None
                if error.code not in _TRY_AGAIN or attempt == self.attempts:
                    raise TriggerError(
                        f"{method} {url}: {error.code} {error.read().decode(errors='replace')}"
                    ) from error
                self.pause(_seconds_to_wait(error.headers.get("Retry-After"), attempt))
            except (urllib.error.URLError, TimeoutError) as error:
                if attempt == self.attempts:
                    raise TriggerError(f"{method} {url}: {error}") from error
                self.pause(_seconds_to_wait(None, attempt))
        raise AssertionError("the last attempt returns or raises")


def _seconds_to_wait(retry_after: str | None, attempt: int) -> float:
    return float(retry_after) if retry_after and retry_after.isdigit() else 2.0**attempt


def _mapping_of(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _list_of(value: object) -> list[Mapping[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
