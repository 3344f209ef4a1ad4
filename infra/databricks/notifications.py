"""Notification destinations: where jobs report to outside Databricks."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_databricks
from pydantic import SecretStr

from infra.context import Context
from infra.databricks.content import WorkspaceContent
from infra.databricks.workspace import Workspace
from infra.settings.databricks.notifications import DestinationKind, NotificationDestination


class NotificationDestinations(WorkspaceContent):
    """Owns the destinations. Does not own the channels behind them. Only workspace admins can make them."""

    def __init__(
        self,
        settings: Mapping[str, NotificationDestination],
        workspace: Workspace,
        context: Context,
        opts: pulumi.ResourceOptions,
    ) -> None:
        super().__init__(
            "databricks:NotificationDestinations",
            "databricks-notification-destinations",
            workspace,
            context,
            opts,
        )
        self.destinations = {
            key: pulumi_databricks.NotificationDestination(
                f"databricks-notification-destination-{key}",
                display_name=self.object_name(key),
                config=_config(destination),
                opts=self.content(),
            )
            for key, destination in settings.items()
        }
        self.register_outputs({"destinations": sorted(settings)})


def _config(settings: NotificationDestination) -> pulumi_databricks.NotificationDestinationConfigArgs:
    config = pulumi_databricks.NotificationDestinationConfigArgs
    url = _secret(settings.url)
    if settings.kind is DestinationKind.SLACK:
        return config(slack=pulumi_databricks.NotificationDestinationConfigSlackArgs(url=url))
    if settings.kind is DestinationKind.MICROSOFT_TEAMS:
        return config(
            microsoft_teams=pulumi_databricks.NotificationDestinationConfigMicrosoftTeamsArgs(url=url)
        )
    if settings.kind is DestinationKind.PAGERDUTY:
        return config(
            pagerduty=pulumi_databricks.NotificationDestinationConfigPagerdutyArgs(
                integration_key=_secret(settings.integration_key)
            )
        )
    return config(
        generic_webhook=pulumi_databricks.NotificationDestinationConfigGenericWebhookArgs(
            url=url, username=settings.username, password=_secret(settings.password)
        )
    )


def _secret(value: SecretStr | None) -> pulumi.Output[str] | None:
    return pulumi.Output.secret(value.get_secret_value()) if value else None
