"""The index of words of ideas, and a register that the database itself keeps append-only."""

from alembic import op

revision = "0002"
down_revision = "0001"

GENESIS = "0" * 64


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (WORDS_SQLITE + REGISTER_SQLITE) if sqlite else (WORDS_POSTGRESQL + REGISTER_POSTGRESQL):
        op.execute(statement)
    op.execute(f"INSERT INTO register_head (id, number, hash) VALUES (1, 0, '{GENESIS}')")


def downgrade() -> None:
    op.execute("DELETE FROM register_head")
    if op.get_bind().dialect.name == "sqlite":
        for name in (
            "register_no_update",
            "register_no_delete",
            "ideas_words_in",
            "ideas_words_out",
            "ideas_words_up",
        ):
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE ideas_words")
        return
    op.execute("DROP TRIGGER register_append_only ON register")
    op.execute("DROP FUNCTION refuse_change_of_register")
    op.execute("DROP INDEX ix_ideas_words")


WORDS_SQLITE = (
    "CREATE VIRTUAL TABLE ideas_words USING fts5"
    " (tokens, content='ideas', content_rowid='id', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER ideas_words_in AFTER INSERT ON ideas BEGIN"
    " INSERT INTO ideas_words (rowid, tokens) VALUES (new.id, new.tokens); END",
    "CREATE TRIGGER ideas_words_out AFTER DELETE ON ideas BEGIN"
    " INSERT INTO ideas_words (ideas_words, rowid, tokens) VALUES ('delete', old.id, old.tokens); END",
    "CREATE TRIGGER ideas_words_up AFTER UPDATE OF tokens ON ideas BEGIN"
    " INSERT INTO ideas_words (ideas_words, rowid, tokens) VALUES ('delete', old.id, old.tokens);"
    " INSERT INTO ideas_words (rowid, tokens) VALUES (new.id, new.tokens); END",
)
REGISTER_SQLITE = (
    "CREATE TRIGGER register_no_update BEFORE UPDATE ON register BEGIN"
    " SELECT RAISE(ABORT, 'the register is append-only'); END",
    "CREATE TRIGGER register_no_delete BEFORE DELETE ON register BEGIN"
    " SELECT RAISE(ABORT, 'the register is append-only'); END",
)
WORDS_POSTGRESQL = ("CREATE INDEX ix_ideas_words ON ideas USING gin (to_tsvector('simple', tokens))",)
REGISTER_POSTGRESQL = (
    "CREATE FUNCTION refuse_change_of_register() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'the register is append-only'; END $$",
    "CREATE TRIGGER register_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON register"
    " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_register()",
)
