"""What food gives: the composition that is shipped, and what the school has written down over it.

An ingredient finds its food by its name, by one of the other names the table gives it, or by how its name ends:
东北大米 is 大米.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from types import SimpleNamespace
from typing import NamedTuple

from school_logistics.models.canteen.menus import FoodComposition, RecipeLine
from school_logistics.paths import resource_path
from school_logistics.reports.form import Entry, Source
from school_logistics.rules.menus import bands_told, grams_for
from school_logistics.rules.nutrition import NUTRIENTS, AgeBand, Food, FoodGroup, Portion

_HUNDRED = Decimal(100)
_LEAST_TAIL = 2
"""Characters that the end of a name must share with a food."""
_BRACKETS = re.compile(r"[（(].*?[）)]")


class Part(NamedTuple):
    """One ingredient of a dish, for one age."""

    ingredient: str
    food: Food | None
    grams: Decimal


class Kitchen:
    """The recipes and foods of the school, read once for a form or a page."""

    def __init__(self, recipes: Iterable[Entry], foods: Iterable[Entry]) -> None:
        """`recipes` are the lines of the recipe ledger, `foods` what the school has written down itself."""
        self._lines: dict[str, list[Entry]] = {}
        for line in recipes:
            self._lines.setdefault(line.text("dish"), []).append(line)
        self._foods = dict(shipped_foods())
        for own in map(_food_of, foods):
            shipped = self._foods.get(own.name)
            same = [name for name, known in self._foods.items() if shipped is not None and known is shipped]
            self._foods |= dict.fromkeys((own.name, *same), own)
        rows = [_row(line) for lines in self._lines.values() for line in lines]
        self.bands: tuple[AgeBand, ...] = bands_told(rows)

    def dishes(self) -> tuple[str, ...]:
        """The dishes that have a recipe."""
        return tuple(self._lines)

    def parts(self, dish: str, band: AgeBand) -> tuple[Part, ...]:
        """What goes into a dish for one pupil of an age; nothing where it has no recipe."""
        found = []
        for line in self._lines.get(dish, ()):
            grams = grams_for(_row(line), band)
            if grams is not None:
                name = line.text("ingredient")
                found.append(Part(name, self.food(name), grams))
        return tuple(found)

    def portions(self, dishes: Iterable[str], band: AgeBand) -> list[Portion]:
        """What a pupil of an age eats with these dishes, as far as the foods are known."""
        parts = (part for dish in dishes for part in self.parts(dish, band))
        return [Portion(part.food, part.grams) for part in parts if part.food]

    def unknown(self, dishes: Iterable[str]) -> tuple[str, ...]:
        """The dishes without a recipe: what is reckoned leaves them out."""
        return tuple(dict.fromkeys(dish for dish in dishes if dish not in self._lines))

    def without_food(self, dishes: Iterable[str]) -> tuple[str, ...]:
        """The ingredients of these dishes whose composition nobody knows: what is reckoned leaves them out too."""
        lines = (line for dish in dishes for line in self._lines.get(dish, ()))
        names = dict.fromkeys(line.text("ingredient") for line in lines)
        return tuple(name for name in names if self.food(name) is None)

    def left_out(self, dishes: Iterable[str]) -> str:
        """A sentence about what is not reckoned in; "" when everything is."""
        served = list(dishes)
        told = (("没有填用料", self.unknown(served)), ("没有食物成分", self.without_food(served)))
        return "".join(f"未计入（{why}）：{'、'.join(names)}。" for why, names in told if names)

    def food(self, name: str) -> Food | None:
        """The food that an ingredient is."""
        plain = _BRACKETS.sub("", name).strip()
        if plain in self._foods:
            return self._foods[plain]
        ends = [known for known in self._foods if len(known) >= _LEAST_TAIL and plain.endswith(known)]
        return self._foods[max(ends, key=len)] if ends else None


def kitchen_of(source: Source) -> Kitchen:
    """The recipes and foods behind a form."""
    return Kitchen(source.entries(RecipeLine.ledger), source.entries(FoodComposition.ledger))


@lru_cache(maxsize=1)
def shipped_foods() -> Mapping[str, Food]:
    """The composition that is shipped, by every name of each food."""
    text = resource_path("nutrition", "foods.toml").read_text(encoding="utf-8")
    found: dict[str, Food] = {}
    for name, others, group, edible, counts, *given in tomllib.loads(text, parse_float=Decimal)["foods"]:
        per_hundred = {one.key: Decimal(value) for one, value in zip(NUTRIENTS, given, strict=True)}
        food = Food(name, FoodGroup(group), Decimal(edible), Decimal(counts), per_hundred)
        found |= dict.fromkeys((name, *(other for other in others.split("、") if other)), food)
    return found


def _food_of(entry: Entry) -> Food:
    """A food as the school has written it down; what it leaves open gives nothing."""
    return Food(
        entry.text("name"),
        FoodGroup(entry["food_group"]),
        _HUNDRED if entry["edible"] is None else entry["edible"],
        _HUNDRED if entry["counts"] is None else entry["counts"],
        {one.key: entry[one.key] for one in NUTRIENTS if entry[one.key] is not None},
    )


def _row(line: Entry) -> SimpleNamespace:
    return line.ledger.facts(line.values)
