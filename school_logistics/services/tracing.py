"""Where a dish or a delivery came from and where it went: supplier, papers of the day, batches, dishes, samples.

From a dish the way goes back by its recipe and what was issued that day to the deliveries; from a delivery it goes on
to what was issued of it, the dishes of those days and their samples. Every step says how it was found.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from school_logistics.errors import OfficeError
from school_logistics.models.checks import Level
from school_logistics.reports.traced import MOST, Evidence, Part, Trace, Verdict
from school_logistics.services.trace_papers import health_paper, supplier_papers
from school_logistics.services.trace_reading import Found, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from school_logistics.reports.pdf import Drawn
    from school_logistics.services.desk import Desk

PURCHASE, OUT, MENU, SAMPLE, RECIPE = "food_purchase", "stock_out", "menu_dish", "retained_sample", "recipe_line"
NOTE, COOKED, REJECTED, TEST = "delivery_note", "cooked_dish", "rejected_food", "pesticide_test"
DISHES = {MENU: "served_on", SAMPLE: "taken_at", COOKED: "cooked_on"}
"""The ledgers that name a dish, each with the field of its day."""
TRACEABLE = (PURCHASE, NOTE, OUT, REJECTED, *DISHES)
_FEW_DAYS = 4
_DOCUMENTS = (
    "quarantine_no", "quarantine_on", "quarantine_quantity", "meat_inspection_no", "swine_fever_no",
    "inspection_report_no", "commitment_no", "delivery_temperature",
)  # fmt: skip
_PEOPLE = (
    (PURCHASE, ("inspector", "second_inspector", "buyer", "storekeeper")),
    (OUT, ("receiver", "storekeeper")),
    (SAMPLE, ("sampler",)),
    (COOKED, ("cook",)),
)
_SEPARATORS = str.maketrans(dict.fromkeys("、，,；;/ ", "\n"))


class _Dish(NamedTuple):
    """A dish of one day and meal."""

    name: str
    day: date
    meal: str | None


class _Way(NamedTuple):
    """What was found on the way, before it is told."""

    batches: list[Found]
    issues: list[Found]
    dishes: list[Found]
    samples: list[Found]
    cooked: list[Found]
    """The temperatures at which dishes left the stove, and who measured them."""
    batches_by: str = ""
    dishes_by: str = ""
    guessed: frozenset[int] = frozenset()
    """The deliveries that no record names: the latest before the day."""


class Tracing:
    """Follows dishes and deliveries through the ledgers."""

    def __init__(self, desk: Desk) -> None:
        """The desk knows the ledgers."""
        self.desk = desk

    def can(self, ledger: str) -> bool:
        """Whether records of that ledger can be followed."""
        return ledger in TRACEABLE and ledger in self.desk.by_key

    def trace(self, ledger: str, one: int) -> Trace:
        """The whole way of one record; raises OfficeError when it is gone or cannot be followed."""
        if not self.can(ledger):
            label = self.desk.ledger(ledger).label
            raise OfficeError(f"{label}里的记录不能追溯；请从食谱、留样、采购、送货单或出库的一行开始。")
        with self.desk.store.reading() as session:
            return self._trace(session, ledger, one)

    def _trace(self, session: Session, ledger: str, one: int) -> Trace:
        reading = Reading(self.desk, session)
        start = reading.one(ledger, one)
        if start is None:
            raise OfficeError(f"{self.desk.ledger(ledger).label}里没有第 {one} 号记录，可能已经删除。")
        back = ledger in DISHES
        way = _back(reading, start) if back else _forth(reading, start)
        day = start.day(start.ledger.happened)
        title = f"{start.text(start.ledger.title)} · {day:%Y-%m-%d}" if day else start.text(start.ledger.title)
        if start["meal"]:
            title += f" {start.text('meal')}"
        keys = [field.key for field in start.ledger.fields if field.in_table and not field.personal][:8]
        parts = (_dish_parts if back else _batch_parts)(reading, way)
        return Trace(title, start.evidence(title, *keys), day, tuple(parts))


# --- the way back from a dish --------------------------------------------------------------------------


def _back(reading: Reading, start: Found) -> _Way:
    """From a dish to its ingredients, what was issued of them that day, and the deliveries they came from."""
    dish = _dish_of(start)
    lines = reading.where(RECIPE, dish=dish.name)
    wanted = {line["ingredient"] for line in lines} - {None}
    issued = [one for one in reading.where(OUT, issued_on=dish.day) if _same_meal(one["purpose"], dish.meal)]
    issues = [one for one in issued if one["ingredient"] in wanted] if wanted else issued
    batches = reading.some(PURCHASE, [one["batch"] for one in issues if one["batch"] is not None])
    covered = {one["ingredient"] for one in batches}
    guessed = [found for one in sorted(wanted - covered) if (found := _last_delivery(reading, one, dish.day))]
    told = []
    if not wanted:
        told.append("没有这道菜的用料，列当天领用的全部食材" if issues else "没有这道菜的用料")
    if guessed:
        names = "、".join(one.text("ingredient") for one in guessed)
        told.append(f"{names}当天没有出库记录，列之前最近一次进货")
    menu = [
        one for one in reading.where(MENU, served_on=dish.day, dish=dish.name) if _same_meal(one["meal"], dish.meal)
    ]
    samples = [one for one in reading.where(SAMPLE, taken_at=dish.day) if _is_dish(one, dish)]
    cooked = [one for one in reading.where(COOKED, cooked_on=dish.day) if _is_dish(one, dish)]
    return _Way(
        [*batches, *guessed],
        issues,
        menu,
        samples,
        cooked,
        "；".join(told),
        guessed=frozenset(one.id for one in guessed),
    )


def _dish_of(start: Found) -> _Dish:
    day = start.day(DISHES[start.ledger.key])
    if day is None or not start["dish"]:
        raise OfficeError(f"这条{start.ledger.label}没有写日期或菜名，追溯不了；请先补上。")
    return _Dish(str(start["dish"]), day, start["meal"])


def _last_delivery(reading: Reading, ingredient: int, day: date) -> Found | None:
    """The latest delivery of an ingredient up to a day, still good on it where its best-before day is known."""
    came = [one for one in reading.where(PURCHASE, ingredient=ingredient) if (on := one.day("bought_on")) and on <= day]
    good = [one for one in came if one["best_before"] is None or one["best_before"] >= day]
    return next(reversed(good or came), None)


# --- the way on from a delivery ------------------------------------------------------------------------


def _forth(reading: Reading, start: Found) -> _Way:
    """From a delivery to what was issued of it, the dishes of those days that use it, and their samples."""
    batches = _batches_of(reading, start)
    issues = reading.where(OUT, batch={one.id for one in batches}) if batches else []
    meals: dict[tuple[date, str | None], set[int]] = {}
    for one in issues:
        if (on := one.day("issued_on")) is not None:
            meals.setdefault((on, one["purpose"]), set()).add(one["ingredient"])
    told = ""
    issued = {one["batch"] for one in issues}
    unissued = [one for one in batches if one.id not in issued]
    for one in unissued:
        if (on := one.day("bought_on")) is not None:
            meals.setdefault((on, None), set()).add(one["ingredient"])
            told = "没有出库记录的，按进货当天的食谱算"
    dishes = _dishes(reading, MENU, meals)
    samples, cooked = _dishes(reading, SAMPLE, meals), _dishes(reading, COOKED, meals)
    return _Way(batches, issues, dishes, samples, cooked, dishes_by=told)


def _batches_of(reading: Reading, start: Found) -> list[Found]:
    if start.ledger.key == PURCHASE:
        return [start]
    if start.ledger.key == NOTE:
        return [
            one
            for one in reading.where(PURCHASE, supplier=start["supplier"], bought_on=start["came_on"])
            if one["note_no"] == start["note_no"]
        ]
    return reading.some(PURCHASE, [start["batch"]] if start["batch"] is not None else [])


def _dishes(reading: Reading, ledger: str, meals: Mapping[tuple[date, str | None], set[int]]) -> list[Found]:
    """What a ledger says of the dishes of some meals that use an ingredient, by their recipes."""
    found: dict[int, Found] = {}
    for (day, meal), ingredients in sorted(meals.items(), key=lambda one: one[0][0]):
        using = {line["dish"] for line in reading.where(RECIPE, ingredient=ingredients)}
        for one in reading.where(ledger, **{DISHES[ledger]: day}):
            if one["dish"] in using and _same_meal(one["meal"], meal):
                found[one.id] = one
    return list(found.values())


def _same_meal(one: object, other: object) -> bool:
    """Whether two meals are the same, as far as both are known."""
    return not one or not other or one == other


def _is_dish(one: Found, dish: _Dish) -> bool:
    return bool(one["dish"] == dish.name and _same_meal(one["meal"], dish.meal))


# --- telling it ----------------------------------------------------------------------------------------


def _dish_parts(reading: Reading, way: _Way) -> Iterable[Part]:
    if way.dishes:
        yield _part("当天食谱", _menu(way), "")
    yield from _cooked(reading, way)
    yield _samples(reading, way)
    yield from _batch_side(reading, way)
    yield _issues(way)
    yield from _people(reading, way)


def _batch_parts(reading: Reading, way: _Way) -> Iterable[Part]:
    yield from _batch_side(reading, way)
    yield _issues(way)
    yield _part("用到它的菜", _menu(way), "没有查到用它的菜：食谱或菜谱用料没有登记", way.dishes_by)
    yield from _cooked(reading, way)
    if way.dishes or way.samples:
        yield _samples(reading, way)
    yield from _people(reading, way)


def _batch_side(reading: Reading, way: _Way) -> Iterable[Part]:
    """Deliveries, who delivered them, the papers of that day, and what came with them."""
    deliveries = [_delivery(one, guessed=one.id in way.guessed) for one in way.batches]
    yield _part("进货批次", deliveries, "没有找到进货记录", way.batches_by)
    if not way.batches:
        return
    yield _part("供货单位当天的证照", _supplier_evidence(reading, way.batches), "进货记录没有写供货单位")
    yield _part("随货凭证", [_documents(reading, one) for one in way.batches], "")
    notes = _notes(reading, way.batches)
    if notes:
        yield _part("送货单", notes, "")
    tested = [
        one.evidence(one.text("sample"), "tested_on", "item", "inhibition", "result",
                     verdict=Verdict.BAD if one.text("result") in {"不合格", "阳性"} else Verdict.GOOD)
        for batch in way.batches
        for one in reading.where(TEST, tested_on=batch.day("bought_on"), sample=batch.text("ingredient"))
    ]  # fmt: skip
    if tested:
        yield _part("当天快检", tested, "")
    thrown = [
        one.evidence(one.text("ingredient"), "found_on", "quantity", "cause", "method", verdict=Verdict.LOOK)
        for one in reading.where(REJECTED, batch={batch.id for batch in way.batches})
    ]
    if thrown:
        yield _part("同批不合格处置", thrown, "")


def _delivery(one: Found, *, guessed: bool) -> Evidence:
    day = one.day("bought_on")
    refused = "拒" in one.text("result")
    verdict = Verdict.BAD if refused else Verdict.LOOK if guessed else Verdict.TOLD
    return one.evidence(
        f"{day:%m-%d} {one.text('ingredient')}" if day else one.text("ingredient"),
        "supplier", "quantity", "specification", "produced_on", "lot_no", "best_before", "result",
        verdict=verdict, word="拒收" if refused else "推测" if guessed else "",
    )  # fmt: skip


def _supplier_evidence(reading: Reading, batches: Sequence[Found]) -> list[Evidence]:
    """Each supplier once, with the papers of its days of delivery; days on which they stood alike are told together."""
    days: dict[int, set[date]] = {}
    for one in batches:
        if one["supplier"] is not None and (day := one.day("bought_on")) is not None:
            days.setdefault(one["supplier"], set()).add(day)
    found: list[Evidence] = []
    for supplier in reading.some("supplier", days):
        found.append(supplier.evidence(supplier.text("name"), "source_kind", "address", "contact"))
        papers = [
            (paper, day) for day in sorted(days[supplier.id]) for paper in supplier_papers(reading, supplier, day)
        ]
        found += _together(papers, "进货")
    return found


def _together(told: Iterable[tuple[Evidence, date]], did: str) -> list[Evidence]:
    """Evidence that stood alike on several days, once, with those days."""
    alike: dict[Evidence, list[date]] = {}
    for one, day in told:
        alike.setdefault(one, []).append(day)
    return [one._replace(facts=(*one.facts, (did, _days(days)))) for one, days in alike.items()]


def _days(days: Iterable[date]) -> str:
    """04-17、05-08; many of them from the first to the last."""
    told = sorted(set(days))
    if len(told) > _FEW_DAYS:
        return f"{told[0]:%m-%d} 至 {told[-1]:%m-%d} 共 {len(told)} 天"
    return "、".join(f"{day:%m-%d}" for day in told)


def _documents(reading: Reading, batch: Found) -> Evidence:
    """What came with a delivery, and what the law wants and is not there."""
    lacking = reading.lacking(batch)
    verdict = Verdict.BAD if lacking else Verdict.GOOD
    found = batch.evidence(batch.text("ingredient"), *_DOCUMENTS, verdict=verdict)
    if lacking:
        return found._replace(facts=(*found.facts, *(("缺：", one) for one in lacking)), word="不全")
    return found._replace(facts=found.facts or (("", "这类食材不要求另附凭证"),), word="齐全")


def _notes(reading: Reading, batches: Sequence[Found]) -> list[Evidence]:
    """The delivery notes; where that ledger has none, the numbers written down with the lines."""
    found: dict[tuple[object, ...], Evidence] = {}
    for one in batches:
        number = one["note_no"]
        if not number:
            continue
        key = (one["supplier"], one["bought_on"], number)
        kept = [note for note in reading.where(NOTE, supplier=one["supplier"], came_on=one["bought_on"])
                if note["note_no"] == number]  # fmt: skip
        title = f"送货单 {number}"
        told = kept[0].evidence(title, "came_on", "ticket_total", "deliverer", "buyer", "reason") if kept else None
        found[key] = told or one.evidence(title, "bought_on", "supplier")
    return list(found.values())


def _issues(way: _Way) -> Part:
    told = [
        one.evidence(_meal_of(one), "ingredient", "issued", "receiver", "storekeeper", "skip_reason")
        for one in way.issues
    ]
    return _part("出库领用", told, "没有这一批的出库记录")


def _meal_of(issue: Found) -> str:
    """10-06 午餐."""
    day = issue.day("issued_on")
    return " ".join(part for part in (f"{day:%m-%d}" if day else "没有日期", issue.text("purpose")) if part)


def _menu(way: _Way) -> list[Evidence]:
    return [
        one.evidence(f"{one.day('served_on'):%m-%d} {one.text('meal')} {one.text('dish')}", "course", "cooking")
        for one in way.dishes
    ]


def _samples(reading: Reading, way: _Way) -> Part:
    told = [
        _judged(reading, one, f"{one.text('taken_at')} {one.text('dish')}",
                ("grams", "container_no", "sampler", "keep_until", "cleared_at"), good="已留样")
        for one in way.samples
    ]  # fmt: skip
    return _part("留样", told, "没有留样记录")


def _cooked(reading: Reading, way: _Way) -> Iterable[Part]:
    told = [
        _judged(reading, one, f"{one.day('cooked_on'):%m-%d} {one.text('meal')} {one.text('dish')}",
                ("core_celsius", "cooked_at", "served_at", "holding_celsius", "cook", "spot_fix"), good="烧熟")
        for one in way.cooked
    ]  # fmt: skip
    if told:
        yield _part("烧熟温度", told, "")


def _judged(reading: Reading, one: Found, title: str, keys: Sequence[str], *, good: str) -> Evidence:
    """A record as its own ledger's rules judge it, with what they say against it."""
    against = reading.against(one)
    if not against:
        return one.evidence(title, *keys, verdict=Verdict.GOOD, word=good)
    bad = any(found.level >= Level.GAP for found in against)
    told = one.evidence(title, *keys, verdict=Verdict.BAD if bad else Verdict.LOOK, word="不符" if bad else "请核对")
    return told._replace(facts=(*told.facts, *(("问题：", found.sentence) for found in against)))


def _people(reading: Reading, way: _Way) -> Iterable[Part]:
    """Who handled it, each with the health certificate of that day where the person is on file."""
    records = {PURCHASE: way.batches, OUT: way.issues, SAMPLE: way.samples, COOKED: way.cooked}
    known = {one.text("name"): one for one in reading.where("staff")}
    duties: dict[str, dict[date, set[str]]] = {}
    for ledger, fields in _PEOPLE:
        for one in records[ledger]:
            day = one.day(one.ledger.happened)
            if day is None:
                continue
            named = [(name, one.ledger.field(key).label) for key in fields for name in _names(one.text(key))]
            for name, label in named:
                duties.setdefault(name, {}).setdefault(day, set()).add(label)
    evidence = [told for name, days in duties.items() for told in _person(reading, name, days, known.get(name))]
    if evidence:
        yield _part("经手人和健康证", evidence, "")


def _person(reading: Reading, name: str, days: dict[date, set[str]], person: Found | None) -> list[Evidence]:
    """What a person did on which days, with the health certificate of those days if there is one."""
    told: list[tuple[Evidence, date]] = []
    for day, did in sorted(days.items()):
        work = ("", "、".join(sorted(did)))
        paper = health_paper(reading, person, day) if person is not None else None
        if person is None or paper is None or paper.id is None:
            told.append((Evidence(name, (work,), "staff" if person else "", person.id if person else None), day))
        else:
            told.append(
                (Evidence(name, (work, *paper.facts), "staff", person.id, paper.verdict, f"健康证{paper.word}"), day)
            )
    return _together(told, "经手")


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.translate(_SEPARATORS).split("\n") if name.strip()]


def _part(heading: str, evidence: Sequence[Evidence], none: str, note: str = "") -> Part:
    return Part(heading, tuple(evidence[:MOST]), none, note, max(len(evidence) - MOST, 0))


def sheet(desk: Desk, trace: Trace) -> Drawn:
    """The trace as a PDF of the form it is handed over on."""
    from school_logistics.reports.pdf import draw
    from school_logistics.reports.traced import TITLE, paper_of

    paper = paper_of(trace, school_name(desk), desk.today)
    return draw([paper], title=f"{TITLE} {trace.title}", made_on=desk.today)


def school_name(desk: Desk) -> str:
    """The school as forms name it."""
    from school_logistics.services.rows import Query

    only = next((ledger for ledger in desk.ledgers() if ledger.once), None)
    rows = desk.first_page(only, Query(), 1) if only is not None else []
    return str(desk.draft(only, rows[0].id).get(only.title) or "") if only is not None and rows else ""
