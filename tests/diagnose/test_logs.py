import json
import logging

import pytest

from diagnose.logs import EVENT, JsonLines, Lines, set_up
from diagnose.settings import Settings


@pytest.fixture
def record():
    def make(exc_info=None):
        return logging.getLogger("diagnose").makeRecord(
            "diagnose", logging.INFO, "f", 1, "%s 行", ("两",), exc_info, extra={EVENT: {"ms": 3.5}}
        )

    return make


def test_json_is_one_line_even_with_an_exception(record):
    with pytest.raises(ValueError, match="行") as caught:
        int("多\n行")
    line = JsonLines().format(record((caught.type, caught.value, caught.tb)))
    assert "\n" not in line
    said = json.loads(line)
    assert said.pop("at").endswith("+00:00")
    assert "ValueError" in said.pop("exception")
    assert said == {"level": "info", "logger": "diagnose", "message": "两 行", "ms": 3.5}


def test_people_read_the_same_in_words(record):
    assert Lines().format(record()).endswith("INFO diagnose: 两 行 ms=3.5")


def test_who_tried_too_often_is_not_named(tmp_path):
    root, limiter = logging.getLogger(), logging.getLogger("flask-limiter")
    before = root.handlers[:], root.level, limiter.level
    try:
        set_up(Settings(instance=tmp_path))
        assert root.isEnabledFor(logging.INFO)
        assert not limiter.isEnabledFor(logging.INFO)
    finally:
        root.handlers[:], root.level = before[0], before[1]
        limiter.setLevel(before[2])
