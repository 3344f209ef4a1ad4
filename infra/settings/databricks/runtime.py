"""Databricks runtimes, by the version text that a cluster asks for."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo

from azure_facts.retirements import RetirementKind
from infra.settings.base import refuse_retired

RUNTIME_PATTERN = r"^\d+\.\d+\.x-(cpu-ml-|gpu-ml-|photon-)?scala2\.1[23]$"


def _runtime(value: str, info: ValidationInfo) -> str:
    if not re.fullmatch(RUNTIME_PATTERN, value):
        raise ValueError(
            f"'{value}' is not a Databricks runtime; for example 16.4.x-cpu-ml-scala2.12 "
            "(databricks clusters spark-versions)"
        )
    return refuse_retired(RetirementKind.DATABRICKS_RUNTIME, value, info)


Runtime = Annotated[str, AfterValidator(_runtime)]


def is_ml_runtime(runtime: str) -> bool:
    """Whether the runtime brings the machine-learning libraries, which need dedicated access mode."""
    return "-ml-" in runtime
