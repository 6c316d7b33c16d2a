"""Texts in sections and versions; what each commitment says becomes version 1 of its document."""

import hashlib
import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030"
down_revision = "0029"

WORDS = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
# The name of a section, which is that of its kind, and the column it comes from.
SECTIONS = (
    ("title", "title"),
    ("problem", "problem"),
    ("solution", "solution"),
    ("result", "expected_result"),
)


def upgrade() -> None:
    documents = op.create_table(
        "documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("cycle_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("latest", sa.Integer(), nullable=False),
        sa.Column("published", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_documents_cycle_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("reference", name=op.f("uq_documents_reference")),
    )
    op.create_index(op.f("ix_documents_cycle_id"), "documents", ["cycle_id"])
    sections = op.create_table(
        "document_sections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("heading", WORDS, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_document_sections_document_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_sections")),
        sa.UniqueConstraint("document_id", "uid", name=op.f("uq_document_sections_document_id_uid")),
    )
    versions = op.create_table(
        "document_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("message", WORDS, nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_document_versions_document_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["written_by"], ["people.id"], name=op.f("fk_document_versions_written_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_versions")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_document_versions_document_id_number")),
    )
    texts = op.create_table(
        "section_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("facts", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["document_sections.id"],
            name=op.f("fk_section_texts_section_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["document_versions.id"],
            name=op.f("fk_section_texts_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_texts")),
        sa.UniqueConstraint("section_id", "version_id", name=op.f("uq_section_texts_section_id_version_id")),
    )
    op.create_index(op.f("ix_section_texts_version_id"), "section_texts", ["version_id"])
    op.add_column(
        "commitments",
        sa.Column(
            "document_id",
            sa.Integer(),
            sa.ForeignKey("documents.id", name="fk_commitments_document_id"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index(op.f("ix_commitments_document_id"), "commitments", ["document_id"])
    _versions_of_what_stands(documents, sections, versions, texts)


def _versions_of_what_stands(
    documents: sa.Table, sections: sa.Table, versions: sa.Table, texts: sa.Table
) -> None:
    link, now = op.get_bind(), datetime.now(UTC)
    cycles = sa.table("cycles", sa.column("id"), sa.column("code"))
    commitments = sa.table(
        "commitments",
        *(sa.column(name) for name in ("id", "cycle_id", "number", "document_id")),
        *(sa.column(name, WORDS) for _uid, name in SECTIONS),
        sa.column("published_at", sa.DateTime(timezone=True)),
    )
    rows = link.execute(
        sa.select(commitments, cycles.c.code).join(cycles, cycles.c.id == commitments.c.cycle_id)
    )
    for row in rows.all():
        said = [(uid, getattr(row, column)) for uid, column in SECTIONS]
        content = json.dumps(
            [[uid, uid, text, {}] for uid, text in said if any(text.values())],
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        document = link.execute(
            documents.insert().values(
                kind="commitment",
                cycle_id=row.cycle_id,
                reference=f"{row.code}-C{row.number:02d}",
                title=row.title,
                latest=1,
                published=1 if row.published_at else None,
            )
        ).inserted_primary_key[0]
        version = link.execute(
            versions.insert().values(
                document_id=document,
                number=1,
                message={},
                at=row.published_at or now,
                digest=hashlib.sha256(content.encode()).hexdigest(),
                published_at=row.published_at,
            )
        ).inserted_primary_key[0]
        for position, (uid, text) in enumerate(said, 1):
            section = link.execute(
                sections.insert().values(document_id=document, uid=uid, kind=uid, position=position)
            ).inserted_primary_key[0]
            link.execute(texts.insert().values(section_id=section, version_id=version, text=text, facts={}))
        of_row = commitments.c.id == row.id
        link.execute(commitments.update().where(of_row).values(document_id=document))


def downgrade() -> None:
    op.drop_index(op.f("ix_commitments_document_id"), "commitments")
    op.drop_column("commitments", "document_id")
    for name in ("section_texts", "document_versions", "document_sections", "documents"):
        op.drop_table(name)
