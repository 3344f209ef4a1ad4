"""Features that follow from the day alone, so that a future day has them too.

Written twice, for Spark's tables (`features.py`) and here for pandas; a test compares both.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from forecasting import names

EPOCH = "2020-01-01"
YEAR = 365.25
"""Days, for the trend and for the season."""

HARMONICS = (1, 2)
WEEKDAYS = tuple(f"weekday_{number}" for number in range(7))
"""Monday is 0."""

FEATURES = ("trend", *WEEKDAYS, *(f"year_{wave}_{n}" for n in HARMONICS for wave in ("sin", "cos")))


def calendar(days: pd.Series) -> pd.DataFrame:
    """The columns FEATURES of days, in this order; the index is that of `days`."""
    moments = pd.to_datetime(days)
    columns: dict[str, object] = {"trend": (moments - pd.Timestamp(EPOCH)).dt.days / YEAR}
    for number, name in enumerate(WEEKDAYS):
        columns[name] = (moments.dt.dayofweek == number).astype("float64")
    for n in HARMONICS:
        angle = 2 * np.pi * n * moments.dt.dayofyear / YEAR
        columns[f"year_sin_{n}"] = np.sin(angle)
        columns[f"year_cos_{n}"] = np.cos(angle)
    return pd.DataFrame(columns)[list(FEATURES)]


def with_calendar(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with a day, and the columns FEATURES beside them."""
    return rows.join(calendar(rows[names.DAY]))
