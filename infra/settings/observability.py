"""Where logs and metrics go."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from infra.settings.base import ArmIdOf, ExistingOrNew, SettingsModel


class LogAnalytics(ExistingOrNew):
    """The Log Analytics workspace that everything else logs to; deletion is soft for 14 days."""

    existing_resource_id: Annotated[str, ArmIdOf("Microsoft.OperationalInsights/workspaces")] | None = None
    retention_days: Annotated[int, Field(ge=30, le=730)] = 90
    """Days that logs are kept: 30 to 730 (Log Analytics, interactive retention)."""
    daily_quota_gb: Annotated[float, Field(ge=0.023)] | None = None
    """Ingestion stops for the day at this many GB; null = no cap. Default: 5 in nonprod, no cap in prod."""


class ApplicationInsights(ExistingOrNew):
    """Workspace-based Application Insights: what scoring and training report about themselves."""

    existing_resource_id: Annotated[str, ArmIdOf("Microsoft.Insights/components")] | None = None


class Observability(SettingsModel):
    """Log Analytics and Application Insights, each created here or given."""

    log_analytics: LogAnalytics = LogAnalytics()
    application_insights: ApplicationInsights = ApplicationInsights()
