"""What the jobs, the tables and the models are called.

The platform's stack files name the same things: parameters of jobs, columns of tables, the experiment, the tags of a
model. The platform's tests compare both. This module imports nothing, so that anybody can read it.
"""

from __future__ import annotations

from collections.abc import Mapping

MODEL = "demand"
"""The registered model, in Azure ML's registry. In Unity Catalog the parameter `model` gives catalog.schema.model."""

EXPERIMENT = "demand"

# Columns of what lands and of the tables that are made of it.
STORE, PRODUCT, DAY, QUANTITY, CHANGED_AT = "store", "product", "day", "quantity", "changed_at"
PARTITION_KEY, MODEL_VERSION, ACCURACY, TEST_ROWS = "partition_key", "model_version", "accuracy", "test_rows"

SEPARATOR = "/"
"""Between store and product in a partition key, so no store may contain it."""

FORECAST_COLUMNS: Mapping[str, str] = {
    PRODUCT: "string",
    DAY: "date",
    QUANTITY: "double",
    PARTITION_KEY: "string",
    MODEL_VERSION: "string",
}
"""Of the table of forecasts, which the platform makes; Spark's types."""

QUALITY_COLUMNS: Mapping[str, str] = {
    DAY: "date",
    PARTITION_KEY: "string",
    MODEL_VERSION: "string",
    ACCURACY: "double",
    TEST_ROWS: "bigint",
}

MODEL_TAGS = ("partition_key", "data_version", "code_version")
"""Tags of a registered version: the platform's vocabulary, told to jobs in the environment variable MODEL_TAGS."""

ALL_SERIES = "all"
"""Value of the tag `partition_key`: one registered version holds the models of all series."""

METRIC_PREFIX = "metric."
CONTENT_PROPERTY = "content.sha256"
"""Properties of a registered version, which the promotion's gate reads."""

NOTEBOOKS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "make-tables": {"make_tables": ("landed", "sales", "quarantine", "loads")},
    "set-aside": {"set_aside": ("landed", "rejected")},
    "train-many-models": {
        "prepare_features": ("sales", "features"),
        "train_many_models": ("features", "models", "experiment", "model"),
    },
    "score-batch": {
        "score_batch": ("features", "model", "forecasts", "model_quality"),
        "drift": ("features", "forecasts", "model_quality", "drift"),
    },
}
"""Job → notebook → the parameters that it reads, all of them the job's."""

DRIFT_TABLE = "predictions.drift"
"""Schema and name: the alert that starts a training looks for a write to it."""
