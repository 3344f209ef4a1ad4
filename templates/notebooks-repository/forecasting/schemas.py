"""The columns of every table that the jobs write, as Spark types."""

from __future__ import annotations

from pyspark.sql import types

from forecasting import names
from forecasting.calendar import FEATURES

SALES = types.StructType(
    [
        types.StructField(names.STORE, types.StringType(), nullable=False),
        types.StructField(names.PRODUCT, types.StringType(), nullable=False),
        types.StructField(names.DAY, types.DateType(), nullable=False),
        types.StructField(names.QUANTITY, types.DoubleType(), nullable=False),
        types.StructField(names.CHANGED_AT, types.TimestampType(), nullable=False),
    ]
)
"""What lands, and the table that is made of it: one row for each store, product and day."""

QUARANTINE = types.StructType(
    [
        types.StructField("file", types.StringType(), nullable=False),
        types.StructField("reason", types.StringType(), nullable=False),
        types.StructField("detail", types.StringType()),
        types.StructField("record", types.StringType()),
        types.StructField("loaded_at", types.TimestampType(), nullable=False),
    ]
)
"""`record` is the row as JSON; a file that was rejected whole is one row without a record."""

LOADS = types.StructType(
    [
        types.StructField("file", types.StringType(), nullable=False),
        types.StructField("modified", types.TimestampType(), nullable=False),
        types.StructField("length", types.LongType(), nullable=False),
        types.StructField("status", types.StringType(), nullable=False),
        types.StructField("detail", types.StringType()),
        types.StructField("rows", types.LongType(), nullable=False),
        types.StructField("accepted", types.LongType(), nullable=False),
        types.StructField("superseded", types.LongType(), nullable=False),
        types.StructField("quarantined", types.LongType(), nullable=False),
        types.StructField("loaded_at", types.TimestampType(), nullable=False),
    ]
)
"""One row for each landed file: rows = accepted + superseded + quarantined."""

FEATURES_TABLE = types.StructType(
    [
        types.StructField(names.PARTITION_KEY, types.StringType(), nullable=False),
        types.StructField(names.PRODUCT, types.StringType(), nullable=False),
        types.StructField(names.DAY, types.DateType(), nullable=False),
        types.StructField(names.QUANTITY, types.DoubleType(), nullable=False),
        *(types.StructField(feature, types.DoubleType(), nullable=False) for feature in FEATURES),
    ]
)

TRAINED = types.StructType(
    [
        types.StructField(names.PARTITION_KEY, types.StringType(), nullable=False),
        types.StructField("family", types.StringType(), nullable=False),
        types.StructField("status", types.StringType(), nullable=False),
        types.StructField("error", types.StringType()),
        types.StructField(names.ACCURACY, types.DoubleType()),
        types.StructField(names.TEST_ROWS, types.LongType(), nullable=False),
        types.StructField("absolute_error", types.DoubleType(), nullable=False),
        types.StructField("actual", types.DoubleType(), nullable=False),
        types.StructField(
            "baseline", types.ArrayType(types.DoubleType(), containsNull=False), nullable=False
        ),
        types.StructField("estimator", types.BinaryType()),
    ]
)
"""What training says of one series."""

DRIFT = types.StructType(
    [
        types.StructField(names.DAY, types.DateType(), nullable=False),
        types.StructField("series", types.LongType(), nullable=False),
        types.StructField("drifted", types.LongType(), nullable=False),
        types.StructField("share", types.DoubleType(), nullable=False),
        types.StructField("expected_accuracy", types.DoubleType(), nullable=False),
        types.StructField("realised_accuracy", types.DoubleType(), nullable=False),
    ]
)
