"""Published tables leave out what nobody may read, and say so."""

from diagnose.bulletins.published import published_sections
from diagnose.bulletins.trimming import trimmed
from questionnaires.text import Text
from reports.bulletins import Grid, Paragraph


def table(*rows):
    heads = tuple(Text(name, name) for name in ("街道", "已覆盖", "未覆盖", "应覆盖"))
    return Grid(Text("进度", "Progress"), heads, (0.4, 0.2, 0.2, 0.2), rows, frozenset({1, 2, 3}))


def test_a_full_table_stays_as_it_is():
    full = table(("甲", "12", "0", "12"), ("合计", "12", "0", "12"))
    assert list(trimmed(full, 10)) == [full]


def test_columns_and_rows_without_a_figure_go_and_are_told():
    grid, told = trimmed(
        table(
            ("甲", "—", "—", "41 (2026-09-30)"),
            ("乙", "—", "—", "0 (2026-09-30)"),
            ("合计", "40", "—", "41"),
        ),
        10,
    )
    assert [head.zh for head in grid.heads] == ["街道", "应覆盖"]
    assert grid.rows == (("甲", "41 (2026-09-30)"), ("合计", "41"))
    assert sum(grid.widths) == 1
    assert grid.numbers == {1}
    assert told.note
    assert "已覆盖、未覆盖、另有 1 行" in told.text.zh
    assert "不足 10 家" in told.text.zh
    assert "1 more rows" in told.text.en


def test_a_column_stays_for_its_total_where_wanted():
    grid, _told = trimmed(
        table(("甲", "—", "—", "—"), ("合计", "40", "—", "41")), 10, by_total=True
    )
    assert grid.rows == (("合计", "40", "41"),)


def test_nothing_but_the_reason_is_left_of_an_empty_table():
    (told,) = trimmed(table(("甲", "—", "—", "—"), ("合计", "—", "—", "—")), 10)
    assert isinstance(told, Paragraph)


def cells(*values):
    return {"rows": [], "cells": [list(values)]}


def test_shares_of_two_days_are_about_and_earlier_issues_stand_beside():
    one, other = "2026-10-31", "2026-09-30"
    lists = {"rows": ["done", "open"], "cells": [[81, one], None, [292, other]]}
    told = {
        "day": one,
        "campaign": {"name": "2026 年度"},
        "tables": {
            "streets": cells([81, one], None, [292, other]),
            "providers": cells([81, one], None, [292, other]),
            "assessed": lists,
            "ever": {"rows": ["ever"], "cells": [None, None]},
            "conversion": {"rows": ["done", "open"], "cells": [None, None, None]},
            "projects": {"rows": [], "cells": []},
        },
        "sums": {"contracted": [None, ""], "spent": [None, ""]},
        "history": [[other, [40, other], [292, other]]],
    }
    coverage = published_sections(told)[0]
    figures, history = [piece for piece in coverage.pieces if isinstance(piece, Grid)]
    assert figures.rows[0][1:4] == (Text("约 27.7%", "about 27.7%"), "81", "292 (2026-09-30)")
    assert [row[0] for row in history.rows] == [other, one]
    assert history.rows[0][1:] == ("40", "292", "13.6%")
