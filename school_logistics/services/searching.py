"""Looking for a record in every ledger at once: by its words, its number, or the pinyin initials of its name.

Files come before dated rows, since a supplier is sought more often than one of its hundred deliveries, and first of
all what is itself called so; of the rest the newest come first; no ledger takes more than its share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.services import pinyin
from school_logistics.services.rows import Found, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from school_logistics.models.ledger import Ledger
    from school_logistics.services.desk import Desk
    from school_logistics.services.rows import Row

SHARE = 8
"""So many hits of one ledger, at most."""
_TOLD = 4


def search_everywhere(desk: Desk, words: str, limit: int = 40) -> list[Found]:
    """The records of any ledger that contain these words, best first."""
    wanted = words.strip()
    if not wanted:
        return []
    found: list[Found] = []
    for ledger in sorted(desk.ledgers(), key=lambda one: bool(one.happened)):
        hits = [_found(ledger, row) for row in desk.rows(ledger, _ids(desk, ledger, wanted))]
        if not ledger.happened and not wanted.isascii():
            hits.sort(key=lambda one: -one.id)  # what was registered last; initials come in an order of their own
        found += hits
        if len(found) >= limit:
            break
    return sorted(found, key=lambda one: (bool(desk.ledger(one.ledger).happened), wanted not in one.title))[:limit]


def _ids(desk: Desk, ledger: Ledger, words: str) -> list[int]:
    newest_first = Query(text=words, sort=ledger.happened, descending=bool(ledger.happened))
    ids = [row.id for row in desk.first_page(ledger, newest_first, SHARE)]
    if words.isascii() and not ledger.happened and len(ids) < SHARE:
        ids += [one for one in _by_initials(desk, ledger, words) if one not in ids]
    return ids[:SHARE]


def _by_initials(desk: Desk, ledger: Ledger, words: str) -> Iterator[int]:
    """Records of a file whose name has these initials: as it is usually read first, then those that begin with them."""
    with desk.store.reading() as session:
        names = desk.naming.names(session, ledger.key)
    found = [
        (words.casefold() not in pinyin.initials(name), place, one)
        for one, name in names.items()
        if (place := pinyin.place_in(name, words)) is not None
    ]
    return (one for _, _, one in sorted(found))


def _found(ledger: Ledger, row: Row) -> Found:
    texts = dict(zip((field.key for field in ledger.fields), row.texts, strict=True))
    title = texts[ledger.title]
    told = [texts[field.key] for field in ledger.fields if field.in_table and not field.personal]
    return Found(ledger.key, row.id, title, " · ".join([one for one in told if one and one != title][:_TOLD]))
