"""What holds for the whole workspace: its switches and its secret scopes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field
from typing_extensions import override

from infra.settings.access import Persona
from infra.settings.base import ArmIdOf, LoadingContext, Problem, SettingsModel
from infra.settings.databricks.git import GitUrl


class Hardening(SettingsModel):
    """Switches of the workspace. A default is the closed position; what dev opens is a line in its stack."""

    personal_access_tokens: bool = False
    """Off: everybody signs in with Entra. Linked compute needs tokens and switches them on."""
    max_token_lifetime_days: Annotated[int, Field(ge=1, le=730)] = 90
    download_results: bool = False
    export_notebooks: bool = False
    upload_data: bool = False
    dbfs_browser: bool = False
    web_terminal: bool = False
    verbose_audit_logs: bool = True
    allowed_git_urls: list[GitUrl] | None = None
    """Prefixes (whole path parts) of the repositories that may be cloned and pushed to. Default: the
    repositories of git_folders and of jobs' git_source. [] = any repository; the check then stays off,
    because an empty list would stop every commit."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        allowed = self.allowed_git_urls or []
        for index, url in enumerate(allowed):
            if url in allowed[:index]:
                yield Problem(f"allowed_git_urls[{index}]", f"{url} is listed twice; keep one")


class SecretScope(SettingsModel):
    """A Key Vault as Databricks sees it: read only; secrets are set in the vault."""

    key_vault_resource_id: Annotated[str, ArmIdOf("Microsoft.KeyVault/vaults")] | None = None
    """Default: a new vault for this scope alone, where only CI sets and reads secrets."""
    readers: list[Persona] = []
    """Personas that may read every secret of the vault from a notebook; jobs always may."""

    def shows_vault_of(self, other: SecretScope) -> bool:
        """Whether both name one vault; two that name none have two."""
        mine, others = (one.key_vault_resource_id or "" for one in (self, other))
        return self is other or (mine != "" and mine.lower() == others.lower())
