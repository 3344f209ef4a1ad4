"""One Databricks workspace, as it answers who is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urlencode

from azure.core.rest import HttpResponse

from infra.live.errors import looking
from infra.live.session import ARM, DATABRICKS_SCOPE, Session

_MOST_PAGES = 50


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

    def privileges(self, kind: str, name: str, principal: str) -> set[str] | None:
        """What Unity Catalog grants to one principal, inherited ones too; the principal's groups are asked one by one
        (docs.databricks.com api/uc-grants/v1/get-effective-permissions, read 2026-11-30). None where it does
        not tell."""
        held: set[str] = set()
        page: dict[str, str] = {}
        path = f"/api/2.1/unity-catalog/effective-permissions/{kind}/{quote(name, safe='')}"
        for _ in range(_MOST_PAGES):
            answer = self.ask(path, principal=principal, max_results="0", **page)
            if answer.status_code != 200:
                return held or None
            body = answer.json()
            listed = body.get("privilege_assignments", [])
            held |= {str(one.get("privilege")) for given in listed for one in given.get("privileges", [])}
            # A page may be empty and not the last.
            if not body.get("next_page_token"):
                break
            page = {"page_token": str(body["next_page_token"])}
        return held
