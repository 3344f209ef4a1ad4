"""What a request is answered with: pure functions, shared by the online endpoint and by MLflow."""

from __future__ import annotations

import pandas as pd

from forecasting import names
from forecasting.calendar import with_calendar
from forecasting.fleet import Fleet

COLUMNS = (names.STORE, names.PRODUCT, names.DAY)
MOST_ROWS = 10_000
"""Of one request: 28 days of some 350 series. More is batch scoring's work."""

FAMILY, PROBLEM = "family", "problem"
UNKNOWN_SERIES, NO_DAY = "unknown series", "no day"


class RequestError(ValueError):
    """A request that cannot be answered at all; `status` is HTTP's."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def check(rows: pd.DataFrame) -> None:
    """Raises RequestError: wrong columns and no rows 400, too many rows 413."""
    missing = [column for column in COLUMNS if column not in rows.columns]
    if missing:
        raise RequestError(400, f"{', '.join(missing)} missing; each row has {', '.join(COLUMNS)}")
    if rows.empty:
        raise RequestError(400, "no rows; give one for each series and day")
    if len(rows) > MOST_ROWS:
        raise RequestError(413, f"{len(rows)} rows; at most {MOST_ROWS} are answered, more by batch scoring")


def answer(fleet: Fleet, rows: pd.DataFrame) -> pd.DataFrame:
    """Each row with its partition key, quantity and family, in the order of the request.

    A row that has no answer says why in `problem`, and the others are answered all the same.
    """
    asked = pd.DataFrame({column: rows[column].to_numpy() for column in COLUMNS})
    asked[names.PARTITION_KEY] = [
        f"{store}{names.SEPARATOR}{product}"
        for store, product in zip(asked[names.STORE], asked[names.PRODUCT], strict=True)
    ]
    asked[names.QUANTITY] = float("nan")
    asked[FAMILY], asked[PROBLEM] = "", ""
    # A number would be taken for nanoseconds since 1970.
    text = asked[names.DAY].map(lambda day: day if isinstance(day, str) else None)
    days = pd.to_datetime(text, errors="coerce", format="%Y-%m-%d")
    known = asked.apply(lambda row: _is_known(fleet, row), axis="columns")
    asked.loc[~known, PROBLEM] = UNKNOWN_SERIES
    asked.loc[known & days.isna(), PROBLEM] = NO_DAY
    usable = asked[known & days.notna()]
    if len(usable):
        features = with_calendar(pd.DataFrame({names.DAY: days[usable.index]}))
        for key, of_series in usable.groupby(names.PARTITION_KEY):
            quantity, family = fleet.forecast(str(key), features.loc[of_series.index])
            asked.loc[of_series.index, names.QUANTITY] = quantity
            asked.loc[of_series.index, FAMILY] = family
    return asked


def _is_known(fleet: Fleet, row: pd.Series) -> bool:
    """`a/b` and `c` are not the series of `a` and `b/c`, and null is no store called None."""
    store, product = row[names.STORE], row[names.PRODUCT]
    of_text = isinstance(store, str) and isinstance(product, str)
    return of_text and names.SEPARATOR not in store and row[names.PARTITION_KEY] in fleet
