"""One Databricks workspace, as it answers who is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from azure.core.rest import HttpResponse

from infra.live.errors import looking
from infra.live.session import ARM, DATABRICKS_SCOPE, Session


@dataclass(frozen=True)
class DatabricksWorkspace:
    """By its ARM id and its host name."""

    session: Session
    identifier: str
    host: str
    scheme: str = "https"

    @cached_property
    def _headers(self) -> Mapping[str, str]:
        """As the provider does: with a second token, an Azure role on the workspace is enough to enter."""
        with looking("the sign-in", "a sign-in"):
            management = self.session.credential.get_token(f"{ARM}/.default").token
        return {
            "X-Databricks-Azure-SP-Management-Token": management,
            "X-Databricks-Azure-Workspace-Resource-Id": self.identifier,
        }

    def ask(self, path: str, *, method: str = "GET", body: object = None, **query: str) -> HttpResponse:
        """Any status is an answer."""
        asked = f"?{urlencode(query)}" if query else ""
        return self.session.send(
            method, f"{self.scheme}://{self.host}{path}{asked}", DATABRICKS_SCOPE, body, self._headers
        )
