"""Lines that pip and conda read, and those they do not."""

from __future__ import annotations

import pytest

from azure_facts.packages import conda_problem, pip_problem


@pytest.mark.parametrize(
    "line",
    [
        "pandas",
        "pandas==2.3.3",
        "pandas >=2, <3 ; python_version < '3.12'",
        "requests [security] >= 2.8.1, == 2.8.*",
        "torch==2.1.0+cu121",
        "pandas===2.0",
        "pandas (>=2)",
        "name @ https://example.com/name.whl",
        # The forms of a file of requirements, which is what conda makes of the list.
        "--extra-index-url https://packages.example.com/simple",
        "-r requirements.txt",
        "wheels/name-1.0-py3-none-any.whl",
        "pandas==2.3.3 --hash=sha256:abc",
        "pandas==2.3.3  # why this one",
        "# a comment alone",
        "pandas==${PANDAS}",
    ],
)
def test_pip_reads(line: str) -> None:
    assert pip_problem(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "pandas; python_version",
        "pandas=2.3.3",
        "pandas==",
        "pandas 2.3.3",
        "pandas>>2",
        "==2.0",
        "pandas=>2",
        "pandas==2.3.3,",
        "",
    ],
)
def test_pip_does_not_read(line: str) -> None:
    assert "is no requirement of pip" in (pip_problem(line) or "")


@pytest.mark.parametrize("line", ["-r", "--extra-index-url", "-e"])
def test_an_option_of_pip_has_its_value(line: str) -> None:
    assert "without its value" in (pip_problem(line) or "")


@pytest.mark.parametrize(
    "spec",
    [
        "python=3.11",
        "python>=3.9,<3.12",
        "numpy 1.8.1 py39_0",
        "numpy=1.11.1|1.11.3",
        "numpy=1.17.3[subdir=linux-64, build=py38*]",
        "conda-forge/linux-64::numpy 1.17.* py38*",
        "nvidia/label/cuda-12.1.0::cuda",
        "pytorch=*=*cuda*",
        "https://packages.example.com/linux-64/numpy-1.26.0-py311_0.conda",
    ],
)
def test_conda_reads(spec: str) -> None:
    assert conda_problem(spec) is None


@pytest.mark.parametrize("spec", ["pandas==", "pandas=>2", "=2", "pandas>>2", "pandas=1=2=3=4", ""])
def test_conda_does_not_read(spec: str) -> None:
    assert "is no package of conda" in (conda_problem(spec) or "")
