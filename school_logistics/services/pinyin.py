"""Pinyin initials, by which a name is found in every chooser. The dictionary is loaded when first asked."""

from __future__ import annotations

from functools import cache, lru_cache

_SURNAMES = {
    "单": "s",
    "曾": "z",
    "解": "x",
    "仇": "q",
    "朴": "p",
    "查": "z",
    "区": "o",
    "盖": "g",
    "覃": "q",
    "翟": "z",
}
"""Surnames read otherwise than the word; the dictionary does not know who is a person."""


@lru_cache(maxsize=20_000)
def readings(name: str) -> tuple[frozenset[str], ...]:
    """For each character the letters with which it may begin; letters and digits stand for themselves."""
    found = [_letters(character) for character in name.casefold()]
    if name[:1] in _SURNAMES:
        found[0] |= {_SURNAMES[name[0]]}
    return tuple(found)


@cache
def _letters(character: str) -> frozenset[str]:
    """Thousands of names are written with some hundred characters, so each is looked up once."""
    from pypinyin import Style, pinyin

    letters = {one for one in pinyin(character, style=Style.FIRST_LETTER, heteronym=True)[0] if one}
    return frozenset(letters or {character})


@lru_cache(maxsize=20_000)
def initials(name: str) -> str:
    """The usual initials of a name, for show.

    >>> initials("鸡腿")
    'jt'
    """
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name.casefold(), style=Style.FIRST_LETTER)).replace(" ", "")


def how_well(name: str, typed: str, place: int) -> int:
    """How well what was typed fits a name at that place; less is better.

    0 is the whole name, by its characters or usual initials, 1 its beginning read as usual, 2 its beginning by a rare
    reading, 3 further on.

    >>> [how_well(name, "td", 0) for name in ("土豆", "土豆丝", "大豆油")], how_well("鲜土豆", "td", 1)
    ([0, 1, 2], 3)
    """
    wanted = typed.casefold().replace(" ", "")
    if not wanted:
        return 0
    if place > 0:
        return 3
    usual = (initials(name), name.casefold())
    if wanted in usual:
        return 0
    return 1 if any(one.startswith(wanted) for one in usual) else 2


def place_in(name: str, typed: str) -> int | None:
    """Where in a name the typed letters or characters fit: 0 at its start, None nowhere.

    >>> place_in("鸡腿菇", "jt"), place_in("琵琶鸡腿", "jt"), place_in("鸡腿", "腿"), place_in("鸡腿", "x")
    (0, 2, 1, None)
    """
    wanted = typed.casefold().replace(" ", "")
    if not wanted:
        return 0
    literal = name.casefold().find(wanted)
    if literal >= 0 or not wanted.isascii():
        return literal if literal >= 0 else None
    read = readings(name)
    for start in range(len(read) - len(wanted) + 1):
        if all(letter in read[start + place] for place, letter in enumerate(wanted)):
            return start
    return None
