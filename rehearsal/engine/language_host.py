"""What the engine's Python language host is given: the environment that runs the program, and a list of its packages
where that environment has no pip."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Mapping
from pathlib import Path

_WITHOUT_PIP = Path(__file__).parent / "without_pip"


def environment_of(project_settings: Mapping[str, object], directory: Path) -> Path | None:
    """The virtual environment that Pulumi.yaml names, where it is there; else the one that runs this. None outside
    any."""
    runtime = project_settings.get("runtime")
    options = runtime.get("options") if isinstance(runtime, dict) else None
    named = options.get("virtualenv") if isinstance(options, dict) else None
    candidates = (directory / named, Path(sys.prefix)) if isinstance(named, str) else (Path(sys.prefix),)
    return next((candidate for candidate in candidates if (candidate / "pyvenv.cfg").is_file()), None)


def runtime_of(environment: Path | None) -> Mapping[str, object]:
    """`runtime` of the engine's Pulumi.yaml. The toolchain is named: else a uv.lock or poetry.lock anywhere above the
    program would make the language host call that tool. Without an environment it takes `python3` from PATH, which
    begins with this one's folder."""
    options = {"toolchain": "pip"}
    if environment is not None:
        options["virtualenv"] = str(environment)
    return {"name": "python", "options": options}


def variables(environment: Path | None) -> Mapping[str, str]:
    """Variables of the environment in which the CLI, and with it language host, program and packs, run."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
    found = {"PATH": path}
    if not _has_pip(environment):
        found["PYTHONPATH"] = os.pathsep.join(filter(None, (str(_WITHOUT_PIP), os.environ.get("PYTHONPATH"))))
    return found


def _has_pip(environment: Path | None) -> bool:
    if environment is None:
        return importlib.util.find_spec("pip") is not None
    folders = (
        *environment.glob("lib/python*/site-packages/pip"),
        environment / "Lib" / "site-packages" / "pip",
    )
    return any(folder.is_dir() for folder in folders)
