"""Made sales, for tests, benchmarks and a first try: seasonal series with gaps, a new store, a constant series."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from forecasting import names

LAST_DAY = date(2026, 11, 29)
PRODUCTS_OF_A_STORE = 20
NEW_STORE_DAYS = 21
"""A store that opened three weeks before the last day: too short to be tested."""

LANDED = pa.schema(
    [
        (names.STORE, pa.string()),
        (names.PRODUCT, pa.string()),
        (names.DAY, pa.date32()),
        (names.QUANTITY, pa.float64()),
        (names.CHANGED_AT, pa.timestamp("us", tz="UTC")),
    ]
)


def sales(series: int, days: int = 400, seed: int = 26) -> pd.DataFrame:
    """`series` series that end on LAST_DAY, each with a weekly and a yearly season, a trend, noise and gaps."""
    random = np.random.default_rng(seed)
    frames = [_series(number, days, random) for number in range(series)]
    return pd.concat(frames, ignore_index=True)


def constant_series(days: int = 400, quantity: float = 7.0) -> pd.DataFrame:
    """The same quantity each day."""
    return _frame("s900", "constant", _days(days), np.full(days, quantity))


def new_store(products: int = 3) -> pd.DataFrame:
    """Series of NEW_STORE_DAYS days."""
    quantity = np.arange(NEW_STORE_DAYS, dtype="float64") % 7 + 3
    frames = [_frame("s901", f"p{number:03d}", _days(NEW_STORE_DAYS), quantity) for number in range(products)]
    return pd.concat(frames, ignore_index=True)


def land(rows: pd.DataFrame, folder: Path, window: str = "20261129T220000") -> Path:
    """Write rows as the copy activity does: one Parquet file for one window."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{window}.parquet"
    pq.write_table(pa.Table.from_pandas(rows, schema=LANDED, preserve_index=False), path)
    return path


def _series(number: int, days: int, random: np.random.Generator) -> pd.DataFrame:
    at = _days(days)
    moments = pd.to_datetime(pd.Series(at))
    level = random.uniform(20, 200)
    week = 1 + 0.3 * np.sin(2 * np.pi * (moments.dt.dayofweek + number % 7) / 7)
    year = 1 + 0.2 * np.sin(2 * np.pi * (moments.dt.dayofyear / 365.25 + (number % 10) / 10))
    trend = 1 + random.uniform(-0.1, 0.1) * np.arange(days) / 365
    quantity = level * week * year * trend * random.normal(1, 0.08, days)
    frame = _frame(
        f"s{number // PRODUCTS_OF_A_STORE:03d}",
        f"p{number % PRODUCTS_OF_A_STORE:03d}",
        at,
        np.clip(np.round(np.asarray(quantity)), 0, None),
    )
    return frame[random.random(days) > 0.05]


def _days(days: int) -> list[date]:
    return [LAST_DAY - timedelta(days=days - 1 - number) for number in range(days)]


def _frame(store: str, product: str, days: list[date], quantity: np.ndarray) -> pd.DataFrame:
    changed = [datetime(day.year, day.month, day.day, 20, 30) for day in days]
    return pd.DataFrame(
        {
            names.STORE: store,
            names.PRODUCT: product,
            names.DAY: days,
            names.QUANTITY: quantity,
            names.CHANGED_AT: pd.to_datetime(pd.Series(changed)).dt.tz_localize("UTC"),
        }
    )
