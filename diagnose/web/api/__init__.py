"""The API: roster, answer sheets, results, coverage and reports for other systems, by token."""

import diagnose.web.api.coverage
import diagnose.web.api.describing
import diagnose.web.api.own
import diagnose.web.api.reports
import diagnose.web.api.roster  # noqa: F401  # these register what is offered
from diagnose.web.api.blueprint import blueprint

__all__ = ["blueprint"]
