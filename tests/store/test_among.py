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
        query = sa.select(TABLE.c.name).where(among(TABLE.c.name, wanted, connection))
        assert set(connection.execute(query).scalars()) == set(NAMES) & set(wanted)


def test_the_statement_is_as_long_for_many_as_for_one() -> None:
    with memory_engine().connect() as connection:
        one, many = (
            str(sa.select(TABLE).where(among(TABLE.c.name, some, connection)).compile(connection))
            for some in (("a",), tuple(map(str, range(500))))
        )
    assert one == many
