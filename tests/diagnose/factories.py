"""Rows and codes for tests, made when asked for."""

from itertools import count

from stdnum.cn import uscc

from diagnose.records import Assessment, Firm

_numbers = count(1)


def make_uscc(number=None):
    body = f"91420102MA4K{next(_numbers) if number is None else number:05d}"
    return body + uscc.calc_check_digit(body)


def make_firm(**given):
    facts = {"uscc": make_uscc(), "name": "武汉一号机械有限公司", "industry": "3484"}
    return Firm(**(facts | given))


def make_assessment(firm_id, **given):
    facts = {
        "firm_id": firm_id,
        "name": "武汉一号机械有限公司",
        "questionnaire": "tiny",
        "questionnaire_version": "1.0.0",
        "questionnaire_hash": "0" * 64,
    }
    return Assessment(**(facts | given))
