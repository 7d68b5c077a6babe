"""Serve: command line, web service and records around the engine.

The tables of the database (records) live in `diagnose.records`; maturity models and statistical
models live in `models`.
"""
