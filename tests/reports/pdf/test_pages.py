"""Pages as they are made up: nothing beyond its edge, no heading alone, no row lost."""

from dataclasses import replace

import pytest
from factory import make, prose
from hypothesis import given, settings
from hypothesis import strategies as st
from walking import pages_of, walk

from reports.pdf.blocks import Chart, NewPage, TextBlock, set_text
from reports.pdf.containers import Panel, Stack, balanced_columns
from reports.pdf.heads import Head
from reports.pdf.pages import Maker
from reports.pdf.sections.gaps import gaps_blocks
from reports.pdf.setter import Setter
from reports.pdf.tables import Column, Table, set_table
from reports.pdf.theme import BODY, HEIGHT, WIDTH

LONG = "武汉市江岸区精密机械电子制造（集团）股份有限公司" * 8
LATIN = "W" * 150 + "international-precision-machinery-group"
ODD = "<b>&amp;</b>𠮷😀\u200b“x”\n<i>"
CASES = [
    ("weak", "武汉江岸机械有限公司"),
    ("middling", LONG),
    ("strong", LATIN),
    ("empty", ODD),
]


@pytest.fixture(scope="module", params=CASES, ids=[case[0] for case in CASES])
def dossier(request):
    return make(*request.param)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_is_wider_than_its_cell(dossier, language):
    for page in pages_of(dossier, language):
        for placed in page:
            for block in walk(placed.block):
                if isinstance(block, TextBlock):
                    for line in block.lines:
                        wide = line.width * block.style.size / 1000
                        assert wide <= block.width + 0.02, block.text[line.start : line.end]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_blocks_stay_in_the_frame_and_do_not_overlap(dossier, language):
    for page in pages_of(dossier, language):
        bottom = 0.0
        for block, top in page:
            assert top >= bottom - 0.01
            bottom = top + block.height
            assert block.width <= WIDTH + 0.01
        assert bottom <= HEIGHT + 0.01


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_ends_in_a_heading_or_caption(dossier, language):
    pages = pages_of(dossier, language)
    for page in pages:
        assert not page[-1].block.keep
    assert all(pages)


def test_every_chart_stays_in_its_drawing(dossier):
    charts = [
        block.drawing
        for page in pages_of(dossier, "en")
        for placed in page
        for block in walk(placed.block)
        if isinstance(block, Chart)
    ]
    assert charts
    assert all(drawing.width <= WIDTH + 0.01 for drawing in charts)


def table(rows):
    columns = [Column("项目", 100), Column("说明", 200)]
    return set_table(columns, rows, "zh")


def texts(block):
    return [inner.text for inner in walk(block) if isinstance(inner, TextBlock)]


ROWS = st.lists(
    st.one_of(
        st.just("小标题"),
        st.tuples(st.text("诊断报告", min_size=1, max_size=60), st.text("abc ", max_size=200)),
    ),
    min_size=1,
    max_size=30,
)


@given(ROWS, st.floats(60, 900))
@settings(max_examples=60)
def test_a_cut_table_repeats_its_head_and_loses_nothing(rows, room):
    whole = table([*rows, ("末", "行")])
    parts = whole.split(min(room, whole.height - 1))
    if parts is None:
        return
    above, below = parts
    assert above.height <= room
    assert above.head == below.head == whole.head
    assert [*above.rows, *below.rows] == list(whole.rows)
    assert len(above.rows) >= 2
    assert len(below.rows) >= 2
    assert not above.rows[-1].heading


def test_a_row_taller_than_half_a_page_is_cut_with_two_lines_on_each_side():
    text = prose(240).zh * 8
    whole = table([("项目", text)])
    assert whole.height > HEIGHT
    above, below = whole.split(300)
    upper, lower = above.rows[0].cells[1], below.rows[0].cells[1]
    assert len(upper.lines) >= 2
    assert len(lower.lines) >= 2
    assert list(upper.lines) + list(lower.lines) == list(whole.rows[0].cells[1].lines)


def test_a_paragraph_leaves_no_line_alone():
    block = set_text(prose(240).zh, BODY, 300, "zh")
    count = len(block.lines)
    for room in range(0, int(block.height), 5):
        parts = block.split(room)
        if parts:
            assert min(len(part.lines) for part in parts) >= 2
            assert sum(len(part.lines) for part in parts) == count


def test_a_heading_moves_on_with_what_it_heads():
    filler = set_text("甲\n" * 44, BODY, WIDTH, "zh")
    head = set_text("标题", BODY, WIDTH, "zh")
    head.keep = True
    room = HEIGHT - filler.height
    assert 0 < room < 4 * BODY.leading + head.height
    first, second = Maker(HEIGHT).fill([filler, head, table([("a", "b")] * 3)])
    assert [placed.block for placed in first] == [filler]
    assert second[0].block is head


def test_a_new_page_is_begun_only_where_room_is_short():
    block = set_text("甲", BODY, WIDTH, "zh")
    assert len(Maker(HEIGHT).fill([block, NewPage(HEIGHT / 2), block])) == 1
    assert len(Maker(HEIGHT).fill([block, NewPage(HEIGHT), block])) == 2


def test_a_block_taller_than_a_page_is_cut():
    lines = [set_text(prose(90).zh, BODY, 200, "zh") for _ in range(60)]
    panel = Panel(balanced_columns(lines, 200, 10), stroke="#000000")
    pages = Maker(HEIGHT).fill([panel])
    assert len(pages) > 1
    shown = [text for page in pages for placed in page for text in texts(placed.block)]
    assert len(shown) >= 60
    assert all(placed.block.height <= HEIGHT for page in pages for placed in page)


def test_a_stack_is_not_cut_after_a_heading():
    head = set_text("标题", BODY, WIDTH, "zh")
    head.keep = True
    body = set_text("正文", BODY, WIDTH, "zh")
    stack = Stack([body, head, body], WIDTH)
    above, below = stack.split(stack.height - 1)
    assert len(above.blocks) == 1
    assert len(below.blocks) == 2


@pytest.mark.parametrize("strength", ["weak", "strong"])
def test_a_standard_without_scenes_has_no_scene_part(strength):
    whole = make(strength)
    bare = replace(whole, result=replace(whole.result, scenes=(), axes=()))
    keys = [placed.block.key for page in pages_of(bare, "zh") for placed in page if is_head(placed)]
    assert "result.scenes" not in keys
    assert "result.parts" in keys


def is_head(placed):
    return isinstance(placed.block, Head)


def test_ways_share_one_table():
    gaps = make("middling").gaps
    blocks = gaps_blocks(Setter("zh"), gaps)
    ways = [block for block in blocks if isinstance(block, Table)][-1]
    steps = {(step.question, step.after.zh) for way in gaps.ways for step in way.steps}
    assert len(ways.rows) == len(steps)
    taken = [sum("●" in row.cells[3 + at].text for row in ways.rows) for at in range(2)]
    assert taken == [len(way.steps) for way in gaps.ways]


def test_tight_reports_take_fewer_pages():
    assert len(pages_of(make("weak"), "zh", 0.88)) < len(pages_of(make("weak"), "zh", 1.0))
