"""Whether the canteen's ledgers agree in a month (V-60 to V-64): told as things to look at, not as gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from school_logistics.errors import Unreadable
from school_logistics.models.canteen.accounts import CanteenAccount, DinerCount
from school_logistics.models.canteen.deliveries import DeliveryNote
from school_logistics.models.canteen.menus import MenuDish
from school_logistics.models.canteen.purchases import FoodPurchase, Ingredient
from school_logistics.models.canteen.samples import RetainedSample
from school_logistics.models.canteen.stock import StockOut
from school_logistics.models.office import Staff
from school_logistics.reports.canteen_money import Books, books_of
from school_logistics.reports.foods import Kitchen, kitchen_of
from school_logistics.rules.accounts import GRADES, AccountItem, balance_fault, totals
from school_logistics.rules.cross_checks import (
    certificates_sentence,
    income_sentence,
    notes_sentence,
    purchases_sentence,
    samples_apart,
    samples_sentence,
    stock_apart,
    stock_sentence,
)
from school_logistics.rules.food import AcceptanceResult
from school_logistics.rules.menus import band_of_grade
from school_logistics.rules.nutrition import BANDS, SEASONINGS, AgeBand
from school_logistics.rules.people import is_canteen_post, needs_health_certificate
from school_logistics.rules.samples import sample_asked
from school_logistics.rules.units import factor, read_conversions
from school_logistics.services.entries import Entries
from school_logistics.services.missing import Missing

if TYPE_CHECKING:
    from school_logistics.models.ledger import Ledger
    from school_logistics.reports.form import Entry, Source
    from school_logistics.rules.book import RuleBook
    from school_logistics.rules.calendar import Month
    from school_logistics.services.desk import Desk

_NOTHING = Decimal(0)
_KILOGRAM = "公斤"
_THOUSAND = Decimal(1000)
_MENU, _COUNT, _SAMPLE, _OUT = MenuDish.ledger, DinerCount.ledger, RetainedSample.ledger, StockOut.ledger
_BOUGHT, _NOTE, _ACCOUNT, _STAFF = FoodPurchase.ledger, DeliveryNote.ledger, CanteenAccount.ledger, Staff.ledger
_STEP = {
    "V-60": "食谱—出库",
    "V-61": "食谱—留样",
    "V-62": "进货—入库—月报",
    "V-63": "用餐人数—伙食费",
    "V-64": "健康证—从业人员",
}


class CrossChecks:
    """Asks one month's ledgers whether they agree."""

    def __init__(self, source: Source, month: Month, book: RuleBook, today: date) -> None:
        """`source` reads the ledgers; what is served today or later is not asked yet."""
        self._source = source
        self._month = month
        self._book = book
        self._on = min(month.last, today)
        self._kitchen = kitchen_of(source)
        self._menu = [row for row in source.entries(_MENU, month) if row["served_on"] < today]

    def all(self) -> list[Missing]:
        """What does not agree, in the order of the checks."""
        books = books_of(self._source, self._month)
        return [
            *self.recipes_and_stock(),
            *self.menu_and_samples(),
            *self.purchases_and_stock(books),
            *self.diners_and_income(books),
            *self.staff_and_certificates(),
        ]

    def recipes_and_stock(self) -> Iterator[Missing]:
        """V-60: recipes times diners against what went out for the meal."""
        outs = self._source.entries(_OUT, self._month)
        if not outs:
            return
        per_kilogram = self._kilograms()
        counts = {(row["counted_on"], row["meal"]): row for row in self._source.entries(_COUNT, self._month)}
        percent = self._book.number("cross.stock_percent", self._on)
        least = self._book.number("cross.stock_least", self._on)
        for (day, meal), rows in _by_meal(self._menu, "served_on").items():
            if (day, meal) not in counts:
                continue
            wanted = self._wanted([row.text("dish") for row in rows], counts[day, meal])
            taken = [row for row in outs if (row["issued_on"], row["purpose"]) == (day, meal)]
            issued = self._issued(taken, per_kilogram)
            far = stock_apart(wanted, issued, percent, least)
            if far:
                out = next(iter(taken), None)
                yield _told("V-60", "C05", _OUT, out, stock_sentence(far), day=day, title=meal)

    def menu_and_samples(self) -> Iterator[Missing]:
        """V-61: what was cooked against what was kept of it."""
        samples = self._source.entries(_SAMPLE, self._month)
        kept: dict[tuple[date, str], list[Entry]] = {}
        for row in samples:
            kept.setdefault((row["taken_at"].date(), row["meal"]), []).append(row)
        cooked = [row for row in self._menu if sample_asked(row.ledger.facts(row.values), row["served_on"], self._book)]
        planned = _by_meal(cooked, "served_on")
        for day, meal in sorted(planned):
            names = [row.text("dish") for row in kept.get((day, meal), ())]
            told = samples_sentence(samples_apart([row.text("dish") for row in planned[day, meal]], names))
            if told:
                first = next(iter(kept.get((day, meal), ())), None)
                yield _told("V-61", "C10", _SAMPLE, first, told, day=day, title=meal)

    def purchases_and_stock(self, books: Books) -> Iterator[Missing]:
        """V-62: what was bought against what came into stock and stands in the report, and against suppliers' notes."""
        lines = [
            row for row in self._source.entries(_BOUGHT, self._month) if row["result"] != AcceptanceResult.REJECTED
        ]
        bought = sum((row["amount"] or _NOTHING for row in lines), _NOTHING)
        goods = books.consumption(self._month.first, self._month.last)
        received = sum((one.bought for one in goods.values()), _NOTHING)
        uncounted = next((row for row in lines if row["stock_quantity"] is None), None)
        if told := purchases_sentence(bought, received):
            yield _told("V-62", "C24", _BOUGHT, uncounted, told)
        yield from self._notes(lines)

    def _notes(self, lines: Sequence[Entry]) -> Iterator[Missing]:
        """Each supplier's delivery notes against the lines that name them; a difference with its reason is settled."""
        notes: dict[str, list[Entry]] = {}
        for note in self._source.entries(_NOTE, self._month):
            if note["ticket_total"] is not None and not note["reason"]:
                notes.setdefault(note.text("supplier"), []).append(note)
        for supplier, own in notes.items():
            numbers = {note["note_no"] for note in own}
            named = [row for row in lines if row.text("supplier") == supplier and row["note_no"] in numbers]
            bought = sum((row["amount"] or _NOTHING for row in named), _NOTHING)
            billed = sum((note["ticket_total"] for note in own), _NOTHING)
            if told := notes_sentence(bought, billed, len(own)):
                yield _told("V-62", "C03", _NOTE, own[0], told, title=supplier)

    def diners_and_income(self, books: Books) -> Iterator[Missing]:
        """V-63: diners times price against what was booked; and whether the year's account is in balance."""
        booked = books.booked_in(self._month.first, self._month.last)
        due = books.due_in(self._month.first, self._month.last, self._book)
        percent = self._book.number("cross.income_percent", self._on)
        rows = self._source.entries(_ACCOUNT, self._month)
        for item, sum_due in ((AccountItem.PUPIL_MEALS, due.pupils), (AccountItem.STAFF_MEALS, due.staff)):
            if item in booked and (told := income_sentence(item.value, sum_due, booked[item], percent)):
                row = next((row for row in rows if row["item"] == item), None)
                yield _told("V-63", "C24", _ACCOUNT, row, told, title=item.value)
        year = totals(books.sums(books.year.first, self._month.last, self._book))
        fault = balance_fault(year.net, year.income, self._book.number("account.balance_percent", self._on))
        if fault and rows:
            yield _told("V-63", "C24", _ACCOUNT, rows[-1], fault, title="收支平衡")

    def staff_and_certificates(self) -> Iterator[Missing]:
        """V-64: people at work in the canteen against health certificates that are good."""
        people = [row for row in self._source.entries(_STAFF) if self._at_work(row)]
        without = [row for row in people if row["health_until"] is None or row["health_until"] < self._on]
        if told := certificates_sentence(len(people), [row.text("name") for row in without]):
            yield _told("V-64", "C12", _STAFF, without[0], told)

    def _at_work(self, row: Entry) -> bool:
        """Whether somebody works in the canteen on the day, in a post that needs the certificate."""
        if not is_canteen_post(row["post"]) or not needs_health_certificate(row["post"]):
            return False
        hired, left = row["hired_on"], row["left_on"]
        return (hired is None or hired <= self._on) and (left is None or left > self._on)

    # --- quantities --------------------------------------------------------------------------------

    def _wanted(self, dishes: Sequence[str], count: Entry) -> dict[str, Decimal]:
        """Kilograms of each main ingredient for those who ate; seasonings go out by the barrel and are left out."""
        found: dict[str, Decimal] = {}
        for band, people in _eaters(count, self._kitchen).items():
            for dish in dishes:
                for part in self._kitchen.parts(dish, band):
                    if part.food is None or part.food.group not in SEASONINGS:
                        found[part.ingredient] = found.get(part.ingredient, _NOTHING) + part.grams * people / _THOUSAND
        return found

    def _issued(self, outs: Iterable[Entry], per_kilogram: dict[int, Decimal]) -> dict[str, Decimal]:
        """Kilograms of each main ingredient that went out."""
        found: dict[str, Decimal] = {}
        for row in outs:
            name, weighs = row.text("ingredient"), per_kilogram.get(row["ingredient"])
            food = self._kitchen.food(name)
            if weighs is not None and (food is None or food.group not in SEASONINGS):
                found[name] = found.get(name, _NOTHING) + (row["issued"] or _NOTHING) * weighs
        return found

    def _kilograms(self) -> dict[int, Decimal]:
        """What one unit of each ingredient weighs, as far as somebody said so."""
        usual = tuple(one for word in self._book.words("food.units", self._on) for one in read_conversions(word))
        found: dict[int, Decimal] = {}
        for row in self._source.entries(Ingredient.ledger):
            try:
                own = read_conversions(row["conversions"])
            except Unreadable:
                own = ()
            weighs = factor(row["unit"], _KILOGRAM, own + usual)
            if weighs is not None:
                found[row.id] = weighs
        return found


def cross_checks(desk: Desk, month: Month) -> list[Missing]:
    """What does not agree between a month's ledgers."""
    with desk.store.reading() as session:
        return CrossChecks(Entries(desk, session), month, desk.book, desk.today).all()


def _eaters(count: Entry, kitchen: Kitchen) -> dict[AgeBand, Decimal]:
    """How many of each age ate: by grades, else all pupils of the ages that recipes tell; staff eat with the oldest."""
    bands = kitchen.bands or (AgeBand.NINE,)
    found: dict[AgeBand, Decimal] = {}
    for number, key in enumerate(GRADES, start=1):
        if count[key] is not None:
            band = min(bands, key=lambda one: abs(BANDS.index(one) - BANDS.index(band_of_grade(number))))
            found[band] = found.get(band, _NOTHING) + count[key]
    if not found and count["pupils"] is not None:
        found = {band: Decimal(count["pupils"]) / len(bands) for band in bands}
    others = (count["staff"] or 0) + (count["accompanying"] or 0)
    found[bands[-1]] = found.get(bands[-1], _NOTHING) + others
    return found


def _by_meal(rows: Iterable[Entry], happened: str) -> dict[tuple[date, str], list[Entry]]:
    found: dict[tuple[date, str], list[Entry]] = {}
    for row in rows:
        found.setdefault((row[happened], row["meal"] or ""), []).append(row)
    return found


def _told(
    step: str, form: str, ledger: Ledger, row: Entry | None, why: str, *, day: date | None = None, title: str = ""
) -> Missing:
    when = f"{day:%m-%d}" if day else ""
    one = row.id if row is not None and row.ledger is ledger else None
    return Missing(form, _STEP[step], ledger.key, one, "", when, title, why, step, "", look=True)
