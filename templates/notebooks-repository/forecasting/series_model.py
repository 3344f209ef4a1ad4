"""The model of one series: pure functions of pandas and scikit-learn.

Two candidates are measured on the series' last days: a ridge regression on the calendar, and a baseline that needs no
training, the mean of each weekday. The baseline is always kept, as plain numbers: it answers where there is no model,
or one that cannot be used.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge

from forecasting import names
from forecasting.calendar import FEATURES

MINIMUM_ROWS = 56
"""Days with sales that a series must have to be tested; fewer, and it gets the baseline."""

TEST_ROWS = 28
BASELINE_ROWS = 28
"""Last days that the baseline looks at."""

RIDGE, BASELINE = "ridge", "baseline"


@dataclass(frozen=True)
class Fitted:
    """What was found for one series. `estimator` is a pickle, None for the baseline; `error` says why there is none."""

    family: str
    status: str
    baseline: tuple[float, ...]
    estimator: bytes | None = None
    error: str | None = None
    accuracy: float | None = None
    test_rows: int = 0
    absolute_error: float = 0.0
    actual: float = 0.0


def fit(rows: pd.DataFrame) -> Fitted:
    """The better candidate, trained on all rows. A failure in training is told in `error`; the baseline is kept."""
    ordered = rows.sort_values(names.DAY)
    baseline = weekday_means(ordered)
    if len(ordered) < MINIMUM_ROWS:
        reason = f"{len(ordered)} days; {MINIMUM_ROWS} are asked"
        return Fitted(BASELINE, "too_short", baseline, error=reason)
    train, test = ordered.iloc[:-TEST_ROWS], ordered.iloc[-TEST_ROWS:]
    actual = test[names.QUANTITY].to_numpy(dtype="float64")
    of_baseline = np.abs(actual - baseline_forecast(weekday_means(train), test)).sum()
    family, status, said, estimator, lost = BASELINE, "trained", None, None, float(of_baseline)
    try:
        of_ridge = np.abs(actual - ridge_forecast(_train(train), test)).sum()
        if not np.isfinite(of_ridge):
            raise ValueError("the forecast is no number")
        if of_ridge < of_baseline:
            estimator = pickle.dumps(_train(ordered))
            family, lost = RIDGE, float(of_ridge)
    except Exception as error:
        status, said = "failed", f"{type(error).__name__}: {error}"[:500]
    return Fitted(
        *(family, status, baseline, estimator, said),
        accuracy=accuracy(lost, float(actual.sum())),
        test_rows=TEST_ROWS,
        absolute_error=lost,
        actual=float(actual.sum()),
    )


def accuracy(absolute_error: float, actual: float) -> float:
    """1 less the weighted absolute percentage error, 0 at least. Of nothing sold, only nothing forecast is right."""
    if actual <= 0:
        return 1.0 if absolute_error == 0 else 0.0
    return max(0.0, 1.0 - absolute_error / actual)


def weekday_means(rows: pd.DataFrame) -> tuple[float, ...]:
    """Of the last days, Monday first; a weekday without any has the mean of all."""
    last = rows.iloc[-BASELINE_ROWS:]
    weekday = pd.to_datetime(last[names.DAY]).dt.dayofweek
    means = last[names.QUANTITY].astype("float64").groupby(weekday.to_numpy()).mean()
    overall = float(last[names.QUANTITY].mean()) if len(last) else 0.0
    return tuple(float(means.get(number, overall)) for number in range(7))


def baseline_forecast(baseline: Sequence[float], days: pd.DataFrame) -> np.ndarray:
    """The weekday's mean for each row."""
    return np.asarray(baseline)[pd.to_datetime(days[names.DAY]).dt.dayofweek.to_numpy()]


def ridge_forecast(estimator: Ridge, days: pd.DataFrame) -> np.ndarray:
    """Never below nothing."""
    return np.clip(estimator.predict(days[list(FEATURES)].to_numpy(dtype="float64")), 0, None)


def _train(rows: pd.DataFrame) -> Ridge:
    inputs = rows[list(FEATURES)].to_numpy(dtype="float64")
    return Ridge(alpha=1.0).fit(inputs, rows[names.QUANTITY].to_numpy(dtype="float64"))
