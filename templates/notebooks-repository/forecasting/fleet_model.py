"""The fleet as MLflow loads it, from code and without a pickle of its own (`mlflow.models.set_model`)."""

from __future__ import annotations

from pathlib import Path

import mlflow.models
import pandas as pd
from mlflow.pyfunc.model import PythonModel, PythonModelContext

from forecasting.fleet import Fleet
from forecasting.service import answer


class FleetModel(PythonModel):
    """Rows of store, product and day in, the same rows with their forecast out."""

    def load_context(self, context: PythonModelContext) -> None:
        """MLflow gives the fleet's folder."""
        self._fleet = Fleet(Path(context.artifacts["fleet"]))

    # The base class returns nothing, so its type says None.
    def predict(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        context: PythonModelContext,  # noqa: ARG002
        model_input: pd.DataFrame,
        params: dict[str, object] | None = None,  # noqa: ARG002
    ) -> pd.DataFrame:
        """As the online endpoint answers."""
        return answer(self._fleet, model_input)


mlflow.models.set_model(FleetModel())
