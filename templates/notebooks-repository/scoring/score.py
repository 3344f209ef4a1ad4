"""The entry script of the online deployment: Azure ML's inference server calls init once, and run for each request.

The code that forecasts is the model's own (`code/` in the registered version), so it always fits the fleet that it
reads. Health is `GET /`, which answers once init has ended; the columns are described at `GET /swagger.json`.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from azureml.ai.monitoring import Collector
from azureml_inference_server_http.api.aml_response import AMLResponse
from azureml_inference_server_http.server.routes import main_blueprint
from inference_schema.parameter_types.pandas_parameter_type import PandasParameterType
from inference_schema.parameter_types.standard_py_parameter_type import StandardPythonParameterType
from inference_schema.schema_decorators import input_schema, output_schema

LOG = logging.getLogger("demand.score")
CAPACITY = int(os.environ.get("MODELS_IN_MEMORY", "1000"))
"""Estimators that stay loaded; the others are read when they are asked for."""

LATENCY_BUDGET = float(os.environ.get("LATENCY_BUDGET_MILLISECONDS", "500"))
"""A request that takes longer is logged as a warning; the platform's alert looks at the same number."""

MOST_BYTES = 2 * 1024 * 1024
"""Of one request: 10,000 rows of 200 bytes. Flask refuses a longer body before it is read (413)."""

ASKED = pd.DataFrame({"store": ["s001"], "product": ["p001"], "day": ["2026-12-01"]})
ANSWERED = {
    "forecasts": [{"partition_key": "s001/p001", "quantity": 12.5, "family": "ridge", "problem": ""}],
    "model_version": "8",
}


class Scoring:
    """What init leaves for run."""

    def __init__(self, model: Path, version: str) -> None:
        sys.path.insert(0, str(model / "code"))
        # From the model's own folder, which is known only now.
        from forecasting.fleet import open_fleet
        from forecasting.service import answer, check

        self.check, self.answer = check, answer
        self.fleet = open_fleet(model, CAPACITY)
        self.version = version
        self.inputs, self.outputs = (
            Collector(name=name, on_error=_not_collected) for name in ("model_inputs", "model_outputs")
        )


_scoring: Scoring | None = None


def init() -> None:
    """Find the model that the deployment names. Raises RuntimeError: the replica never becomes ready."""
    global _scoring
    folder = Path(os.environ["AZUREML_MODEL_DIR"])
    found = sorted(folder.rglob("MLmodel"))
    if len(found) != 1:
        raise RuntimeError(f"{folder} holds {len(found)} MLflow models; the deployment must name one")
    main_blueprint.record(lambda state: state.app.config.update(MAX_CONTENT_LENGTH=MOST_BYTES))
    _scoring = Scoring(found[0].parent, os.environ.get("MODEL_VERSION", folder.name))


class Rows(PandasParameterType):
    """Rows of a request; what cannot be made rows has no columns, and is refused as such."""

    def deserialize_input(self, input_data: object) -> pd.DataFrame:
        """The server would answer an error here with 500."""
        try:
            return super().deserialize_input(input_data)
        except Exception:
            return pd.DataFrame()


# The decorators' types are those of the function that makes them.
@input_schema("data", Rows(ASKED, enforce_shape=False))  # pyright: ignore[reportCallIssue]
@output_schema(StandardPythonParameterType(ANSWERED))  # pyright: ignore[reportCallIssue]
def run(data: pd.DataFrame) -> object:
    """One forecast for each row, in their order; a row without one says why in `problem`."""
    if _scoring is None:
        raise RuntimeError("init has not run")
    started = time.perf_counter()
    try:
        _scoring.check(data)
    except ValueError as refused:
        return AMLResponse({"error": str(refused)}, getattr(refused, "status", 400), json_str=True)
    answered = _scoring.answer(_scoring.fleet, data)
    correlation = _scoring.inputs.collect(data)
    _scoring.outputs.collect(answered[["partition_key", "quantity", "family"]], correlation)
    _trace(answered, (time.perf_counter() - started) * 1000)
    columns = answered[["partition_key", "quantity", "family", "problem"]]
    rows = columns.astype({"quantity": object}).replace({np.nan: None}).to_dict("records")
    return {"forecasts": rows, "model_version": _scoring.version}


def _trace(answered: pd.DataFrame, milliseconds: float) -> None:
    """One line for each request, from which drift can be seen: what is asked, and what is answered."""
    known = answered["quantity"].dropna()
    line = {
        "trace": "demand.request",
        "rows": len(answered),
        "problems": answered.loc[answered["problem"] != "", "problem"].value_counts().to_dict(),
        "families": answered.loc[answered["family"] != "", "family"].value_counts().to_dict(),
        "mean_quantity": round(float(known.mean()), 3) if len(known) else None,
        "milliseconds": round(milliseconds, 1),
    }
    LOG.log(logging.WARNING if milliseconds > LATENCY_BUDGET else logging.INFO, json.dumps(line))


def _not_collected(error: Exception) -> None:
    LOG.warning("what was asked was not collected for the model monitor: %s", error)
