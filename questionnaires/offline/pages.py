"""One sheet of the form: a section with its questions, and cells to fill in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from xlsxwriter.worksheet import Worksheet

from questionnaires.model import Option, Question, Questionnaire, Section
from questionnaires.offline import layout
from questionnaires.offline.cells import CELLS, Validation
from questionnaires.offline.heights import height
from questionnaires.offline.layout import COLUMNS, HEADINGS, key_of
from questionnaires.offline.lists import Lists
from questionnaires.offline.looks import Looks
from questionnaires.offline.telling import only_if
from questionnaires.text import Language, Text

WIDTHS = (6, 34, 38, 30, 8, 14, 22, 44, 2, 2)
NAMES_ROW, TITLE_ROW, INTRO_ROW, HEAD_ROW, FIRST_ROW = range(5)
LONGEST_PROMPT = 255
_SMALL = 1.2  # so much more of the small print fits on a line
_AT = {name: place for place, name in enumerate(COLUMNS)}
_OPTIONAL = Text("（选填）", " (optional)")
_TICK_BELOW = Text("在下面打 √，可多选", "put √ below, several possible")
_PROVES = Text("佐证：", "Proof: ")
_WRONG = Text("请核对", "Please check")
_CHOOSE = Text("请从下拉框里选一项。", "Choose one from the list.")
_NUMBER = Text("请只填数字，在 {low} 到 {high} 之间。", "Give a number only, from {low} to {high}.")
_DATE = Text("请填日期，例如 2024-03-31。", "Give a date, like 2024-03-31.")
_LENGTH = Text("最多 {most} 个字。", "At most {most} characters.")
_BULLET = "· "


class Page:
    """Writes one section into a worksheet, row by row."""

    def __init__(
        self,
        page: Worksheet,
        questionnaire: Questionnaire,
        section: Section,
        language: Language,
        looks: Looks,
        lists: Lists,
    ) -> None:
        self.page, self.questionnaire, self.section = page, questionnaire, section
        self.language, self.looks, self.lists = language, looks, lists
        self.row = FIRST_ROW
        self._texts: list[tuple[str, float]] = []

    def write(self, answers: Mapping[str, object]) -> None:
        """The whole sheet, with the answers there are."""
        self._head()
        for question in self.section.questions:
            self._question(question, answers.get(question.id))
        self._set_up()

    def _head(self) -> None:
        page = self.page
        for at, name in enumerate(COLUMNS):
            page.write_string(NAMES_ROW, at, name)
            page.set_column(at, at, WIDTHS[at], None, {"hidden": name in (layout.KEY, layout.WAS)})
            if name in HEADINGS:
                page.write_string(HEAD_ROW, at, self._say(HEADINGS[name]), self.looks("heading"))
        page.set_row(NAMES_ROW, None, None, {"hidden": True})
        page.set_row(TITLE_ROW, 28)
        page.write_string(TITLE_ROW, 0, self._say(self.section.title), self.looks("title"))
        page.set_row(HEAD_ROW, 30)
        if self.section.intro:
            width = len(HEADINGS) - 1
            page.merge_range(INTRO_ROW, 0, INTRO_ROW, width, "", self.looks("intro"))
            page.write_string(INTRO_ROW, 0, self._say(self.section.intro), self.looks("intro"))
            page.set_row(INTRO_ROW, height([(self._say(self.section.intro), sum(WIDTHS[:width]))]))

    def _question(self, question: Question, raw: object) -> None:
        looks = self.looks
        number = self.questionnaire.index[question.id] + 1
        label = self._say(question.label) + ("" if question.required else self._say(_OPTIONAL))
        unit = Text("%", "%") if question.kind == "percentage" else question.unit
        self.page.write_number(self.row, _AT[layout.NUMBER], number, looks("number"))
        self._text(layout.QUESTION, label, "question")
        self._text(layout.UNIT, self._say(unit) if unit else "", "options")
        self._text(layout.HELP, self._help(question), "help")
        self._keys(key_of(question.id), "" if raw is None else json.dumps(raw, ensure_ascii=False))
        self._states(question, raw)
        said = None if isinstance(raw, Mapping) else raw
        if question.kind == "multi":
            self._text(layout.OPTIONS, "", "shut")
            self._text(layout.ANSWER, self._say(_TICK_BELOW), "shut")
            self._end_row()
            for option in question.options:
                self._option(question, option, said)
        else:
            self._answer(question, said)
            self._end_row()

    def _answer(self, question: Question, said: object) -> None:
        cells = CELLS[question.kind]
        choices = cells.choices(question, self.language)
        self._text(layout.OPTIONS, "\n".join(_BULLET + choice for choice in choices), "options")
        shown = "" if said is None else cells.show(question, said, self.language)
        look = self.looks("open", cells.number_format)
        place = (self.row, _AT[layout.ANSWER])
        if isinstance(shown, date):
            self.page.write_datetime(*place, shown, look)
        elif isinstance(shown, str):
            self.page.write_string(*place, shown, look)
            self._texts.append((shown, WIDTHS[place[1]]))
        else:
            self.page.write_number(*place, shown, look)
        if choices:
            self.page.data_validation(*place, *place, self._list(choices))
        elif rule := cells.rule(question):
            self.page.data_validation(*place, *place, rule | self._warning(rule))

    def _option(self, question: Question, option: Option, said: object) -> None:
        chosen = isinstance(said, list) and option.id in said
        for name in (layout.NUMBER, layout.QUESTION, layout.UNIT, layout.STATE, layout.REASON):
            self._text(name, "", "shut")
        self._text(layout.OPTIONS, self._say(option.label), "options")
        self._text(layout.ANSWER, layout.TICK if chosen else "", "tick")
        self._text(layout.HELP, self._say(option.help) if option.help else "", "help")
        self._keys(key_of(question.id, option.id), "")
        place = (self.row, _AT[layout.ANSWER])
        self.page.data_validation(*place, *place, self._list([layout.TICK]))
        self._end_row()

    def _states(self, question: Question, raw: object) -> None:
        words = [layout.UNKNOWN] if question.required or question.kind != "text" else []
        words += [layout.NOT_APPLICABLE] if question.may_not_apply else []
        said = raw if isinstance(raw, Mapping) else {}
        chosen = {"unknown": layout.UNKNOWN, "not_applicable": layout.NOT_APPLICABLE}
        word = chosen.get(str(said.get("state")))
        self._text(layout.STATE, self._say(word) if word else "", "open" if words else "shut")
        reason = str(said.get("reason", ""))
        self._text(layout.REASON, reason, "open" if question.may_not_apply else "shut")
        if words:
            place = (self.row, _AT[layout.STATE])
            self.page.data_validation(*place, *place, self._list([self._say(w) for w in words]))

    def _help(self, question: Question) -> str:
        told = [
            question.help,
            only_if(self.questionnaire, question.when) if question.when else None,
        ]
        lines = [self._say(text) for text in told if text]
        if question.evidence:
            lines.append(self._say(_PROVES) + self._say(question.evidence))
        if question.kind != "multi":
            lines += [
                f"{_BULLET}{self._say(option.label)}：{self._say(option.help)}"
                for option in question.options
                if option.help
            ]
        return "\n".join(lines)

    def _list(self, choices: list[str]) -> Validation:
        rule = {"validate": "list", "source": self.lists.place(choices), "ignore_blank": True}
        return rule | self._told(self._say(_CHOOSE))

    def _warning(self, rule: Validation) -> Validation:
        if rule["validate"] == "length":
            return self._told(self._say(_LENGTH.format(most=rule["value"])))
        if rule["validate"] == "date":
            return self._told(self._say(_DATE))
        bounds = {"low": f"{rule['minimum']:,.15g}", "high": f"{rule['maximum']:,.15g}"}
        return self._told(self._say(_NUMBER.format(**bounds)))

    def _told(self, sentence: str) -> Validation:
        return {"error_title": self._say(_WRONG), "error_message": sentence[:LONGEST_PROMPT]}

    def _keys(self, key: str, was: str) -> None:
        self.page.write_string(self.row, _AT[layout.KEY], key)
        self.page.write_string(self.row, _AT[layout.WAS], was)

    def _text(self, column: str, text: str, look: str) -> None:
        self.page.write_string(self.row, _AT[column], text, self.looks(look))
        wider = _SMALL if look == "help" else 1
        self._texts.append((text, WIDTHS[_AT[column]] * wider))

    def _end_row(self) -> None:
        self.page.set_row(self.row, height(self._texts))
        self._texts = []
        self.row += 1

    def _say(self, text: Text) -> str:
        return text.to(self.language)

    def _set_up(self) -> None:
        page = self.page
        page.freeze_panes(FIRST_ROW, _AT[layout.OPTIONS])
        page.protect("", {"format_columns": True, "format_rows": True})
        page.set_paper(9)  # A4
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEAD_ROW)
        page.print_area(TITLE_ROW, 0, self.row - 1, len(HEADINGS) - 1)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        title = self._say(self.section.title).replace("&", "&&")
        page.set_footer(f"&L{title[:100]}&R&P / &N")
        page.hide_gridlines(2)
