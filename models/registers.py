"""Writing a register: name the fields, their values, and every write that this one has seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from models.log import Author, Row, record
from models.projections import open_writes

if TYPE_CHECKING:
    from models.connection import Connection


def set_fields(
    conn: Connection,
    author: Author,
    entity: str,
    entity_id: str,
    values: Mapping[str, Any],
    *,
    new: bool,
    subject: str | None = None,
) -> Row:
    """Write fields of an entity. ``new`` says that nothing is known of it yet, which saves a look.

    ``subject`` is the person whom they are about.

    The body names all open writes of each field, not only the winning one: else the loser of a
    conflict would come back.
    """
    body: dict[str, Any] = {"set": dict(values)}
    if not new:
        leaves = open_writes(conn, entity_id)
        base = {field: [change for change, _ in leaves[field]] for field in values if field in leaves}
        if base:
            body["base"] = base
    return record(conn, author, f"{entity}.set", entity, entity_id, body, subject=subject)
