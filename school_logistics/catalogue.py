"""Every ledger in screen order. What is not named here is not in the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from school_logistics.models.canteen.accounts import CanteenAccount, DinerCount
from school_logistics.models.canteen.daily import AccompaniedMeal, AdditiveUse, FoodWaste, PesticideTest
from school_logistics.models.canteen.deliveries import DeliveryNote
from school_logistics.models.canteen.designated import Designated, SupplierVisit
from school_logistics.models.canteen.food_safety import MonthlyMinutes, WeeklyReport
from school_logistics.models.canteen.kitchen import ColdTemperature, ColdUnit, CookedDish, TablewareDisinfection
from school_logistics.models.canteen.menus import FoodComposition, MenuDish, RecipeLine
from school_logistics.models.canteen.people import MorningCheck, Training, TrainingAttendance
from school_logistics.models.canteen.purchases import FoodPurchase, Ingredient
from school_logistics.models.canteen.samples import RetainedSample
from school_logistics.models.canteen.stock import RejectedFood, StockOut, Stocktake
from school_logistics.models.canteen.suppliers import Supplier
from school_logistics.models.checklists import CheckItem, Checklist
from school_logistics.models.dormitory import Disinfection, DisinfectionRoster, Room
from school_logistics.models.fire import ExtinguisherCheck, FireEquipment
from school_logistics.models.inspections import Inspection
from school_logistics.models.office import School, Staff
from school_logistics.models.orders import MilkOrder, SchoolClass, UniformOrder
from school_logistics.models.papers import Certificate
from school_logistics.models.rule_changes import RuleChange
from school_logistics.models.safety import Hazard
from school_logistics.models.transport.buses import Bus, BusDailyCheck
from school_logistics.models.transport.drivers import Driver
from school_logistics.reports.forms.canteen.accounts import C24
from school_logistics.reports.forms.canteen.daily import C09, C17, C18, C25
from school_logistics.reports.forms.canteen.diners import C26
from school_logistics.reports.forms.canteen.food_safety import C15, C19, C20, C21, C22, C27
from school_logistics.reports.forms.canteen.kitchen import C14, C16
from school_logistics.reports.forms.canteen.menus import C23
from school_logistics.reports.forms.canteen.people import C11, C12, C13
from school_logistics.reports.forms.canteen.receiving import C02, C03, C04
from school_logistics.reports.forms.canteen.samples import C10
from school_logistics.reports.forms.canteen.stock import C05, C07, C08
from school_logistics.reports.forms.canteen.stock_book import C06
from school_logistics.reports.forms.canteen.suppliers import C01
from school_logistics.reports.forms.dormitory import D1, D2, D3
from school_logistics.reports.forms.fire import X1, X3
from school_logistics.reports.forms.milk import F_MLK_01
from school_logistics.reports.forms.safety import S2
from school_logistics.reports.forms.transport import F_BUS_01, F_BUS_02, F_BUS_04
from school_logistics.reports.forms.uniforms import F_UNI_01, F_UNI_02

if TYPE_CHECKING:
    from school_logistics.models.ledger import Ledger
    from school_logistics.models.record import Record
    from school_logistics.reports.form import PrintedForm

_RECORDS: tuple[type[Record], ...] = (
    FoodPurchase,
    DeliveryNote,
    StockOut,
    Stocktake,
    RejectedFood,
    RetainedSample,
    MorningCheck,
    TablewareDisinfection,
    ColdTemperature,
    CookedDish,
    FoodWaste,
    AccompaniedMeal,
    AdditiveUse,
    PesticideTest,
    Inspection,
    WeeklyReport,
    MonthlyMinutes,
    MenuDish,
    RecipeLine,
    DinerCount,
    CanteenAccount,
    FoodComposition,
    Supplier,
    Designated,
    SupplierVisit,
    Ingredient,
    ColdUnit,
    Training,
    TrainingAttendance,
    Disinfection,
    DisinfectionRoster,
    Room,
    ExtinguisherCheck,
    FireEquipment,
    BusDailyCheck,
    Bus,
    Driver,
    MilkOrder,
    UniformOrder,
    SchoolClass,
    Hazard,
    Checklist,
    CheckItem,
    Certificate,
    Staff,
    School,
    RuleChange,
)

LEDGERS: tuple[Ledger, ...] = tuple(record.ledger for record in _RECORDS)

FORMS: tuple[PrintedForm, ...] = (
    C01,
    C02,
    C03,
    C04,
    C05,
    C06,
    C07,
    C08,
    C09,
    C10,
    C11,
    C12,
    C13,
    C14,
    C15,
    C16,
    C17,
    C18,
    C19,
    C20,
    C21,
    C22,
    C23,
    C24,
    C25,
    C26,
    C27,
    D1,
    D2,
    D3,
    X1,
    X3,
    F_BUS_01,
    F_BUS_02,
    F_BUS_04,
    F_MLK_01,
    F_UNI_01,
    F_UNI_02,
    S2,
)
"""Every printed form in the order of the month's pack."""
