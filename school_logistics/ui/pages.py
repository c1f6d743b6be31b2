"""The pages that are no ledgers, each built when it is first visited, with the services it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from school_logistics.ui.office_page import OfficePage, Pages, Surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from school_logistics.models.ledger import Ledger
    from school_logistics.services.closing import Closing
    from school_logistics.services.desk import Desk
    from school_logistics.services.importing import Importer
    from school_logistics.services.month import MonthPack
    from school_logistics.services.reminders import Reminders
    from school_logistics.services.returning import AnnualReturns
    from school_logistics.services.scans import Scans
    from school_logistics.services.signing import Signing
    from school_logistics.ui.office_page import ImportDialog as AnyImportDialog


class WholeOffice(Protocol):
    """What these pages need of the office that `app.py` builds."""

    @property
    def desk(self) -> Desk:
        """The one door to the store."""

    @property
    def reminders(self) -> Reminders:
        """What is due."""

    @property
    def pack(self) -> MonthPack:
        """The month's forms."""

    @property
    def signing(self) -> Signing:
        """What was printed."""

    @property
    def scans(self) -> Scans:
        """What was signed."""

    @property
    def closing(self) -> Closing:
        """The red line."""

    @property
    def returns(self) -> AnnualReturns:
        """The annual return."""

    @property
    def importer(self) -> Importer:
        """Files into ledgers."""


def pages_of(office: WholeOffice) -> Pages:
    """Say how the window builds each of these pages for this office; their modules are read on the first visit."""

    def home(around: Surroundings) -> OfficePage:
        from school_logistics.services.figures import Figures
        from school_logistics.ui.home_page import HomePage

        return HomePage(around, Figures(office.desk), office.reminders, office.pack)

    def print_room(around: Surroundings) -> OfficePage:
        from school_logistics.ui.paper_printer import SystemPrinter
        from school_logistics.ui.paper_services import PaperServices
        from school_logistics.ui.print_room import PrintRoom

        papers = PaperServices(office.pack, office.signing, office.scans, office.closing)
        return PrintRoom(around, papers, SystemPrinter(around.settings))

    def annual_return(around: Surroundings) -> OfficePage:
        from school_logistics.ui.annual_return_page import AnnualReturnPage

        return AnnualReturnPage(around, office.returns)

    def import_dialog(around: Surroundings, ledger: Ledger, file: Path | None, parent: QWidget) -> AnyImportDialog:
        from school_logistics.ui.import_dialog import ImportDialog

        return ImportDialog(around, office.importer, ledger, file, parent)

    return Pages(home, print_room, annual_return, import_dialog)
