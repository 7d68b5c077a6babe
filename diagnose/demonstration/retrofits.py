"""The project pool of the fictional district: contracts, months, acceptance, effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from sqlmodel import Session, col, select

from diagnose.demonstration.people import Cast
from diagnose.demonstration.scene import Scene
from diagnose.demonstration.works import OTHERWISE, WORKS, Works
from diagnose.records import (
    Acceptance,
    Account,
    Actor,
    Assessment,
    Contract,
    Diagnosis,
    Figure,
    Firm,
    Month,
    Origin,
    Project,
    ProjectEntry,
    Stage,
    Verdict,
)
from diagnose.retrofits import Wanted, move_project, take_in
from diagnose.retrofits.days import first_of, months_between, months_on

AHEAD = timedelta(hours=8)
WAITING, CONTRACTED, RUNNING, ASKED, PASSED, ENDED = range(6)
FATES = (0.35, 0.15, 0.32, 0.08, 0.06, 0.04)
OLD_FATES = (0.1, 0.0, 0.14, 0.08, 0.62, 0.06)
LONG_AGO = timedelta(days=200)  # reports accepted before have had the time for it
RELUCTANT = 0.3  # share of firms that sign nothing
EARLIER = 6  # firms that came to the bureau on their own, before the diagnoses
MONTH = 30.4
SUPPLIERS = ("演示服务商甲", "演示服务商乙", "演示服务商丙")
REPORTED = 0.7  # share of accepted projects whose effect was reported in time
LAGGING = 0.3  # share of running projects that lag


TROUBLE = ("部分老设备没有通信接口，需加装终端", "车间停线时间紧，周末施工", "")


def show_retrofits(scene: Scene) -> None:
    """Carry out what was pooled as far as the days allow; a few projects began a year earlier."""
    session, cast, day, rng = scene.session, scene.cast, scene.day, scene.rng
    accounts = {account.firm_id or 0: account for account in cast.firms}
    pooled = session.exec(
        select(Project, Diagnosis)
        .join(Diagnosis, col(Diagnosis.id) == col(Project.diagnosis_id))
        .where(Project.stage == Stage.POOLED)
        .order_by(col(Project.id))
    ).all()
    reluctant = {d.id: rng.random() < RELUCTANT for _project, d in pooled}
    for project, diagnosis in pooled:
        accepted = diagnosis.accepted_on or day
        old = day - accepted > LONG_AGO
        fate = int(rng.choice(len(FATES), p=OLD_FATES if old else FATES))
        if reluctant[diagnosis.id]:
            fate = WAITING
        account = accounts[project.firm_id]
        story = _Story(session, project, account, cast.officer, day, rng)
        works = next((each for each in WORKS if each.type == project.type), OTHERWISE)
        if old and fate == PASSED:
            story.name_figure(works)
        months = int(rng.integers(5, 11)) if old else 0
        ended = story.carry_out(accepted + timedelta(days=int(rng.integers(4, 20))), fate, months)
        if old and rng.random() < REPORTED:
            story.take_effect(ended, works)
    _earlier(session, cast, accounts, day, rng)
    session.flush()


def _earlier(
    session: Session,
    cast: Cast,
    accounts: Mapping[int, Account],
    day: date,
    rng: np.random.Generator,
) -> None:
    """Projects that firms applied for over a year ago: accepted, some with their effects."""
    firms = session.exec(select(Firm).where(Firm.on_roster).order_by(col(Firm.id))).all()
    for number, firm in enumerate(firms[:EARLIER]):
        works = WORKS[number % len(WORKS)]
        began = day - timedelta(days=480 - 45 * number)
        entry = ProjectEntry(
            type=works.type,
            name=works.name,
            content=works.content,
            months=4,
            cost_low=18,
            cost_mid=26,
            cost_high=40,
        )
        officer = cast.officer
        project = take_in(session, firm, entry, Origin.APPLICATION, officer, _by(officer, began, 9))
        story = _Story(session, project, accounts[firm.id or 0], officer, day, rng)
        story.name_figure(works)
        ended = story.carry_out(began + timedelta(days=20), PASSED, months=4)
        if number < EARLIER - 2:
            story.take_effect(ended, works)


@dataclass
class _Story:
    """One project with who acts on it."""

    session: Session
    project: Project
    firm: Account
    officer: Account
    day: date
    rng: np.random.Generator

    def carry_out(self, signed: date, fate: int, months: int = 0) -> date:
        """Take the project as far as its fate and the days allow; the day on which works ended."""
        if fate == WAITING or signed > self.day:
            return self.day
        if fate == ENDED:
            self._move("terminate", self.officer, signed, "企业搬迁，项目不再实施（演示）")
            return self.day
        quick = fate in {ASKED, PASSED}
        length = months or (1 if quick else max(3, self.project.months))
        start = signed + timedelta(days=5)
        end = start + timedelta(days=round(length * MONTH))
        total = self._sign(signed, start, end)
        self._move("contract", self.firm, signed)
        if fate != CONTRACTED:
            self._report(start, end, total, done=quick)
        if quick and self.project.stage == Stage.UNDER_WAY and end + timedelta(12) < self.day:
            self._ask(end, total)
            if fate == PASSED and end + timedelta(20) < self.day:
                self._accept(end, total)
        return end

    def name_figure(self, works: Works) -> None:
        """The figure that the project is to move."""
        self.session.add(
            Figure(
                project_id=self.project.id or 0,
                name=works.figure,
                unit=works.unit,
                formula="按月平均",
                baseline=works.before,
                goal=works.goal,
                lower_is_better=works.goal < works.before,
                evidence="系统月报（演示）",
            )
        )

    def take_effect(self, ended: date, works: Works) -> None:
        """Report what the figure came to, where the days have come, and confirm the effect."""
        if self.project.stage != Stage.PASSED:
            return
        figure = self.session.exec(select(Figure).where(Figure.project_id == self.project.id)).one()
        before, goal = works.before, works.goal
        figure.after = round(before + (goal - before) * 0.7, 1)
        looks = [months_on(ended, months) + timedelta(days=6) for months in (6, 12)]
        if looks[0] < self.day:
            early = (1.02, 0.9, 1.0)[(self.project.id or 0) % 3]
            figure.half_year = round(before + (goal - before) * early, 1)
        if looks[1] < self.day:
            figure.full_year = round(before + (goal - before) * 1.1, 1)
        self.session.add(figure)
        self.session.flush()
        if looks[0] < self.day:
            self._move("take_effect", self.officer, looks[0])

    def _sign(self, signed: date, start: date, end: date) -> float:
        cost = self.project.cost_mid or 20.0
        total = round(cost * float(self.rng.uniform(0.85, 1.1)), 1)
        software, equipment = round(total * 0.6, 1), round(total * 0.25, 1)
        self.session.add(
            Contract(
                project_id=self.project.id or 0,
                number=f"YS-{signed.year}-{self.project.id:04d}",
                supplier=str(self.rng.choice(SUPPLIERS)),
                signed_on=signed,
                starts_on=start,
                ends_on=end,
                total=total,
                software=software,
                equipment=equipment,
                services=round(total - software - equipment, 1),
                eligible=software,
                recorded_at=_moment(signed, 15),
            )
        )
        return total

    def _report(self, start: date, end: date, total: float, *, done: bool) -> None:
        """A report for each month that is over; some of the running ones lag or miss a month."""
        months = [m for m in months_between(start, end) if months_on(m, 1) <= self.day]
        lagging = not done and self.rng.random() < LAGGING
        if lagging and len(months) > 1:
            months = months[:-1]
        whole = max(1, len(months_between(start, end)))
        for at, month in enumerate(months, 1):
            share = at / whole
            progress = min(100, round(share * (60 if lagging else 100)))
            saved = min(months_on(month, 1) + timedelta(days=5), self.day)
            self.session.add(
                Month(
                    project_id=self.project.id or 0,
                    month=first_of(month),
                    spent=round(total / whole * float(self.rng.uniform(0.7, 1.0)), 1),
                    progress=progress,
                    live="第一批设备已接入" if at == 1 else "",
                    trouble=str(self.rng.choice(TROUBLE)),
                    ahead="继续安装并培训操作人员",
                    account_id=self.firm.id,
                    saved_at=_moment(saved, 16),
                )
            )
            self.project.progress = progress
            self.session.add(self.project)
            if self.project.stage == Stage.CONTRACTED:
                self._move("start", self.firm, saved)

    def _ask(self, ended: date, total: float) -> None:
        asked = ended + timedelta(days=10)
        payment = {
            "number": f"{26000000 + (self.project.id or 0):08d}",
            "day": ended.isoformat(),
            "amount": total,
            "payer": "本企业",
            "payee": "演示服务商",
            "eligible": True,
        }
        before, after = self._assessments(asked)
        self.session.add(
            Acceptance(
                project_id=self.project.id or 0,
                before_id=before,
                after_id=after,
                asked_on=asked,
                finished_on=ended,
                payments=[payment],
                summary="系统已上线运行，操作人员已培训（演示）。",
                satisfaction=int(self.rng.integers(3, 6)),
            )
        )
        self.project.progress = 100
        self.session.add(self.project)
        self._move("finish", self.firm, asked)

    def _assessments(self, asked: date) -> tuple[int | None, int | None]:
        """The sheet that the project's report rests on, and the firm's later one, if there is."""
        own = self.session.get(Diagnosis, self.project.diagnosis_id or 0)
        before = own.assessment_id if own else None
        last = self.session.exec(
            select(Assessment.id)
            .where(
                Assessment.firm_id == self.project.firm_id,
                col(Assessment.submitted_at) <= _moment(asked, 12),
            )
            .order_by(col(Assessment.submitted_at).desc())
        ).first()
        return before, last if before and last != before else None

    def _accept(self, ended: date, total: float) -> None:
        decided = ended + timedelta(days=18)
        asked = self.session.exec(
            select(Acceptance).where(Acceptance.project_id == self.project.id)
        ).one()
        asked.site, asked.finance = "设备在用，数据可查（演示）", "合同、发票、付款一致（演示）"
        asked.approved_amount, asked.verdict = total, Verdict.PASSED.value
        asked.experts, asked.decided_on = "演示专家甲、乙", decided
        asked.decided_by, asked.edition = self.officer.id, 1
        self.session.add(asked)
        self._move("pass", self.officer, decided)

    def _move(self, step: str, account: Account, day: date, reason: str = "") -> None:
        wanted, hour = Wanted(step, reason), 17 if step == "start" else 16
        self.session.flush()
        move_project(self.session, self.project, wanted, account, _by(account, day, hour))


def _by(account: Account, day: date, hour: int) -> Actor:
    return Actor(account.id, at=_moment(day, hour))


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC) - AHEAD
