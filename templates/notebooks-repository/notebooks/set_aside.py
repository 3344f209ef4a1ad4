# Databricks notebook source
"""Keeps what landed in the last day for people who find out why it did not load. Job parameters: landed, rejected."""

from datetime import datetime

from forecasting.landing import list_files
from forecasting.notebook import begin
from forecasting.set_aside import set_aside

# COMMAND ----------

notebook = begin(globals(), "set_aside")
files = list_files(notebook.spark, notebook.parameters["landed"])
print(set_aside(files, notebook.parameters["rejected"], datetime.now(), notebook.copy))
