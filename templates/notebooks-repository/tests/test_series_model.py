"""One series: which candidate is kept, and what becomes of a series that cannot be trained."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest

from forecasting import names, sample_data, series_model
from forecasting.calendar import FEATURES, calendar, with_calendar
from forecasting.series_model import BASELINE, RIDGE, accuracy, fit, ridge_forecast


def test_a_seasonal_series_is_better_with_a_model_than_with_the_baseline() -> None:
    found = fit(with_calendar(sample_data.sales(series=1).reset_index(drop=True)))
    assert (found.family, found.status, found.test_rows) == (RIDGE, "trained", 28)
    assert found.accuracy is not None
    assert found.accuracy > 0.9
    assert found.estimator is not None
    days = pd.DataFrame({names.DAY: pd.date_range("2026-11-30", periods=14)})
    ahead = ridge_forecast(pickle.loads(found.estimator), with_calendar(days))
    assert np.all(ahead > 0)


def test_a_constant_series_keeps_the_baseline_which_is_right() -> None:
    found = fit(with_calendar(sample_data.constant_series()))
    assert (found.family, found.status, found.accuracy) == (BASELINE, "trained", 1.0)
    assert found.baseline == (7.0,) * 7


def test_a_series_that_is_too_short_is_not_tested() -> None:
    found = fit(with_calendar(sample_data.new_store(products=1)))
    assert (found.family, found.status, found.test_rows, found.accuracy) == (BASELINE, "too_short", 0, None)
    assert found.error == "21 days; 56 are asked"
    assert all(mean > 0 for mean in found.baseline)


@pytest.mark.parametrize(
    ("quantity", "days", "expected"),
    [
        (np.zeros(400), None, (BASELINE, "trained", 1.0)),
        # Nothing sold in the days that are tested, and much before.
        (np.r_[np.full(372, 50.0), np.zeros(28)], None, (BASELINE, "trained", 0.0)),
        (np.full(200, 7.0), [*range(100), *range(500, 600)], (BASELINE, "trained", 1.0)),
        # The 29th of February 2024 alone.
        (np.array([7.0]), [0], (BASELINE, "too_short", None)),
    ],
    ids=["zeros", "ends in zeros", "a gap of a year", "one day"],
)
def test_unusual_series_have_a_finite_model(
    quantity: np.ndarray, days: list[int] | None, expected: tuple[str, str, float | None]
) -> None:
    at = pd.Timestamp("2024-02-29") + pd.to_timedelta(days or range(len(quantity)), unit="D")
    found = fit(with_calendar(pd.DataFrame({names.DAY: at, names.QUANTITY: quantity})))
    assert (found.family, found.status, found.accuracy) == expected
    assert np.isfinite(found.baseline).all()


def test_days_may_come_in_any_order() -> None:
    rows = with_calendar(sample_data.sales(series=1).reset_index(drop=True))
    assert fit(rows) == fit(rows.sample(frac=1, random_state=3))


def test_what_fails_in_training_is_recorded_and_the_baseline_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_rows: pd.DataFrame) -> None:
        raise np.linalg.LinAlgError("singular matrix")

    monkeypatch.setattr(series_model, "_train", fails)
    found = fit(with_calendar(sample_data.sales(series=1).reset_index(drop=True)))
    assert (found.family, found.status, found.error) == (BASELINE, "failed", "LinAlgError: singular matrix")
    assert found.test_rows == 28
    assert found.accuracy is not None


@pytest.mark.parametrize(
    ("lost", "sold", "expected"), [(10, 100, 0.9), (300, 100, 0.0), (0, 0, 1.0), (5, 0, 0.0)]
)
def test_accuracy_lies_between_0_and_1(lost: float, sold: float, expected: float) -> None:
    assert accuracy(lost, sold) == pytest.approx(expected)


def test_the_calendar_has_one_weekday_and_the_season() -> None:
    made = calendar(pd.Series(pd.to_datetime(["2024-12-30", "2026-12-31"])))
    assert list(made.columns) == list(FEATURES)
    assert made["weekday_0"].tolist() == [1.0, 0.0]
    assert made["weekday_3"].tolist() == [0.0, 1.0]
    assert made["trend"].tolist() == pytest.approx([5.0, 6.998], abs=0.01)
