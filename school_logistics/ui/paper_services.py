"""The services behind the print room: the month's forms, what was printed and signed of them, and the red line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from school_logistics.services.closing import Closing
    from school_logistics.services.month import MonthPack
    from school_logistics.services.scans import Scans
    from school_logistics.services.signing import Signing


@dataclass(frozen=True)
class PaperServices:
    """What the print room asks."""

    pack: MonthPack
    signing: Signing
    scans: Scans
    closing: Closing
