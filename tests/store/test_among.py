"""Rows of which a column is one of many values: found as with a placeholder for each, by a statement of one length."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from anifro_desktop.store.among import among
from anifro_desktop.store.engine import memory_engine

TABLE = sa.Table("things", sa.MetaData(), sa.Column("name", sa.Text))
NAMES = ("a", "b", 'quoted "c"', "d'd", "è", "", "1", "null")


@pytest.mark.parametrize("wanted", [(), ("a",), ("a", "è", "1", "absent"), NAMES, ("b",) * 3], ids=str)
def test_the_same_rows_are_found(wanted: tuple[str, ...]) -> None:
    with memory_engine().begin() as connection:
        TABLE.metadata.create_all(connection)
        connection.execute(sa.insert(TABLE), [{"name": name} for name in NAMES])
        query = sa.select(TABLE.c.name).where(among(TABLE.c.name, "wanted", connection.dialect.name))
        found = connection.execute(query, {"wanted": list(wanted)}).scalars()
        assert set(found) == set(NAMES) & set(wanted)


def test_the_statement_is_as_long_for_many_as_for_one() -> None:
    said: list[str] = []
    with memory_engine().connect() as connection:
        sa.event.listen(
            connection, "before_cursor_execute", lambda _one, _two, text, *_more: said.append(text)
        )
        query = sa.select(TABLE).where(among(TABLE.c.name, "some", connection.dialect.name))
        TABLE.metadata.create_all(connection)
        said.clear()
        for some in (["a"], [str(number) for number in range(500)]):
            connection.execute(query, {"some": some})
    assert len(said) == 2
    assert said[0] == said[1]
