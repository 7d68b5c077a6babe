"""A district further along than `worlds.py` makes it: whatever waits for somebody's next step."""

from datetime import date, timedelta

from diagnose.records import (
    Acceptance,
    Benchmark,
    Campaign,
    Census,
    Figure,
    Month,
    Need,
    Project,
    SupplyLink,
    Task,
)
from diagnose.records.columns import now
from diagnose.records.roster import Change
from tests.diagnose.people import keep, make_account, make_diagnosis, make_firm
from tests.diagnose.web.worlds import make_world

FIRM, OFFICER = "firm", "officer"
STAGES = ("pooled", "contracted", "finished", "passed", "effective")


class Along:
    """A world, a supplier's account, and the addresses each account begins at."""

    def __init__(self, session, district):
        self.session, self.world = session, make_world(session, district)
        self.firm = self.world.rows["firm_id"]
        self.supplier = make_firm(session, name="等候的供应商", district=district)
        own = make_account(session, "firm", firm_id=self.supplier.id)
        self.accounts = {**self.world.accounts, "supplier": own}
        self.starts = {kind: [] for kind in self.accounts}
        self.rows = {name: row.id for name, row in self.world.rows.items()}
        self._programme(district)
        self._firm_s_own()
        self._projects()
        self._grown(district)

    def keep(self, name, row, kind="", *addresses):
        kept = keep(self.session, row)
        self.rows[name] = kept.id
        self.starts.get(kind, []).extend(address.format(kept.id) for address in addresses)
        return kept

    def _programme(self, district):
        day = date(2026, 1, 1)
        given = {"opens_on": day, "due_on": date(2026, 12, 31), "base_on": day}
        asked = {"questionnaire": "sme-2024", "questionnaire_version": "1.0.0"}
        for name, more in (("下一批", {"frozen_at": now()}), ("再下一批", {})):
            made = Campaign.model_validate(
                given | asked | more | {"district": district} | {"name": name}
            )
            ways = ("/campaigns/{}", "/campaigns/{}/targets", "/campaigns/{}/edit")
            self.keep(name, made, OFFICER, *ways)
        late = {"title": "迟到的任务", "lead": "区科经局", "due_on": date(2026, 3, 31)}
        task = Task.model_validate(late | {"plan_id": self.rows["plan_id"], "number": "2"})
        self.keep("late_task", task, OFFICER, "/tasks/{}")
        kinds = [f"/roster/changes/record/{self.firm.id}?change={change}" for change in Change]
        self.starts[OFFICER] += kinds

    def _firm_s_own(self):
        firm = self.supplier
        census = self.keep("draft_census", Census(firm_id=firm.id), "supplier", "/census/review")
        need = Need(census_id=census.id, firm_id=firm.id, name="扫码报工")
        self.keep("draft_need", need, "supplier", "/census/needs/{}", "/census/needs/{}/remove")
        self.starts["supplier"] += ["/census/blocks/pains", "/census/needs/new?planned=1"]
        ends = {"leader_id": self.firm.id, "supplier_id": firm.id}
        self.keep("asked_link", SupplyLink(**ends), "supplier", "/chains/mine")

    def _projects(self):
        diagnosis = make_diagnosis(self.session, self.supplier)
        given = {"firm_id": self.supplier.id, "diagnosis_id": diagnosis.id, "stage_since": now()}
        for stage in STAGES:
            project = Project(**given, name=f"看板 {stage}", stage=stage)
            own = [f"/retrofits/{{}}/{way}" for way in ("contract", "acceptance", "effect", "end")]
            row = self.keep(f"{stage}_project", project, "supplier", "/retrofits/{}", *own)
            self.starts[OFFICER] += [f"/pool/{row.id}", f"/pool/{row.id}/acceptance"]
            self.keep(f"{stage}_figure", Figure(project_id=row.id, name="在制品"))
            self.keep(f"{stage}_month", Month(project_id=row.id, month=date(2026, 8, 1)))
            if stage in ("finished", "passed", "effective"):
                day = now().date() - timedelta(days=200)
                asked = Acceptance(project_id=row.id, asked_on=day, finished_on=day)
                self.keep(f"{stage}_acceptance", asked)

    def _grown(self, district):
        made = Project(firm_id=self.supplier.id, name="标杆", origin="census", stage="benchmark")
        project = self.keep("benchmark_project", made)
        ends = {"district": district, "firm_id": self.supplier.id, "project_id": project.id}
        chosen = Benchmark(**ends, year=2026, kind="workshop", stage="chosen")
        self.keep("chosen_benchmark", chosen, OFFICER, "/benchmarks/{}")
