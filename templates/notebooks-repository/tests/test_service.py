"""What a request is answered with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from forecasting import names
from forecasting.fleet import Fleet, write_fleet
from forecasting.series_model import BASELINE, Fitted
from forecasting.service import FAMILY, MOST_ROWS, PROBLEM, RequestError, answer, check


@pytest.fixture
def fleet(tmp_path: Path) -> Fleet:
    weekday = Fitted(BASELINE, "too_short", tuple(float(number) for number in range(7)))
    write_fleet([("s1/p1", weekday)], tmp_path / "fleet")
    return Fleet(tmp_path / "fleet")


def rows(*asked: tuple[object, object, object]) -> pd.DataFrame:
    return pd.DataFrame(asked, columns=[names.STORE, names.PRODUCT, names.DAY])


def test_each_row_is_answered_in_its_place(fleet: Fleet) -> None:
    # A Sunday and a Monday.
    answered = answer(fleet, rows(("s1", "p1", "2026-11-29"), ("s1", "p1", "2026-11-30")))
    assert answered[names.QUANTITY].tolist() == [6.0, 0.0]
    assert answered[FAMILY].tolist() == [BASELINE, BASELINE]
    assert answered[PROBLEM].tolist() == ["", ""]


def test_an_unknown_series_and_a_day_that_is_none_spoil_no_other_row(fleet: Fleet) -> None:
    answered = answer(
        fleet, rows(("s9", "p1", "2026-11-29"), ("s1", "p1", "yesterday"), ("s1", "p1", "2026-12-01"))
    )
    assert answered[PROBLEM].tolist() == ["unknown series", "no day", ""]
    assert answered[names.QUANTITY].isna().tolist() == [True, True, False]


@pytest.mark.parametrize(
    "day",
    [20261201, 1.5, None, True, "", "soon", "2026-02-29", "0001-01-01", "9999-12-31", "2026-12-01T00:00:00Z"],
)
def test_a_day_is_text_and_one_of_the_calendar(fleet: Fleet, day: object) -> None:
    answered = answer(fleet, rows(("s1", "p1", day), ("s1", "p1", "2028-02-29")))
    assert answered[PROBLEM].tolist() == ["no day", ""]


@pytest.mark.parametrize(
    ("store", "product"), [("s1/p1", ""), ("s1", None), (None, "p1"), (["s1"], "p1"), ("s1 ", "p1"), ("", "")]
)
def test_what_is_no_series_is_not_answered_for_another(fleet: Fleet, store: object, product: object) -> None:
    answered = answer(fleet, rows((store, product, "2026-12-01"), ("s1", "p1", "2026-12-01")))
    assert answered[PROBLEM].tolist() == ["unknown series", ""]


def test_names_of_stores_may_be_any_text(tmp_path: Path) -> None:
    constant = Fitted(BASELINE, "trained", (2.0,) * 7)
    called = ("None", "ß =.\n'\\", "s" * 10_000)
    write_fleet([(f"{store}/a/b", constant) for store in called], tmp_path / "named")
    answered = answer(Fleet(tmp_path / "named"), rows(*((store, "a/b", "2026-12-01") for store in called)))
    assert answered[names.QUANTITY].tolist() == [2.0] * 3


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        (pd.DataFrame({"store": ["s1"], "day": ["2026-11-29"]}), 400, "product missing"),
        (pd.DataFrame(columns=["store", "product", "day"]), 400, "no rows"),
        (pd.DataFrame({"store": ["s"] * (MOST_ROWS + 1), "product": "p", "day": "2026-11-29"}), 413, "batch"),
    ],
)
def test_a_request_that_cannot_be_answered_says_why(asked: pd.DataFrame, status: int, said: str) -> None:
    with pytest.raises(RequestError, match=said) as refused:
        check(asked)
    assert refused.value.status == status


def test_scoring_needs_no_spark() -> None:
    """A scoring image has none."""
    code = "import sys; sys.modules['pyspark'] = None; import forecasting.service, forecasting.fleet"
    root = Path(__file__).parents[1]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True, timeout=120)
