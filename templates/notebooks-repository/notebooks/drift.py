# Databricks notebook source
"""Writes a row where forecasts were worse than training said.

Job parameters: features, forecasts, model_quality, drift.
"""

from forecasting.drift import watch_drift
from forecasting.notebook import begin

# COMMAND ----------

notebook = begin(globals(), "drift")
print(watch_drift(notebook.spark, **notebook.parameters))
