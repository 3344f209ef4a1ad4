# Databricks notebook source
"""Makes tables of the files that landed. Job parameters: landed, sales, quarantine, loads."""

from forecasting.notebook import begin
from forecasting.tables import make_tables

# COMMAND ----------

notebook = begin(globals(), "make_tables")
report = make_tables(notebook.spark, **notebook.parameters)
print(report)
