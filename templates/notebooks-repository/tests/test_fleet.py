"""Many models in one folder: read one at a time, and never what the index does not vouch for."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pandas as pd
import pytest

from forecasting import names, sample_data
from forecasting.calendar import calendar
from forecasting.fleet import INDEX, Fleet, NoFleetError, write_fleet
from forecasting.series_model import BASELINE, RIDGE, Fitted, fit

KEYS = ("s000/p000", "s000/p001", "s000/p002")


@pytest.fixture(scope="module")
def fitted() -> list[tuple[str, Fitted]]:
    rows = sample_data.sales(series=3)
    found = []
    for number, key in enumerate(KEYS):
        one = rows[rows[names.PRODUCT] == f"p{number:03d}"].reset_index(drop=True)
        found.append((key, fit(one.join(calendar(one[names.DAY])))))
    return found


@pytest.fixture
def folder(fitted: list[tuple[str, Fitted]], tmp_path: Path) -> Path:
    assert write_fleet(fitted, tmp_path / "fleet") == 3
    return tmp_path / "fleet"


@pytest.fixture
def ahead() -> pd.DataFrame:
    days = pd.DataFrame({names.DAY: pd.date_range("2026-11-30", periods=7)})
    return days.join(calendar(days[names.DAY]))


def test_models_are_loaded_when_asked_for_and_the_longest_unused_leaves(
    folder: Path, ahead: pd.DataFrame
) -> None:
    fleet = Fleet(folder, capacity=2)
    assert (len(fleet), fleet.loaded) == (3, 0)
    for key in KEYS:
        quantity, family = fleet.forecast(key, ahead)
        assert family == RIDGE
        assert quantity.shape == (7,)
    assert fleet.loaded == 2
    assert KEYS[0] in fleet
    assert "s999/p000" not in fleet


def test_a_damaged_estimator_is_not_unpickled_and_the_baseline_answers(
    folder: Path, ahead: pd.DataFrame
) -> None:
    path = folder / "models-000.pkl"
    content = bytearray(path.read_bytes())
    content[20] ^= 0xFF
    path.write_bytes(bytes(content))
    fleet = Fleet(folder)
    assert fleet.forecast(KEYS[0], ahead)[1] == BASELINE
    assert fleet.forecast(KEYS[1], ahead)[1] == RIDGE


def test_bytes_that_the_index_does_not_vouch_for_never_run(
    folder: Path, ahead: pd.DataFrame, tmp_path: Path
) -> None:
    class Touch:
        def __reduce__(self) -> tuple[object, ...]:
            return (Path.touch, (tmp_path / "ran",))

    index = json.loads((folder / INDEX).read_text())
    foreign = pickle.dumps(Touch())
    index["series"][KEYS[0]] |= {"offset": 0, "length": len(foreign)}
    (folder / "models-000.pkl").write_bytes(foreign)
    (folder / INDEX).write_text(json.dumps(index))
    assert Fleet(folder).forecast(KEYS[0], ahead)[1] == BASELINE
    assert not (tmp_path / "ran").exists()


def test_an_estimator_of_a_class_that_is_not_there_answers_by_its_baseline(
    tmp_path: Path, ahead: pd.DataFrame
) -> None:
    gone = b"\x80\x04\x8c\x0bno_such_lib\x8c\x05Model\x93."
    write_fleet([("a/b", Fitted(RIDGE, "trained", (1.0,) * 7, gone))], tmp_path / "fleet")
    quantity, family = Fleet(tmp_path / "fleet").forecast("a/b", ahead)
    assert (family, quantity.tolist()) == (BASELINE, [1.0] * 7)


def test_a_file_that_is_gone_answers_by_the_baseline(folder: Path, ahead: pd.DataFrame) -> None:
    (folder / "models-000.pkl").unlink()
    assert Fleet(folder).forecast(KEYS[2], ahead)[1] == BASELINE


@pytest.mark.parametrize("content", ["", "{", '{"format": 9, "series": {}}'])
def test_a_folder_without_a_fleet_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / INDEX).write_text(content)
    with pytest.raises(NoFleetError):
        Fleet(tmp_path)


def test_an_unknown_series_is_an_error_of_the_caller(folder: Path, ahead: pd.DataFrame) -> None:
    with pytest.raises(KeyError):
        Fleet(folder).forecast("s999/p000", ahead)
