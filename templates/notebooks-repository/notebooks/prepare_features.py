# Databricks notebook source
"""Writes the table of features. Job parameters: sales, features."""

from forecasting.features import prepare_features
from forecasting.notebook import begin

# COMMAND ----------

notebook = begin(globals(), "prepare_features")
rows = prepare_features(notebook.spark, **notebook.parameters)
print(f"{rows} rows of features")
