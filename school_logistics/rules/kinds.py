"""The kinds of value a ledger can hold: how each is read, checked and shown.

A kind knows neither SQL nor Qt. What a kind becomes in the database, in the window or in a workbook
stands in one table per technology, keyed by the kind's name.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Generic, NamedTuple, TypeAlias, TypeVar

from school_logistics.errors import Unreadable
from school_logistics.rules.dates import FOREVER, MonthOrDay, Reading, read_day, read_month_or_day
from school_logistics.rules.figures import DIGITS_A_FLOAT_KEEPS, half_width, read_number, rounded

V = TypeVar("V")
Plain: TypeAlias = str | int | bool | None
"""What the audit keeps of a value."""

BLANKS = frozenset({"", "—", "-", "－", "–", "/", "／", "无", "N/A"})
"""Cells in which a clerk says that there is nothing."""
_YES = frozenset({"是", "有", "√", "✓", "对", "1", "y", "yes", "true"})
_NO = frozenset({"否", "无", "没有", "×", "✗", "x", "0", "n", "no", "false"})


class Kind(ABC, Generic[V]):
    """One kind of value. None stands for blank everywhere."""

    name: ClassVar[str]
    align: ClassVar[str] = "left"

    @abstractmethod
    def read(self, typed: object, on: Reading) -> V | None:
        """Take what was typed or found in a cell; raise Unreadable with a sentence when it makes no sense."""

    @abstractmethod
    def show(self, value: V | None) -> str:
        """The text for screen and paper."""

    def typed(self, value: V | None) -> str:
        """The text an editor starts with: read() takes it back unchanged."""
        return self.show(value)

    def plain(self, value: V | None) -> Plain:
        """The same value for the same thing, whatever way it was written, fit for JSON."""
        return None if value is None else self.typed(value)

    def holds(self, value: V) -> bool:
        """Whether a value that was worked out is one that can be kept."""
        del value
        return True

    def from_plain(self, plain: Plain) -> V | None:
        """Take back what plain() gave."""
        return None if plain is None else self.read(str(plain), Reading(date(2000, 1, 1)))


AnyKind: TypeAlias = Kind[Any]


@dataclass(frozen=True)
class Text(Kind[str]):
    """Words."""

    max_chars: int = 60
    lines: int = 1
    name: ClassVar[str] = "text"

    def read(self, typed: object, on: Reading) -> str | None:
        """Outer spaces and line ends go; a whole number from a cell loses its '.0'."""
        text = re.sub(r"[\s\u3000]+", " ", _as_text(typed)).strip() if self.lines == 1 else _as_text(typed).strip()
        if len(text) > self.max_chars:
            msg = f"最多 {self.max_chars} 个字，现有 {len(text)} 个"
            raise Unreadable(msg)
        return text or None

    def show(self, value: str | None) -> str:
        """As it is."""
        return value or ""


@dataclass(frozen=True)
class Code(Kind[str]):
    """A number that is a name: licences, identity numbers, telephones. Digits are kept as text."""

    max_chars: int = 30
    name: ClassVar[str] = "code"

    def read(self, typed: object, on: Reading) -> str | None:
        """Half-width, upper case, no spaces inside. A long number that a workbook kept as a float is refused."""
        if isinstance(typed, float) and abs(typed) >= 10**DIGITS_A_FLOAT_KEEPS:
            msg = "被表格存成了数字，尾数已丢失；请照原件重填，单元格格式设为“文本”"
            raise Unreadable(msg)
        text = re.sub(r"\s+", "", half_width(_as_text(typed))).upper()
        if re.fullmatch(r"\d(\.\d+)?E\+\d+", text):
            msg = f"「{text}」是表格的科学计数，号码已不全；请照原件重填"
            raise Unreadable(msg)
        if len(text) > self.max_chars:
            msg = f"最多 {self.max_chars} 位，现有 {len(text)} 位"
            raise Unreadable(msg)
        return None if text in BLANKS else text

    def show(self, value: str | None) -> str:
        """As it is."""
        return value or ""


@dataclass(frozen=True)
class Choice(Kind[str]):
    """One word of a short list."""

    options: tuple[str, ...]
    name: ClassVar[str] = "choice"

    def read(self, typed: object, on: Reading) -> str | None:
        """The word itself, or the only one that begins with what was typed."""
        text = half_width(_as_text(typed))
        if text in self.options:
            return text
        if text in BLANKS:
            return None
        begins = [option for option in self.options if option.startswith(text)]
        if len(begins) == 1:
            return begins[0]
        msg = f"「{text}」不在可选项里；可选：{'、'.join(self.options)}"
        raise Unreadable(msg)

    def show(self, value: str | None) -> str:
        """The word."""
        return value or ""


def choice_of(words: type[StrEnum]) -> Choice:
    """The kind whose options are the words of an enum, in its order."""
    return Choice(tuple(str(word) for word in words))


@dataclass(frozen=True)
class Flag(Kind[bool]):
    """Yes or no."""

    name: ClassVar[str] = "flag"
    align: ClassVar[str] = "center"

    def read(self, typed: object, on: Reading) -> bool | None:
        """是 否 有 无 √ × 1 0."""
        if typed is None or isinstance(typed, bool):
            return typed
        text = half_width(_as_text(typed)).casefold()
        if text in _YES or text in _NO:
            return text in _YES
        if text in BLANKS:
            return None
        msg = f"「{text}」请填“是”或“否”"
        raise Unreadable(msg)

    def show(self, value: bool | None) -> str:
        """是 or 否."""
        return "" if value is None else "是" if value else "否"

    def plain(self, value: bool | None) -> Plain:
        """Itself."""
        return value

    def from_plain(self, plain: Plain) -> bool | None:
        """Itself."""
        return None if plain is None else bool(plain)


@dataclass(frozen=True)
class Count(Kind[int]):
    """How many: whole, never negative unless it says so."""

    unit: str = ""
    least: int = 0
    most: int | None = None
    name: ClassVar[str] = "count"
    align: ClassVar[str] = "right"

    def read(self, typed: object, on: Reading) -> int | None:
        """A whole number, also `41人`, `12*2`."""
        number = _number(typed, self.unit)
        if number is None:
            return None
        if number != number.to_integral_value():
            msg = f"「{_as_text(typed)}」要填整数"
            raise Unreadable(msg)
        _bounded(number, self.least, self.most)
        return int(number)

    def holds(self, value: int) -> bool:
        """Within what the data file can hold."""
        return abs(value) < _TOO_BIG

    def show(self, value: int | None) -> str:
        """With thousands marks."""
        return "" if value is None else f"{value:,}".replace("-", "−")

    def typed(self, value: int | None) -> str:
        """Digits only."""
        return "" if value is None else str(value)

    def plain(self, value: int | None) -> Plain:
        """Itself."""
        return value


@dataclass(frozen=True)
class Amount(Kind[Decimal]):
    """A measured or counted amount with a fixed number of decimals; money is Amount(2), kept in fen.

    `shown` decimals always stand on screen and paper; further ones only where they are not zero.
    """

    places: int = 2
    unit: str = ""
    shown: int = 2
    signed: bool = False
    most: int | None = None
    name: ClassVar[str] = "amount"
    align: ClassVar[str] = "right"

    def read(self, typed: object, on: Reading) -> Decimal | None:
        """A number, its unit allowed behind it, or a small sum; half up to the places kept."""
        number = _number(typed, self.unit)
        if number is None:
            return None
        if not self.signed:
            _bounded(number, 0, self.most)
        return rounded(number, self.places)

    def holds(self, value: Decimal) -> bool:
        """Within what the data file can hold."""
        return value.is_finite() and abs(value) < _TOO_BIG

    def show(self, value: Decimal | None) -> str:
        """With thousands marks, at least `shown` decimals."""
        if value is None:
            return ""
        text = f"{rounded(value, self.places):,f}"
        while self.places > self.shown and text.endswith("0") and len(text.partition(".")[2]) > self.shown:
            text = text[:-1]
        return text.rstrip(".").replace("-", "−")

    def typed(self, value: Decimal | None) -> str:
        """As shown, without thousands marks."""
        return self.show(value).replace(",", "").replace("−", "-")

    def from_plain(self, plain: Plain) -> Decimal | None:
        """Exact."""
        return None if plain is None else rounded(Decimal(str(plain)), self.places)


@dataclass(frozen=True)
class Day(Kind[date]):
    """A day of the calendar."""

    ahead: bool = False
    name: ClassVar[str] = "day"

    def read(self, typed: object, on: Reading) -> date | None:
        """3.5, 3月5日, 20260305, 今, +1."""
        if _blank(typed):
            return None
        return read_day(typed, Reading(on.today, on.first, on.last, self.ahead))

    def show(self, value: date | None) -> str:
        """2026-03-05."""
        return "" if value is None else value.isoformat()

    def plain(self, value: date | None) -> Plain:
        """ISO, also for a day without end."""
        return None if value is None else value.isoformat()

    def from_plain(self, plain: Plain) -> date | None:
        """Exact."""
        return None if plain is None else date.fromisoformat(str(plain))


@dataclass(frozen=True)
class Until(Day):
    """The last day on which something holds, or 长期."""

    ahead: bool = True
    name: ClassVar[str] = "until"

    def read(self, typed: object, on: Reading) -> date | None:
        """A day, 长期, or a month whose last day is meant."""
        if isinstance(typed, str) and re.sub(r"\s", "", typed) in {"长期", "长期有效", "永久"}:
            return FOREVER
        if _is_forever(typed):
            return FOREVER
        if _blank(typed):
            return None
        return read_month_or_day(typed, Reading(on.today, ahead=True)).last

    def show(self, value: date | None) -> str:
        """2026-03-05 or 长期."""
        return "长期" if value == FOREVER else super().show(value)


@dataclass(frozen=True)
class MonthOrDate(Kind[MonthOrDay]):
    """A day of which sometimes only the month is known; no day is made up."""

    name: ClassVar[str] = "month_or_day"

    def read(self, typed: object, on: Reading) -> MonthOrDay | None:
        """2022-08, 2019年8月 or a full day."""
        return None if _blank(typed) else read_month_or_day(typed, on)

    def show(self, value: MonthOrDay | None) -> str:
        """2022-08 or 2022-08-15."""
        return "" if value is None else str(value)

    def from_plain(self, plain: Plain) -> MonthOrDay | None:
        """Exact."""
        return None if plain is None else MonthOrDay.parse(str(plain))


class Span(NamedTuple):
    """From a time of day to a later one."""

    start: time
    end: time

    def __str__(self) -> str:
        """14:00-14:40."""
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True)
class TimeOfDay(Kind[time]):
    """Hours and minutes."""

    name: ClassVar[str] = "time"

    def read(self, typed: object, on: Reading) -> time | None:
        """7:30, 7点30, 0730."""
        if isinstance(typed, datetime):
            return typed.time().replace(second=0, microsecond=0)
        if isinstance(typed, time):
            return typed.replace(second=0, microsecond=0)
        return None if _blank(typed) else _time(_as_text(typed))

    def show(self, value: time | None) -> str:
        """07:30."""
        return "" if value is None else f"{value:%H:%M}"


@dataclass(frozen=True)
class TimeSpan(Kind[Span]):
    """From when to when within a day."""

    name: ClassVar[str] = "span"

    def read(self, typed: object, on: Reading) -> Span | None:
        """14:00-14:40; the end must come after the start."""
        if isinstance(typed, Span):
            return typed
        if _blank(typed):
            return None
        parts = re.split(r"[-~～—–至到]+", half_width(_as_text(typed)))
        if len(parts) != len(Span._fields):
            msg = f"「{_as_text(typed)}」请填起止时间，如 14:00-14:40"
            raise Unreadable(msg)
        span = Span(_time(parts[0]), _time(parts[1]))
        if span.end <= span.start:
            msg = f"「{_as_text(typed)}」结束要晚于开始"
            raise Unreadable(msg)
        return span

    def show(self, value: Span | None) -> str:
        """14:00-14:40."""
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Moment(Kind[datetime]):
    """A day and a time, to the minute."""

    name: ClassVar[str] = "moment"

    def read(self, typed: object, on: Reading) -> datetime | None:
        """11-20 11:20, 11月20日11时20分, 今 11:20."""
        if isinstance(typed, datetime):
            return datetime.combine(read_day(typed, on), typed.time().replace(second=0, microsecond=0))
        if _blank(typed):
            return None
        text = half_width(_as_text(typed)).replace("T", " ")
        match = re.fullmatch(r"(.*?)[\s日]*(\d{1,2})[:点时](\d{1,2})?(?::\d{2})?分?", text)
        if not match or not match[1]:
            msg = f"「{_as_text(typed)}」请填日期和时间，如 11-20 11:20"
            raise Unreadable(msg)
        day = read_day(match[1].removesuffix("日"), on)
        return datetime.combine(day, _time(f"{match[2]}:{match[3] or '00'}"))

    def show(self, value: datetime | None) -> str:
        """2026-11-20 11:20."""
        return "" if value is None else f"{value:%Y-%m-%d %H:%M}"


@dataclass(frozen=True)
class Ref(Kind[int]):
    """A record of another ledger, by its id; the name is looked up where names are kept."""

    target: str
    name: ClassVar[str] = "ref"

    def read(self, typed: object, on: Reading) -> int | None:
        """An id. Names are resolved by whoever holds the ledgers."""
        if isinstance(typed, int):
            return typed
        if _blank(typed):
            return None
        msg = f"「{_as_text(typed)}」还没有登记"
        raise Unreadable(msg)

    def show(self, value: int | None) -> str:
        """Only the number: a name comes from the ledger."""
        return "" if value is None else str(value)

    def plain(self, value: int | None) -> Plain:
        """Itself."""
        return value

    def from_plain(self, plain: Plain) -> int | None:
        """Itself."""
        return None if plain is None else int(plain)


_TOO_BIG = 10**12


def _as_text(typed: object) -> str:
    """The words of a cell: a whole float is written without its '.0'."""
    if typed is None:
        return ""
    if isinstance(typed, float) and typed.is_integer():
        return str(int(typed))
    return str(typed)


def _blank(typed: object) -> bool:
    return typed is None or (isinstance(typed, str) and typed.replace("\u3000", "").strip() in BLANKS)


def _is_forever(typed: object) -> bool:
    """Whether the last day of the calendar is written, as some registers do for 长期."""
    if isinstance(typed, datetime):
        typed = typed.date()
    return typed == FOREVER or (isinstance(typed, str) and typed.strip() == FOREVER.isoformat())


def _number(typed: object, unit: str) -> Decimal | None:
    if isinstance(typed, bool) or not isinstance(typed, str | int | float | Decimal | None):
        msg = f"「{_as_text(typed)}」不是数字"
        raise Unreadable(msg)
    if typed is None or _blank(typed):
        return None
    number = read_number(typed, unit)
    if not number.is_finite() or abs(number) >= _TOO_BIG:
        raise Unreadable("数太大，请看小数点和单位")
    return number


def _bounded(number: Decimal, least: int, most: int | None) -> None:
    if number < least:
        msg = "不能是负数" if least == 0 else f"不能小于 {least}"
        raise Unreadable(msg)
    if most is not None and number > most:
        msg = f"不能大于 {most}"
        raise Unreadable(msg)


def _time(text: str) -> time:
    match = re.fullmatch(r"(\d{1,2})(?:[:点时.](\d{1,2})?)?分?(?::\d{2})?|(\d{2})(\d{2})", half_width(text).strip())
    try:
        if match:
            return time(int(match[1] or match[3]), int(match[2] or match[4] or 0))
    except ValueError:
        pass
    msg = f"「{text.strip()}」请填时间，如 7:30"
    raise Unreadable(msg)
