# Databricks notebook source
"""Keeps what landed in the last day for whoever finds out why it did not load.

Job parameters: landed, rejected.
"""

from __future__ import annotations

import time
from typing import Any

DAY = 24 * 60 * 60 * 1000
"""Milliseconds, as dbutils counts."""


def copy_newest(files: Any, landed: str, rejected: str, now: int) -> list[str]:
    """Copies, never moves: landed files stay as they came."""
    newest = [file for file in files.ls(landed) if file.modificationTime > now - DAY]
    for file in newest:
        files.cp(file.path, f"{rejected}/{file.name}")
    return [f"{rejected}/{file.name}" for file in newest]


# COMMAND ----------

if "dbutils" in globals():
    utilities = globals()["dbutils"]
    widgets = utilities.widgets
    print(copy_newest(utilities.fs, widgets.get("landed"), widgets.get("rejected"), int(time.time() * 1000)))
