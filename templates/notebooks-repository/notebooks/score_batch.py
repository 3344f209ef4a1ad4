# Databricks notebook source
"""Forecasts the next days of every series. Job parameters: features, model, forecasts, model_quality."""

from forecasting.batch import score
from forecasting.notebook import begin

# COMMAND ----------

notebook = begin(globals(), "score_batch")
scored = score(notebook.spark, **notebook.parameters, folder=notebook.folder)
print(scored)
