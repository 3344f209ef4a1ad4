"""How serverless compute, which is in Databricks' own network, reaches our data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator, Field
from typing_extensions import override

from azure_facts.arm_id_parsing import ArmIdError, parse_arm_id
from infra.settings.base import Guid, Key, LoadingContext, Problem, SettingsModel


def _arm_id(value: str) -> str:
    try:
        parse_arm_id(value)
    except ArmIdError as error:
        raise ValueError(str(error)) from error
    return value


class ServerlessEndpoint(SettingsModel):
    """A private endpoint that Databricks makes in its network; the owner of the target must approve it."""

    resource_id: Annotated[str, AfterValidator(_arm_id)]
    """Of the storage account, vault or server (az resource show --query id)."""
    group: Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
    """Its sub-resource: blob and dfs of a lake (both are needed), vault, sqlServer …"""


class NetworkConnectivity(SettingsModel):
    """A network connectivity configuration, of the Databricks account (`databricks.account_id`): made here, or given
    and bound here. The deploying identity must be an account admin, unless it is bound already."""

    configuration_id: Guid | None = None
    """The id of an existing one. Default: a new one is created."""
    bound_already: bool = False
    """An account admin has bound the workspace to configuration_id: nothing is done here."""
    private_endpoints: dict[Key, ServerlessEndpoint] = {}
    """Of a configuration that is made here."""

    @override
    def check(self, context: LoadingContext) -> Iterator[Problem]:
        if self.bound_already and self.configuration_id is None:
            yield Problem(
                "configuration_id",
                "is missing beside bound_already; give that of the configuration that the workspace is bound to",
            )
        if self.configuration_id is not None and self.private_endpoints:
            yield Problem(
                "private_endpoints",
                "are given with configuration_id; the owner of that configuration makes its endpoints: remove them",
            )
