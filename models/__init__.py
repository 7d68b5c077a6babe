"""Judge: maturity standards, peer groups, benchmarks and roadmaps over arrays of answers.

These are maturity models and statistical models. The tables of the database are records and
live in `diagnose.records`.
"""
