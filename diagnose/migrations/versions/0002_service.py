"""Tables of accounts, diagnoses, reports, reviews, the audit log and jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables of accounts, diagnoses, reports, reviews, the audit log and jobs."""
    op.create_table(
        "auditentry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(length=60), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_auditentry")),
    )
    op.create_index(op.f("ix_auditentry_at"), "auditentry", ["at"])
    op.create_index("ix_auditentry_firm_id_at", "auditentry", ["firm_id", "at"])
    op.create_index("ix_auditentry_subject_action", "auditentry", ["subject", "action"])

    op.create_table(
        "audithead",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audithead")),
    )
    op.create_table(
        "provider",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("specialities", sa.String(length=500), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("load", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_provider_name_given")),
        sa.CheckConstraint("load >= 0", name=op.f("ck_provider_load_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider")),
        sa.UniqueConstraint("code", name=op.f("uq_provider_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "account",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("certificate", sa.String(length=60), nullable=False),
        sa.Column("district", sa.String(length=100), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=True),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("stamp", sa.String(length=40), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("totp_secret", sa.String(length=64), nullable=False),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("recovery", sa.JSON(), nullable=False),
        sa.Column("terms_accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'firm') = (firm_id IS NOT NULL)", name=op.f("ck_account_firm_of_firm")
        ),
        sa.CheckConstraint(
            "kind <> 'consultant' OR provider_id IS NOT NULL",
            name=op.f("ck_account_provider_of_consultant"),
        ),
        sa.CheckConstraint(
            "kind IN ('firm', 'consultant', 'reviewer', 'officer', 'administrator')",
            name=op.f("ck_account_kind_known"),
        ),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_account_failures_counted")),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_account_firm_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_account_provider_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_account_firm_id"), "account", ["firm_id"])
    op.create_index(op.f("ix_account_provider_id"), "account", ["provider_id"])

    op.create_table(
        "interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider_id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_interest_firm_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["provider_id"],
            ["provider.id"],
            name=op.f("fk_interest_provider_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
        sa.UniqueConstraint("provider_id", "firm_id", name=op.f("uq_interest_provider_id_firm_id")),
    )
    op.create_index(op.f("ix_interest_firm_id"), "interest", ["firm_id"])

    op.create_table(
        "activation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_activation_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["account.id"], name=op.f("fk_activation_issued_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activation")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_activation_code_hash")),
    )
    op.create_index(op.f("ix_activation_account_id"), "activation", ["account_id"])

    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("use", sa.String(length=30), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("use IN ('full_report')", name=op.f("ck_consent_use_known")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_consent_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_consent_firm_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_firm_id"), "consent", ["firm_id"])

    op.create_table(
        "diagnosis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=True),
        sa.Column("provider_id", sa.Integer(), nullable=True),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("package", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state NOT IN ('done', 'expired')) OR (accepted_on IS NOT NULL)",
            name=op.f("ck_diagnosis_done_dated"),
        ),
        sa.CheckConstraint(
            "lead_id IS NULL OR provider_id IS NOT NULL", name=op.f("ck_diagnosis_lead_of_provider")
        ),
        sa.CheckConstraint("rounds >= 0", name=op.f("ck_diagnosis_rounds_counted")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_diagnosis_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_diagnosis_firm_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["account.id"], name=op.f("fk_diagnosis_lead_id")),
        sa.ForeignKeyConstraint(
            ["provider_id"], ["provider.id"], name=op.f("fk_diagnosis_provider_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diagnosis")),
        sa.UniqueConstraint("number", name=op.f("uq_diagnosis_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_diagnosis_assessment_id"), "diagnosis", ["assessment_id"])
    op.create_index(op.f("ix_diagnosis_firm_id"), "diagnosis", ["firm_id"])
    op.create_index(op.f("ix_diagnosis_lead_id"), "diagnosis", ["lead_id"])
    op.create_index(
        "ix_diagnosis_open_once",
        "diagnosis",
        ["firm_id"],
        unique=True,
        sqlite_where=sa.text("state NOT IN ('done', 'expired', 'exempt')"),
        postgresql_where=sa.text("state NOT IN ('done', 'expired', 'exempt')"),
    )
    op.create_index(op.f("ix_diagnosis_provider_id"), "diagnosis", ["provider_id"])
    op.create_index(op.f("ix_diagnosis_state"), "diagnosis", ["state"])

    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("work", sa.String(length=50), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("stand", sa.String(length=20), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("problem", sa.String(length=1000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "stand IN ('waiting', 'running', 'done', 'failed')", name=op.f("ck_job_stand_known")
        ),
        sa.CheckConstraint("done BETWEEN 0 AND total", name=op.f("ck_job_done_within")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_job_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("capabilities", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_token_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_token_token_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_token_account_id"), "token", ["account_id"])

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=True),
        sa.Column("diagnosis_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("question", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "purpose IN ('evidence', 'confidentiality', 'visit_record', 'confirmation', 'proof')",
            name=op.f("ck_attachment_purpose_known"),
        ),
        sa.CheckConstraint("size >= 0", name=op.f("ck_attachment_size_counted")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_attachment_account_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_attachment_assessment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["diagnosis_id"],
            ["diagnosis.id"],
            name=op.f("fk_attachment_diagnosis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_attachment_firm_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint("key", name=op.f("uq_attachment_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_attachment_assessment_id"), "attachment", ["assessment_id"])
    op.create_index(op.f("ix_attachment_diagnosis_id"), "attachment", ["diagnosis_id"])
    op.create_index(op.f("ix_attachment_firm_id"), "attachment", ["firm_id"])

    op.create_table(
        "project",
        sa.Column("type", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.String(length=3000), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("cost_low", sa.Float(), nullable=True),
        sa.Column("cost_mid", sa.Float(), nullable=True),
        sa.Column("cost_high", sa.Float(), nullable=True),
        sa.Column("because", sa.String(length=2000), nullable=False),
        sa.Column("acceptance", sa.String(length=2000), nullable=False),
        sa.Column("override", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("diagnosis_id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("gain", sa.Float(), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("progress_note", sa.String(length=2000), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "origin IN ('system', 'consultant')", name=op.f("ck_project_origin_known")
        ),
        sa.CheckConstraint(
            "stage IN ('suggested', 'adopted', 'postponed', 'rejected', 'under_way', 'finished')",
            name=op.f("ck_project_stage_known"),
        ),
        sa.CheckConstraint(
            "stage NOT IN ('postponed', 'rejected') OR length(reason) > 0",
            name=op.f("ck_project_reason_if_not_adopted"),
        ),
        sa.CheckConstraint(
            "cost_low <= cost_mid AND cost_mid <= cost_high", name=op.f("ck_project_costs_in_order")
        ),
        sa.CheckConstraint("months > 0", name=op.f("ck_project_months_counted")),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_project_progress_known")),
        sa.CheckConstraint("year BETWEEN 1 AND 3", name=op.f("ck_project_year_known")),
        sa.ForeignKeyConstraint(
            ["diagnosis_id"],
            ["diagnosis.id"],
            name=op.f("fk_project_diagnosis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_project_firm_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_project_diagnosis_id"), "project", ["diagnosis_id"])
    op.create_index(op.f("ix_project_firm_id"), "project", ["firm_id"])
    op.create_index(op.f("ix_project_stage"), "project", ["stage"])

    op.create_table(
        "finding",
        sa.Column("scene", sa.String(length=100), nullable=False),
        sa.Column("fact", sa.String(length=3000), nullable=False),
        sa.Column("evidence", sa.String(length=1000), nullable=False),
        sa.Column("effect", sa.String(length=2000), nullable=False),
        sa.Column("cause", sa.String(length=2000), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("security", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("diagnosis_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("effect_kind", sa.String(length=20), nullable=False),
        sa.Column("cause_kind", sa.String(length=20), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "cause_kind IN ('people', 'process', 'data', 'equipment', 'system')",
            name=op.f("ck_finding_cause_kind_known"),
        ),
        sa.CheckConstraint(
            "effect_kind IN ('time', 'quality', 'cost', 'safety')",
            name=op.f("ck_finding_effect_kind_known"),
        ),
        sa.CheckConstraint("length(fact) > 0", name=op.f("ck_finding_fact_given")),
        sa.CheckConstraint("severity BETWEEN 1 AND 3", name=op.f("ck_finding_severity_known")),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_finding_attachment_id")
        ),
        sa.ForeignKeyConstraint(
            ["diagnosis_id"],
            ["diagnosis.id"],
            name=op.f("fk_finding_diagnosis_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_finding_diagnosis_id"), "finding", ["diagnosis_id"])

    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("diagnosis_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("standard", sa.String(length=100), nullable=False),
        sa.Column("standard_version", sa.String(length=50), nullable=False),
        sa.Column("self_score", sa.Float(), nullable=True),
        sa.Column("self_level", sa.Integer(), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("quality", sa.JSON(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=None), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.String(length=100), nullable=False),
        sa.Column("signed_post", sa.String(length=100), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("version >= 1", name=op.f("ck_report_version_counted")),
        sa.ForeignKeyConstraint(
            ["diagnosis_id"],
            ["diagnosis.id"],
            name=op.f("fk_report_diagnosis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["account.id"], name=op.f("fk_report_issued_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["attachment.id"], name=op.f("fk_report_scan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("diagnosis_id", "version", name=op.f("uq_report_diagnosis_id_version")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_report_diagnosis_id"), "report", ["diagnosis_id"])
    op.create_index(op.f("ix_report_number"), "report", ["number"])

    op.create_table(
        "verification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(length=2000), nullable=False),
        sa.Column("seen", sa.Boolean(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(state = 'answered') = (value IS NOT NULL)",
            name=op.f("ck_verification_value_if_answered"),
        ),
        sa.CheckConstraint(
            "state IN ('answered', 'unknown', 'not_applicable')",
            name=op.f("ck_verification_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_verification_account_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_verification_assessment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_verification_attachment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
        sa.UniqueConstraint(
            "assessment_id", "question", name=op.f("uq_verification_assessment_id_question")
        ),
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("diagnosis_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opening", sa.String(length=5000), nullable=False),
        sa.Column("closing", sa.String(length=5000), nullable=False),
        sa.Column("wishes", sa.String(length=5000), nullable=False),
        sa.Column("limits", sa.String(length=5000), nullable=False),
        sa.Column("photos_allowed", sa.Boolean(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("interviews", sa.JSON(), nullable=False),
        sa.Column("workshops", sa.JSON(), nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "ended_at IS NULL OR started_at IS NOT NULL", name=op.f("ck_visit_times_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["diagnosis_id"],
            ["diagnosis.id"],
            name=op.f("fk_visit_diagnosis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["attachment.id"], name=op.f("fk_visit_scan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_visit_diagnosis_id"), "visit", ["diagnosis_id"])

    op.create_table(
        "findingproject",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"],
            ["finding.id"],
            name=op.f("fk_findingproject_finding_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_findingproject_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("finding_id", "project_id", name=op.f("pk_findingproject")),
    )
    op.create_index(op.f("ix_findingproject_project_id"), "findingproject", ["project_id"])

    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=120), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(length=3000), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(length=3000), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "agreed OR length(text) > 0", name=op.f("ck_remark_objection_explained")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_remark_report_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sa.UniqueConstraint("report_id", "item", name=op.f("uq_remark_report_id_item")),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("diagnosis_id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("red", sa.JSON(), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("comment", sa.String(length=5000), nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(decision = 'open') = (decided_at IS NULL)", name=op.f("ck_review_decided_dated")
        ),
        sa.CheckConstraint(
            "decision IN ('open', 'accepted', 'returned')", name=op.f("ck_review_decision_known")
        ),
        sa.ForeignKeyConstraint(
            ["diagnosis_id"],
            ["diagnosis.id"],
            name=op.f("fk_review_diagnosis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report.id"], name=op.f("fk_review_report_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["account.id"], name=op.f("fk_review_reviewer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint(
            "report_id", "reviewer_id", name=op.f("uq_review_report_id_reviewer_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_review_diagnosis_id"), "review", ["diagnosis_id"])
    op.create_index(op.f("ix_review_reviewer_id"), "review", ["reviewer_id"])

    op.create_table(
        "defect",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(length=3000), nullable=False),
        sa.Column("answer", sa.String(length=3000), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_defect_text_given")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_defect_review_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_defect")),
        sa.UniqueConstraint("review_id", "number", name=op.f("uq_defect_review_id_number")),
    )
    op.add_column(
        "assessment",
        sa.Column("pledged_by", sa.String(length=100), nullable=False, server_default=""),
    )
    op.add_column(
        "assessment",
        sa.Column("pledged_post", sa.String(length=100), nullable=False, server_default=""),
    )

    op.add_column(
        "firm", sa.Column("district", sa.String(length=100), nullable=False, server_default="")
    )
    op.add_column(
        "firm", sa.Column("on_roster", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        "firm", sa.Column("contact", sa.String(length=100), nullable=False, server_default="")
    )
    op.add_column(
        "firm", sa.Column("phone", sa.String(length=40), nullable=False, server_default="")
    )
    op.create_index(op.f("ix_firm_district"), "firm", ["district"])

    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("basis", sa.String(length=20), nullable=False, server_default="self")
        )
        batch_op.drop_constraint(batch_op.f("uq_judgement_assessment_id_standard"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_judgement_assessment_id_standard_basis"),
            ["assessment_id", "standard", "basis"],
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_judgement_basis_known"), "basis IN ('self', 'verified')"
        )
    op.execute(sa.text("INSERT INTO audithead (id, last, seal) VALUES (1, 0, '')"))
