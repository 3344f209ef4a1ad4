"""Settings of the Databricks workspace and of everything in it."""

from infra.settings.databricks.runtime import RUNTIME_PATTERN
from infra.settings.databricks.workspace import Databricks, DatabricksContent, JobsCode

__all__ = ["RUNTIME_PATTERN", "Databricks", "DatabricksContent", "JobsCode"]
