"""Tables of roster events, campaigns, needs, projects, subsidies, tasks, publications."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHANGES = (
    "'entered', 'left', 'moved_in', 'moved_out', 'stopped', 'resumed', 'closed', 'merged', "
    "'split', 'renamed', 'recoded', 'industry', 'described', 'exempted', 'readmitted', 'voided'"
)
FIGURES_OF_SPELL = (
    "district",
    "firm_id",
    "since",
    "until",
    "listing",
    "ground",
    "stopped",
    "entered",
    "street_id",
    "park_id",
    "chain_id",
    "division",
    "size",
    "honours",
)
FIGURES_OF_STAY = (
    "state",
    "since",
    "until",
    "valid_until",
    "firm_id",
    "provider_id",
    "diagnosis_id",
)
KEPT = {"sqlite_autoincrement": True}
ORIGINS = "'system', 'consultant', 'census', 'application', 'chain'"
STAGES = (
    "'suggested', 'adopted', 'postponed', 'rejected', 'pooled', 'contracted', 'under_way', "
    "'finished', 'to_mend', 'failed', 'passed', 'effective', 'candidate', 'benchmark', 'terminated'"
)


def upgrade() -> None:
    """Tables of roster events, campaigns, needs, projects, subsidies, tasks, publications."""
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.CheckConstraint("kind IN ('street', 'park', 'chain')", name=op.f("ck_tag_kind_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("district", "kind", "name", name=op.f("uq_tag_district_kind_name")),
    )
    op.create_table(
        "taskplan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("document", sa.String(length=200), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taskplan")),
        sa.UniqueConstraint("district", "title", name=op.f("uq_taskplan_district_title")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "spell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("listing", sa.Integer(), nullable=False),
        sa.Column("ground", sa.Integer(), nullable=False),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("entered", sa.Integer(), nullable=False),
        sa.Column("street_id", sa.Integer(), nullable=True),
        sa.Column("park_id", sa.Integer(), nullable=True),
        sa.Column("chain_id", sa.Integer(), nullable=True),
        sa.Column("division", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("honours", sa.Integer(), nullable=False),
        sa.CheckConstraint("until IS NULL OR until > since", name=op.f("ck_spell_span_ordered")),
        sa.ForeignKeyConstraint(["chain_id"], ["tag.id"], name=op.f("fk_spell_chain_id")),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_spell_firm_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["park_id"], ["tag.id"], name=op.f("fk_spell_park_id")),
        sa.ForeignKeyConstraint(["street_id"], ["tag.id"], name=op.f("fk_spell_street_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spell")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_spell_figures", "spell", [*FIGURES_OF_SPELL])
    op.create_index(op.f("ix_spell_firm_id"), "spell", ["firm_id"])

    op.create_table(
        "task",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("clause", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("indicator", sa.String(length=300), nullable=False),
        sa.Column("goal", sa.Float(), nullable=True),
        sa.Column("unit", sa.String(length=30), nullable=False),
        sa.Column("feed", sa.String(length=60), nullable=False),
        sa.Column("lead", sa.String(length=100), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("value_on", sa.Date(), nullable=True),
        sa.Column("proof", sa.String(length=1000), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "stage IN ('waiting', 'under_way', 'done', 'closed')", name=op.f("ck_task_stage_known")
        ),
        sa.CheckConstraint("length(lead) > 0", name=op.f("ck_task_lead_given")),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["taskplan.id"], name=op.f("fk_task_plan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_task_plan_id_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_task_plan_id"), "task", ["plan_id"])

    op.create_table(
        "campaign",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("questionnaire", sa.String(length=100), nullable=False),
        sa.Column("questionnaire_version", sa.String(length=50), nullable=False),
        sa.Column("base_on", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Integer(), nullable=False),
        sa.Column("target", sa.Float(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("standards", sa.JSON(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("list_version", sa.String(length=60), nullable=False),
        sa.Column("signed_bureau", sa.String(length=100), nullable=False),
        sa.Column("signed_statistics", sa.String(length=100), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_by", sa.Integer(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "stage = 'draft' OR frozen_at IS NOT NULL", name=op.f("ck_campaign_open_with_list")
        ),
        sa.CheckConstraint(
            "stage IN ('draft', 'open', 'closed')", name=op.f("ck_campaign_stage_known")
        ),
        sa.CheckConstraint("opens_on <= due_on", name=op.f("ck_campaign_days_ordered")),
        sa.CheckConstraint("target > 0 AND target <= 100", name=op.f("ck_campaign_target_known")),
        sa.ForeignKeyConstraint(
            ["frozen_by"], ["account.id"], name=op.f("fk_campaign_frozen_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("district", "name", name=op.f("uq_campaign_district_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_campaign_district"), "campaign", ["district"])

    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("hidden", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("foreword", sa.String(length=3000), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('bulletin', 'statistics')", name=op.f("ck_publication_kind_known")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"],
            ["account.id"],
            name=op.f("fk_publication_issued_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint(
            "district", "kind", "day", name=op.f("uq_publication_district_kind_day")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "rosterimport",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "taken >= 0 AND refused >= 0", name=op.f("ck_rosterimport_rows_counted")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_rosterimport_account_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"],
            ["account.id"],
            name=op.f("fk_rosterimport_undone_by"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rosterimport")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rosterimport_district"), "rosterimport", ["district"])

    op.create_table(
        "subsidyplan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("budget", sa.Float(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("budget > 0", name=op.f("ck_subsidyplan_budget_counted")),
        sa.ForeignKeyConstraint(
            ["made_by"], ["account.id"], name=op.f("fk_subsidyplan_made_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidyplan")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_subsidyplan_district"), "subsidyplan", ["district"])

    op.create_table(
        "taskletter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("mend_by", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(length=2000), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_taskletter_account_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_taskletter_task_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taskletter")),
        sa.UniqueConstraint("number", name=op.f("uq_taskletter_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_taskletter_task_id"), "taskletter", ["task_id"])

    op.create_table(
        "transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("accepted_on", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Integer(), nullable=False),
        sa.Column("proof", sa.String(length=300), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("valid_until >= accepted_on", name=op.f("ck_transfer_valid_ordered")),
        sa.ForeignKeyConstraint(
            ["approved_by"],
            ["account.id"],
            name=op.f("fk_transfer_approved_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_transfer_firm_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_transfer_firm_id"), "transfer", ["firm_id"])

    op.create_table(
        "campaignfirm",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("street_id", sa.Integer(), nullable=True),
        sa.Column("ground", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaignfirm_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_campaignfirm_firm_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["street_id"], ["tag.id"], name=op.f("fk_campaignfirm_street_id")),
        sa.PrimaryKeyConstraint("campaign_id", "firm_id", name=op.f("pk_campaignfirm")),
    )
    op.create_index(op.f("ix_campaignfirm_firm_id"), "campaignfirm", ["firm_id"])

    op.create_table(
        "campaigntarget",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("street_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.Float(), nullable=False),
        sa.Column("due_on", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "target > 0 AND target <= 100", name=op.f("ck_campaigntarget_target_known")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaigntarget_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["street_id"], ["tag.id"], name=op.f("fk_campaigntarget_street_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "street_id", name=op.f("pk_campaigntarget")),
    )
    op.create_table(
        "census",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("pledged_by", sa.String(length=100), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "stage = 'draft' OR submitted_at IS NOT NULL", name=op.f("ck_census_submitted_dated")
        ),
        sa.CheckConstraint(
            "stage IN ('draft', 'submitted', 'checked')", name=op.f("ck_census_stage_known")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_census_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_census_firm_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_census")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_census_campaign_id"), "census", ["campaign_id"])
    op.create_index(op.f("ix_census_firm_id"), "census", ["firm_id"])

    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("diagnosis_id", sa.Integer(), nullable=False),
        sa.Column("satisfaction", sa.Integer(), nullable=False),
        sa.Column("neutral", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["diagnosis_id"],
            ["diagnosis.id"],
            name=op.f("fk_rating_diagnosis_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint("diagnosis_id", name=op.f("uq_rating_diagnosis_id")),
    )
    op.create_table(
        "stay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("diagnosis_id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("valid_until", sa.Integer(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until > since", name=op.f("ck_stay_span_ordered")),
        sa.ForeignKeyConstraint(
            ["diagnosis_id"],
            ["diagnosis.id"],
            name=op.f("fk_stay_diagnosis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_stay_firm_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["provider_id"], ["provider.id"], name=op.f("fk_stay_provider_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_stay_diagnosis_id"), "stay", ["diagnosis_id"])
    op.create_index(op.f("ix_stay_firm_id"), "stay", ["firm_id"])
    op.create_index("ix_stay_figures", "stay", [*FIGURES_OF_STAY])

    op.create_table(
        "acceptance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("payments", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("summary", sa.String(length=3000), nullable=False),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("site", sa.String(length=2000), nullable=False),
        sa.Column("finance", sa.String(length=2000), nullable=False),
        sa.Column("approved_amount", sa.Float(), nullable=True),
        sa.Column("level_reached", sa.Boolean(), nullable=True),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("experts", sa.String(length=300), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('open', 'passed', 'to_mend', 'failed')",
            name=op.f("ck_acceptance_verdict_known"),
        ),
        sa.ForeignKeyConstraint(
            ["after_id"], ["assessment.id"], name=op.f("fk_acceptance_after_id")
        ),
        sa.ForeignKeyConstraint(
            ["before_id"], ["assessment.id"], name=op.f("fk_acceptance_before_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["account.id"],
            name=op.f("fk_acceptance_decided_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_acceptance_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptance")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_acceptance_project_id"), "acceptance", ["project_id"])

    op.create_table(
        "benchmark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("story", sa.String(length=3000), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("site", sa.String(length=2000), nullable=False),
        sa.Column("site_on", sa.Date(), nullable=True),
        sa.Column("site_passed", sa.Boolean(), nullable=True),
        sa.Column("notice_from", sa.Date(), nullable=True),
        sa.Column("notice_until", sa.Date(), nullable=True),
        sa.Column("objections", sa.String(length=2000), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('workshop', 'factory', 'scene', 'chain', 'service', 'ai')",
            name=op.f("ck_benchmark_kind_known"),
        ),
        sa.CheckConstraint(
            "stage IN ('proposed', 'scored', 'checked', 'published', 'chosen', 'refused', "
            "'revoked')",
            name=op.f("ck_benchmark_stage_known"),
        ),
        sa.CheckConstraint("visits >= 0", name=op.f("ck_benchmark_visits_counted")),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_benchmark_firm_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_benchmark_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmark")),
        sa.UniqueConstraint("project_id", "year", name=op.f("uq_benchmark_project_id_year")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_benchmark_district"), "benchmark", ["district"])
    op.create_index(op.f("ix_benchmark_firm_id"), "benchmark", ["firm_id"])
    op.create_index(op.f("ix_benchmark_project_id"), "benchmark", ["project_id"])

    op.create_table(
        "contract",
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("supplier", sa.String(length=200), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("total", sa.Float(), nullable=False),
        sa.Column("software", sa.Float(), nullable=False),
        sa.Column("equipment", sa.Float(), nullable=False),
        sa.Column("services", sa.Float(), nullable=False),
        sa.Column("eligible", sa.Float(), nullable=False),
        sa.Column("filing", sa.String(length=100), nullable=False),
        sa.Column("owner", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(length=1000), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("eligible <= total", name=op.f("ck_contract_eligible_within")),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_contract_days_ordered")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_contract_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_contract_project_id"), "contract", ["project_id"])

    op.create_table(
        "figure",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("unit", sa.String(length=30), nullable=False),
        sa.Column("formula", sa.String(length=500), nullable=False),
        sa.Column("lower_is_better", sa.Boolean(), nullable=False),
        sa.Column("baseline", sa.Float(), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("goal", sa.Float(), nullable=True),
        sa.Column("after", sa.Float(), nullable=True),
        sa.Column("after_on", sa.Date(), nullable=True),
        sa.Column("half_year", sa.Float(), nullable=True),
        sa.Column("full_year", sa.Float(), nullable=True),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_figure_name_given")),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_figure_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_figure_project_id"), "figure", ["project_id"])

    op.create_table(
        "month",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("spent", sa.Float(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("live", sa.String(length=1000), nullable=False),
        sa.Column("trouble", sa.String(length=1000), nullable=False),
        sa.Column("ahead", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_month_progress_known")),
        sa.CheckConstraint("spent >= 0", name=op.f("ck_month_spent_counted")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_month_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_month_project_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month")),
        sa.UniqueConstraint("project_id", "month", name=op.f("uq_month_project_id_month")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_month_project_id"), "month", ["project_id"])

    op.create_table(
        "need",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("type", sa.String(length=100), nullable=False),
        sa.Column("scene", sa.String(length=100), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("budget", sa.Float(), nullable=True),
        sa.Column("funding", sa.String(length=30), nullable=False),
        sa.Column("services", sa.String(length=200), nullable=False),
        sa.Column("ai", sa.Boolean(), nullable=False),
        sa.Column("open_to_visits", sa.Boolean(), nullable=False),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.Column("content", sa.String(length=3000), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("this_year", sa.Float(), nullable=True),
        sa.Column("software", sa.Float(), nullable=True),
        sa.Column("equipment", sa.Float(), nullable=True),
        sa.Column("filing", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("census_id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("matched_type", sa.String(length=100), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=1000), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "stage IN ('open', 'matched', 'met', 'unmet', 'withdrawn')",
            name=op.f("ck_need_stage_known"),
        ),
        sa.CheckConstraint("urgency BETWEEN 1 AND 3", name=op.f("ck_need_urgency_known")),
        sa.ForeignKeyConstraint(
            ["census_id"], ["census.id"], name=op.f("fk_need_census_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_need_firm_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_need_project_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_need_census_id"), "need", ["census_id"])
    op.create_index(op.f("ix_need_firm_id"), "need", ["firm_id"])

    op.create_table(
        "rosterevent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("change", sa.String(length=20), nullable=False),
        sa.Column("effective_on", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("voids_id", sa.Integer(), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("proof", sa.String(length=300), nullable=False),
        sa.Column("proof_id", sa.Integer(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(change = 'voided') = (voids_id IS NOT NULL)",
            name=op.f("ck_rosterevent_void_names_event"),
        ),
        sa.CheckConstraint(
            f"change IN ({CHANGES})",
            name=op.f("ck_rosterevent_change_known"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"],
            ["account.id"],
            name=op.f("fk_rosterevent_approved_by"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_rosterevent_firm_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["rosterimport.id"], name=op.f("fk_rosterevent_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["firm.id"], name=op.f("fk_rosterevent_other_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["proof_id"], ["attachment.id"], name=op.f("fk_rosterevent_proof_id")
        ),
        sa.ForeignKeyConstraint(
            ["voids_id"], ["rosterevent.id"], name=op.f("fk_rosterevent_voids_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rosterevent")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_rosterevent_district_effective_on", "rosterevent", ["district", "effective_on"]
    )
    op.create_index("ix_rosterevent_district_change", "rosterevent", ["district", "change"])
    op.create_index(op.f("ix_rosterevent_firm_id"), "rosterevent", ["firm_id"])
    op.create_index(op.f("ix_rosterevent_import_id"), "rosterevent", ["import_id"])
    op.create_index(op.f("ix_rosterevent_other_id"), "rosterevent", ["other_id"])
    op.create_index(op.f("ix_rosterevent_voids_id"), "rosterevent", ["voids_id"])

    op.create_table(
        "supplylink",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("supplier_id", sa.Integer(), nullable=False),
        sa.Column("supplies", sa.String(length=200), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("shared", sa.JSON(), nullable=False),
        sa.Column("target", sa.String(length=500), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_by", sa.Integer(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.CheckConstraint("leader_id <> supplier_id", name=op.f("ck_supplylink_not_itself")),
        sa.ForeignKeyConstraint(
            ["agreed_by"], ["account.id"], name=op.f("fk_supplylink_agreed_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["firm.id"], name=op.f("fk_supplylink_leader_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_supplylink_project_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["supplier_id"], ["firm.id"], name=op.f("fk_supplylink_supplier_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplylink")),
        sa.UniqueConstraint(
            "leader_id", "supplier_id", name=op.f("uq_supplylink_leader_id_supplier_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_supplylink_supplier_id"), "supplylink", ["supplier_id"])

    op.create_table(
        "copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("benchmark_id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["benchmark_id"],
            ["benchmark.id"],
            name=op.f("fk_copy_benchmark_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_copy_firm_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_copy_project_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy")),
        sa.UniqueConstraint("benchmark_id", "firm_id", name=op.f("uq_copy_benchmark_id_firm_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_copy_firm_id"), "copy", ["firm_id"])
    op.create_table(
        "naming",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("benchmark_id", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("proof", sa.String(length=500), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["benchmark_id"],
            ["benchmark.id"],
            name=op.f("fk_naming_benchmark_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"], name=op.f("fk_naming_entered_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_naming")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_naming_benchmark_id"), "naming", ["benchmark_id"])

    with op.batch_alter_table("diagnosis", table_kwargs=KEPT) as batch_op:
        batch_op.add_column(sa.Column("campaign_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_diagnosis_campaign_id"), "campaign", ["campaign_id"], ["id"]
        )
    op.create_index(op.f("ix_diagnosis_campaign_id"), "diagnosis", ["campaign_id"])

    for name, length in (("park", 100), ("chain", 100), ("grid", 100), ("remark", 500)):
        column = sa.Column(name, sa.String(length=length), nullable=False, server_default="")
        op.add_column("firm", column)
    op.add_column("firm", sa.Column("honours", sa.Integer(), nullable=False, server_default="0"))
    op.add_column(
        "assessment", sa.Column("earlier", sa.JSON(), nullable=False, server_default="{}")
    )

    with op.batch_alter_table("project", table_kwargs=KEPT) as batch_op:
        batch_op.add_column(sa.Column("stage_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("diagnosis_id", existing_type=sa.Integer(), nullable=True)
        batch_op.drop_constraint(batch_op.f("ck_project_origin_known"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_project_stage_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_project_origin_known"), f"origin IN ({ORIGINS})"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_project_stage_known"), f"stage IN ({STAGES})"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_project_diagnosed_if_suggested"),
            "stage <> 'suggested' OR diagnosis_id IS NOT NULL",
        )
