"""What a firm can afford: the rule of a share of revenue, and the budget a plan keeps to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from models.firms import SIZES
from questionnaires.sheets import Sheets
from questionnaires.text import Text

# Share of yearly revenue: recommended at most, and warned above. Our own estimate.
RULE = 0.02
WARN = 0.03
BUDGET_QUESTION = "budget_per_year"
# Revenue (万元 a year) reckoned with where none is given: the least a firm of that size has in a
# roster of above-scale firms, by index into SIZES; the last entry is for an unknown size.
LEAST_REVENUE = (2_000.0, 2_000.0, 2_000.0, 40_000.0, 2_000.0)

Verdict = Literal["within", "above", "warn", "unknown"]


@dataclass(frozen=True, slots=True)
class Affordability:
    """Yearly costs (万元) against yearly revenue: `shares` by year, None without revenue.

    `verdicts` by year: within the rule, above it, above the warning line, or unknown.
    """

    revenue: float | None
    shares: tuple[float | None, ...]
    verdicts: tuple[Verdict, ...]
    rule: float = RULE
    warn: float = WARN


def affordability(revenue: float | None, costs: Sequence[float]) -> Affordability:
    """Judge the costs of each year (万元) by the revenue of a year (万元; None or NaN: unknown)."""
    known = revenue if revenue is not None and revenue > 0 else None
    shares = tuple(None if known is None else cost / known for cost in costs)
    return Affordability(known, shares, tuple(_verdict(share) for share in shares))


def _verdict(share: float | None) -> Verdict:
    if share is None:
        return "unknown"
    # A cost that equals the rule to the last cent is within it.
    if share <= RULE * (1 + 1e-9):
        return "within"
    return "above" if share <= WARN * (1 + 1e-9) else "warn"


@dataclass(frozen=True)
class Budgets:
    """The yearly budget of n firms: `yearly` (n, years) 万元.

    `source` (n,) where it comes from: 0 given, 1 the firm's own answer, 2 the rule on its
    revenue, 3 the rule on the least revenue of its size.
    """

    yearly: NDArray[np.float64]
    source: NDArray[np.int8]


GIVEN, OWN, BY_REVENUE, BY_SIZE = range(4)


def default_budgets(sheets: Sheets, size: NDArray[np.int8], years: int) -> Budgets:
    """The firm's own budget a year where it named one, else 2 % of its revenue.

    Where the revenue is not known, the least revenue of the firm's size is reckoned with.
    """
    least = np.array(LEAST_REVENUE)[size]
    revenue = sheets.firms.revenue
    known = revenue > 0
    budget = RULE * np.where(known, revenue, least)
    source = np.where(known, BY_REVENUE, BY_SIZE).astype(np.int8)
    if BUDGET_QUESTION in sheets.questionnaire.index:
        own = sheets.answered(BUDGET_QUESTION)
        budget = np.where(own, sheets.column(BUDGET_QUESTION), budget)
        source[own] = OWN
    return Budgets(np.repeat(budget[:, None], years, axis=1), source)


def given_budgets(budgets: Sequence[float | Sequence[float]], years: int) -> Budgets:
    """Budgets as asked for: 万元 a year, one figure or one a year; raises ValueError below 0."""
    yearly = np.array([np.broadcast_to(np.asarray(b, float), years) for b in budgets])
    if not (yearly >= 0).all():
        raise ValueError("a budget is 0 or more")
    return Budgets(yearly.reshape(-1, years), np.full(len(yearly), GIVEN, np.int8))


def told(source: int, size: int, budget: float, revenue: float) -> Text | None:
    """What must be said about where a budget comes from; None where nothing."""
    if source == BY_SIZE:
        of = SIZES[size] if size >= 0 else Text("规模以上", "above-scale")
        return Text(
            "未填营业收入，按{of}企业最低营业收入 {least:g} 万元的 2% 估算每年预算。",
            "Revenue is not given; the yearly budget is taken as 2 % of {yuan:,.0f} yuan, the "
            "least that a firm of this size ({of}) has.",
        ).format(of=of, least=LEAST_REVENUE[size], yuan=LEAST_REVENUE[size] * 10_000)
    if source in (GIVEN, OWN) and revenue > 0 and budget > WARN * revenue:
        return Text(
            "预算为营业收入的 {share:.1%}，超过 3% 的警戒线，请确认资金来源。",
            "The budget is {share:.1%} of revenue, above the warning line of 3 %; make sure "
            "where the money comes from.",
        ).format(share=budget / revenue)
    return None
