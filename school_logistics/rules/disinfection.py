"""Disinfection: reading and reckoning concentrations, and whether strength and time were enough.

Concentrations are whole mg/L of available chlorine (or of the agent's own substance); a percentage counts 10 000 mg/L
a point. Ranges stand in the rule book, one for each agent and target.
"""

from __future__ import annotations

import re
from datetime import date, time
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from school_logistics.errors import Unreadable
from school_logistics.rules.figures import half_width

if TYPE_CHECKING:
    from school_logistics.rules.book import RuleBook

_PER_CENT = 10_000
"""mg/L in one per cent."""
_SHOWN_IN_PER_CENT = 100_000
_MOST = 1_000_000
_MINUTES_AN_HOUR = 60
_RATIO = re.compile(r"(\d+(?:\.\d+)?)[:∶比](\d+(?:\.\d+)?)")
_STRENGTH = re.compile(r"(\d+(?:\.\d+)?)(mg/l|毫克/升|毫克每升|ppm|%)?", re.IGNORECASE)
_BETWEEN = re.compile(r"(\d+(?:\.\d+)?)[-~～—至](\d+(?:\.\d+)?)(mg/l|毫克/升|ppm|%)?", re.IGNORECASE)


class Disinfectant(StrEnum):
    """What is used."""

    BLEACH = "84消毒液"
    TABLETS = "含氯消毒片"
    POWDER = "漂白粉"
    ALCOHOL = "75%酒精"
    PERACETIC = "过氧乙酸"
    QUATERNARY = "季铵盐消毒液"
    CHLORINE_DIOXIDE = "二氧化氯"
    HYPOCHLOROUS = "次氯酸水"
    ULTRAVIOLET = "紫外线灯"
    OTHER = "其他"


class DisinfectionMethod(StrEnum):
    """How it is used."""

    WIPE = "擦拭"
    MOP = "拖拭"
    SPRAY = "喷洒"
    SOAK = "浸泡"
    COVER = "覆盖"
    IRRADIATE = "紫外线照射"
    BOIL = "煮沸"
    SUN = "暴晒"
    OTHER = "其他"


class Target(StrEnum):
    """What is disinfected, as far as it asks for a strength of its own."""

    SURFACE = "物体表面"
    FLOOR = "地面"
    TOILET = "厕所"
    FILTER = "空调滤网"
    CLOTH = "抹布拖布"
    TEXTILE = "被单衣物"
    TABLEWARE = "餐饮具"
    NOROVIRUS = "诺如污染表面"
    VOMIT = "呕吐物排泄物"
    AIR = "空气"


class AlertLevel(StrEnum):
    """How often: in quiet times, or while something goes round."""

    ROUTINE = "平时"
    EPIDEMIC = "流行期"


_CHLORINE = frozenset({Disinfectant.BLEACH, Disinfectant.TABLETS, Disinfectant.POWDER})
_AGENTS = {
    **dict.fromkeys(_CHLORINE, "chlorine"),
    Disinfectant.ALCOHOL: "alcohol",
    Disinfectant.PERACETIC: "peracetic",
    Disinfectant.QUATERNARY: "quaternary",
}
_AGENT_WORDS = {
    "84": Disinfectant.BLEACH,
    "片": Disinfectant.TABLETS,
    "漂白": Disinfectant.POWDER,
    "酒精": Disinfectant.ALCOHOL,
    "乙醇": Disinfectant.ALCOHOL,
    "过氧乙酸": Disinfectant.PERACETIC,
    "季铵": Disinfectant.QUATERNARY,
    "季胺": Disinfectant.QUATERNARY,
    "二氧化氯": Disinfectant.CHLORINE_DIOXIDE,
    "次氯酸": Disinfectant.HYPOCHLOROUS,
    "紫外": Disinfectant.ULTRAVIOLET,
    "含氯": Disinfectant.BLEACH,
}
_TARGET_WORDS = {
    Target.VOMIT: ("呕吐", "排泄"),
    Target.NOROVIRUS: ("诺如",),
    Target.TOILET: ("厕所", "便池", "卫生间", "洗手台", "洗手间"),
    Target.FILTER: ("滤网",),
    Target.CLOTH: ("抹布", "拖布", "拖把"),
    Target.TEXTILE: ("被单", "床单", "被套", "衣物", "毛巾"),
    Target.TABLEWARE: ("餐具", "餐饮具", "碗筷"),
    Target.FLOOR: ("地面", "楼道", "走廊", "盥洗", "楼梯"),
    Target.SURFACE: ("门把手", "床栏", "扶手", "开关", "桌", "椅", "台面", "物表", "物体表面", "床"),
    Target.AIR: ("空气",),
}


class Range(NamedTuple):
    """The strengths allowed, in mg/L, and who says so."""

    lowest: Decimal
    highest: Decimal
    clause: str

    def __str__(self) -> str:
        """250～500 mg/L."""
        if self.lowest == self.highest:
            return show_concentration(self.lowest)
        return f"{show_concentration(self.lowest).removesuffix(' mg/L')}～{show_concentration(self.highest)}"


def read_concentration(typed: object, stock_percent: Decimal | int = 5) -> int | None:
    """Read a concentration in mg/L: 500, 500mg/L, 0.05%, or a ratio of stock to water such as 1:99.

    A ratio is reckoned with the strength of the stock, 5 per cent of available chlorine unless told otherwise.

    >>> [read_concentration(t) for t in ("500mg/L", "1：99", 500, "0.05%", "", "75%")]
    [500, 500, 500, 500, None, 750000]

    Raises Unreadable for words such as 适量: an inspector wants a figure.
    """
    if typed is None:
        return None
    text = re.sub(r"[\s,]", "", half_width(str(typed)))
    if text in {"", "/", "-", "—", "无"}:
        return None
    if match := _RATIO.fullmatch(text):
        return _of_ratio(Decimal(match[1]), Decimal(match[2]), Decimal(stock_percent), text)
    match = _STRENGTH.fullmatch(text)
    if match:
        strength = _whole(Decimal(match[1]) * (_PER_CENT if match[2] == "%" else 1))
        if 0 < strength <= _MOST:
            return strength
    if _BETWEEN.fullmatch(text):
        raise Unreadable(f"「{text}」是一个范围；请填实际配制的浓度，如 500mg/L")
    raise Unreadable(f"「{text}」不是数值；请填 500mg/L，或原液与水的比例 1:99")


def tidy_concentration(typed: str) -> str:
    """A concentration as plain mg/L in digits, for a field that keeps a whole number: 1:99 becomes 500.

    Raises Unreadable like read_concentration.
    """
    strength = read_concentration(typed)
    return "" if strength is None else str(strength)


def tidy_disinfectant(typed: str) -> str:
    """The agent in the word of the list where it is known (84 becomes 84消毒液), else as typed."""
    return str(disinfectant_of(typed) or typed)


def show_concentration(strength: Decimal | int | None) -> str:
    """A concentration for screen and paper: 500 mg/L; very strong ones, such as alcohol, in per cent.

    >>> show_concentration(500), show_concentration(750000)
    ('500 mg/L', '75%')
    """
    if strength is None:
        return ""
    if strength >= _SHOWN_IN_PER_CENT:
        return f"{(Decimal(strength) / _PER_CENT).normalize():f}%"
    return f"{strength:f} mg/L" if isinstance(strength, Decimal) else f"{strength} mg/L"


def stock_millilitres(target: Decimal | int, litres: Decimal | int, stock_percent: Decimal | int = 5) -> int:
    """How many millilitres of stock make so many litres of a strength: mg/L times litres over ten times per cent.

    >>> stock_millilitres(500, 10), stock_millilitres(250, 10)
    (100, 50)
    """
    return _whole(Decimal(target) * Decimal(litres) / (Decimal(stock_percent) * 10))


def tablets(target: Decimal | int, litres: Decimal | int, milligrams: Decimal | int) -> int:
    """How many whole tablets make so many litres of at least a strength.

    >>> tablets(500, 1, 250)
    2
    """
    exact = Decimal(target) * Decimal(litres) / Decimal(milligrams)
    return int(exact.to_integral_value(ROUND_CEILING))


def strength_of(stock: Decimal | int, litres: Decimal | int, stock_percent: Decimal | int = 5) -> int:
    """The strength in mg/L when so many millilitres of stock stand in so many litres altogether."""
    return _whole(Decimal(stock) * Decimal(stock_percent) * 10 / Decimal(litres))


def ratio(target: Decimal | int, stock_percent: Decimal | int = 5) -> str:
    """The ratio of stock to water for a strength.

    >>> [ratio(strength) for strength in (250, 500, 1000, 5000)]
    ['1:199', '1:99', '1:49', '1:9']
    """
    return f"1:{_whole(Decimal(stock_percent) * _PER_CENT / Decimal(target) - 1)}"


def disinfectant_of(typed: str | None) -> Disinfectant | None:
    """The agent behind a name as written: 84, 泡腾片, 75%乙醇.

    >>> print(disinfectant_of("84"), disinfectant_of("含氯泡腾片"), disinfectant_of("乙醇"), disinfectant_of("碘伏"))
    84消毒液 含氯消毒片 75%酒精 None
    """
    text = half_width(typed or "")
    return next((agent for word, agent in _AGENT_WORDS.items() if word in text), None)


def targets_of(typed: str | None) -> tuple[Target, ...]:
    """What a description of places names: 101门把手、床栏、地面 are surfaces and floor.

    >>> [str(target) for target in targets_of("3号公寓101门把手、床栏、地面")]
    ['地面', '物体表面']
    """
    text = typed or ""
    return tuple(target for target, words in _TARGET_WORDS.items() if any(word in text for word in words))


def allowed_range(disinfectant: Disinfectant | str | None, target: Target, book: RuleBook, on: date) -> Range | None:
    """The strengths allowed for an agent on a target; None where the book has none."""
    agent = _AGENTS.get(Disinfectant(disinfectant)) if disinfectant else None
    key = f"disinfection.{agent}.{target.name.lower()}"
    if not agent or not book.has(key):
        return None
    lowest, highest = book.numbers(key, on)
    return Range(lowest, highest, book.clause(key, on))


def concentration_fault(
    disinfectant: Disinfectant | str | None, place: str | None, strength: int | None, book: RuleBook, on: date
) -> str:
    """Say when a strength lies outside what the agent and the place ask for.

    Where a place names several targets, the strength must do for the one that wants most, and be too strong for all
    before it is called too strong.
    """
    if strength is None or not disinfectant:
        return ""
    wanted = [(one, allowed_range(disinfectant, one, book, on)) for one in targets_of(place) or (Target.SURFACE,)]
    known = [(one, allowed) for one, allowed in wanted if allowed]
    if not known:
        return ""
    slack = 1 - book.number("disinfection.tolerance_percent", on) / 100
    target, needed = max(known, key=lambda pair: pair[1].lowest)
    if strength < needed.lowest * slack:
        return f"浓度 {show_concentration(strength)} 偏低，{target}应为 {needed}"
    target, strongest = max(known, key=lambda pair: pair[1].highest)
    if strength > strongest.highest:
        return f"浓度 {show_concentration(strength)} 偏高，{target}应为 {strongest}"
    return ""


def minutes_needed(disinfectant: Disinfectant | str | None, book: RuleBook, on: date) -> int:
    """How long an agent must act."""
    keys = {
        Disinfectant.ALCOHOL: "disinfection.alcohol.contact_minutes",
        Disinfectant.ULTRAVIOLET: "uv.minutes",
    }
    key = keys.get(Disinfectant(disinfectant)) if disinfectant else None
    return book.whole(key or "disinfection.contact_minutes", on)


class TimeSpan(Protocol):
    """From when to when within a day."""

    @property
    def start(self) -> time:
        """When it began."""

    @property
    def end(self) -> time:
        """When it was over."""


def minutes(span: TimeSpan) -> int:
    """How many minutes a span lasts."""
    return (span.end.hour - span.start.hour) * _MINUTES_AN_HOUR + span.end.minute - span.start.minute


def overlap(one: TimeSpan, other: TimeSpan) -> bool:
    """Whether two spans of one day share time; one may begin when the other ends."""
    return one.start < other.end and other.start < one.end


def _of_ratio(stock: Decimal, water: Decimal, stock_percent: Decimal, text: str) -> int:
    if stock <= 0:
        raise Unreadable(f"「{text}」里没有原液；请写 原液:水，如 1:99")
    if stock > water:
        raise Unreadable(f"「{text}」中原液比水还多；请写 原液:水，如 1:99")
    return _whole(stock_percent * _PER_CENT * stock / (stock + water))


def _whole(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_HALF_UP))
