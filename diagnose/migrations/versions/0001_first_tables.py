"""Tables of firms, assessments, answers and judgements."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables of firms, assessments, answers and judgements."""
    op.create_table(
        "firm",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("industry", sa.String(length=4), nullable=False),
        sa.Column("region", sa.String(length=100), nullable=False),
        sa.Column("employees", sa.Integer(), nullable=True),
        sa.Column("revenue", sa.Float(), nullable=True),
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("fictional", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("employees >= 0", name=op.f("ck_firm_employees_counted")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_firm_name_given")),
        sa.CheckConstraint("revenue >= 0", name=op.f("ck_firm_revenue_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm")),
        sa.UniqueConstraint("uscc", name=op.f("uq_firm_uscc")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_firm_fictional"), "firm", ["fictional"])

    op.create_table(
        "assessment",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("industry", sa.String(length=4), nullable=False),
        sa.Column("region", sa.String(length=100), nullable=False),
        sa.Column("employees", sa.Integer(), nullable=True),
        sa.Column("revenue", sa.Float(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("firm_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire", sa.String(length=100), nullable=False),
        sa.Column("questionnaire_version", sa.String(length=50), nullable=False),
        sa.Column("questionnaire_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(status = 'submitted') = (submitted_at IS NOT NULL)",
            name=op.f("ck_assessment_submitted_dated"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'submitted')", name=op.f("ck_assessment_status_known")
        ),
        sa.CheckConstraint("employees >= 0", name=op.f("ck_assessment_employees_counted")),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_assessment_name_given")),
        sa.CheckConstraint("revenue >= 0", name=op.f("ck_assessment_revenue_counted")),
        sa.ForeignKeyConstraint(
            ["firm_id"], ["firm.id"], name=op.f("fk_assessment_firm_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_assessment_firm_id"), "assessment", ["firm_id"])
    op.create_index(op.f("ix_assessment_size"), "assessment", ["size"])

    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.CheckConstraint(
            "(state = 'answered') = (value IS NOT NULL)", name=op.f("ck_answer_value_if_answered")
        ),
        sa.CheckConstraint(
            "(state = 'not_applicable') = (length(reason) > 0)",
            name=op.f("ck_answer_reason_if_not_applicable"),
        ),
        sa.CheckConstraint(
            "state IN ('answered', 'unknown', 'not_applicable')", name=op.f("ck_answer_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_answer_assessment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint(
            "assessment_id", "question", name=op.f("uq_answer_assessment_id_question")
        ),
    )
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(length=100), nullable=False),
        sa.Column("standard_version", sa.String(length=50), nullable=False),
        sa.Column("standard_hash", sa.String(length=64), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("could_add", sa.Float(), nullable=False),
        sa.CheckConstraint(
            "answered BETWEEN 0 AND asked", name=op.f("ck_judgement_answered_within")
        ),
        sa.CheckConstraint("level >= 0", name=op.f("ck_judgement_level_counted")),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_judgement_assessment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
        sa.UniqueConstraint(
            "assessment_id", "standard", name=op.f("uq_judgement_assessment_id_standard")
        ),
    )
    op.create_index(op.f("ix_judgement_assessment_id"), "judgement", ["assessment_id"])
    op.create_index(op.f("ix_judgement_level"), "judgement", ["level"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("judgement")
    op.drop_table("answer")
    op.drop_table("assessment")
    op.drop_table("firm")
