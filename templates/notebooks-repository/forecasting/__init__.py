"""Demand forecast: one model for each series of store and product, from landed files to a scored request."""
