"""Many models in one folder: read one at a time, and never what the index does not vouch for."""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import Ridge

from forecasting import fleet as fleet_module
from forecasting import names, sample_data
from forecasting.calendar import FEATURES, with_calendar
from forecasting.fleet import INDEX, Fleet, NoFleetError, write_fleet
from forecasting.series_model import BASELINE, RIDGE, Fitted, fit

KEYS = ("s000/p000", "s000/p001", "s000/p002")


@pytest.fixture(scope="module")
def fitted() -> list[tuple[str, Fitted]]:
    rows = sample_data.sales(series=3)
    found = []
    for number, key in enumerate(KEYS):
        one = rows[rows[names.PRODUCT] == f"p{number:03d}"].reset_index(drop=True)
        found.append((key, fit(with_calendar(one))))
    return found


@pytest.fixture
def folder(fitted: list[tuple[str, Fitted]], tmp_path: Path) -> Path:
    assert write_fleet(fitted, tmp_path / "fleet") == 3
    return tmp_path / "fleet"


@pytest.fixture
def ahead() -> pd.DataFrame:
    days = pd.DataFrame({names.DAY: pd.date_range("2026-11-30", periods=7)})
    return with_calendar(days)


def ridge(coefficients: np.ndarray) -> Ridge:
    made = Ridge().fit(np.zeros((2, len(coefficients))), [0.0, 0.0])
    made.coef_ = coefficients
    return made


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


@pytest.mark.parametrize(
    "estimator",
    [{"coef": 1}, Ridge(), ridge(np.ones(3)), ridge(np.full(len(FEATURES), np.nan))],
    ids=["no Ridge", "not fitted", "of other features", "of no number"],
)
def test_an_estimator_that_does_not_forecast_answers_by_its_baseline(
    tmp_path: Path, ahead: pd.DataFrame, estimator: object
) -> None:
    write_fleet([("a/b", Fitted(RIDGE, "trained", (1.0,) * 7, pickle.dumps(estimator)))], tmp_path / "fleet")
    quantity, family = Fleet(tmp_path / "fleet").forecast("a/b", ahead)
    assert (family, quantity.tolist()) == (BASELINE, [1.0] * 7)


def test_many_threads_stay_within_the_bound(folder: Path, ahead: pd.DataFrame) -> None:
    fleet = Fleet(folder, capacity=1)
    with ThreadPoolExecutor(8) as pool:
        families = list(pool.map(lambda number: fleet.forecast(KEYS[number % 3], ahead)[1], range(60)))
    assert (set(families), fleet.loaded) == ({RIDGE}, 1)


@pytest.mark.parametrize(("capacity", "loaded"), [(0, 0), (3, 3)])
def test_the_bound_may_be_nothing_or_everything(
    folder: Path, ahead: pd.DataFrame, capacity: int, loaded: int
) -> None:
    fleet = Fleet(folder, capacity)
    for key in KEYS:
        fleet.forecast(key, ahead)
    assert fleet.loaded == loaded


def test_a_bound_below_nothing_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match="give 0 or more"):
        Fleet(folder, -1)


def test_a_file_is_begun_anew_after_so_many_series_and_baselines_need_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fleet_module, "SERIES_IN_A_FILE", 2)
    estimators = [b"a", None, None, None, b"bb"]
    made = [
        (f"s/{number}", Fitted(RIDGE if content else BASELINE, "trained", (1.0,) * 7, content))
        for number, content in enumerate(estimators)
    ]
    assert write_fleet(made, tmp_path / "fleet") == 5
    assert sorted(path.name for path in tmp_path.glob("fleet/*.pkl")) == ["models-000.pkl", "models-002.pkl"]
    fleet = Fleet(tmp_path / "fleet")
    assert [fleet.pickled(key) for key, _ in made] == estimators


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"format": 9, "series": {}}', '{"format": 1, "series": {"a/b": {}}}']
)
def test_a_folder_without_a_fleet_says_so(tmp_path: Path, content: str) -> None:
    (tmp_path / INDEX).write_text(content)
    with pytest.raises(NoFleetError):
        Fleet(tmp_path)


def test_an_unknown_series_is_an_error_of_the_caller(folder: Path, ahead: pd.DataFrame) -> None:
    with pytest.raises(KeyError):
        Fleet(folder).forecast("s999/p000", ahead)
