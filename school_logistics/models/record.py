"""What every record has besides its ledger's fields: an id, a version, and how and when it was entered."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, cast

from sqlalchemy import Boolean, DateTime, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from school_logistics.models.columns import WHOLE

if TYPE_CHECKING:
    from sqlalchemy import Table

    from school_logistics.models.ledger import Ledger


class Origin(StrEnum):
    """How a record came in, when not typed on its day; an import may also bring in what is long past."""

    TYPED = ""
    LATE = "补录"
    IMPORTED = "导入"
    IMPORTED_LATE = "导入补录"

    @classmethod
    def of(cls, *, imported: bool, late: bool) -> Origin:
        """The origin of what was imported or not, late or not."""
        if imported:
            return cls.IMPORTED_LATE if late else cls.IMPORTED
        return cls.LATE if late else cls.TYPED

    @property
    def late(self) -> bool:
        """Whether it was entered longer after it happened than is allowed."""
        return self in {Origin.LATE, Origin.IMPORTED_LATE}

    @property
    def imported(self) -> bool:
        """Whether it came in by an import."""
        return self in {Origin.IMPORTED, Origin.IMPORTED_LATE}

    @property
    def told(self) -> str:
        """As it stands beside a record: both words where both hold."""
        both = self is Origin.IMPORTED_LATE
        return f"{Origin.IMPORTED.value} · {Origin.LATE.value}" if both else self.value


class Tables(DeclarativeBase):
    """Every table of the data file; constraints are named so that they can be changed later."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Record(Tables):
    """One line of a ledger."""

    __abstract__ = True
    ledger: ClassVar[Ledger]
    called: ClassVar[str] = ""
    """What a person calls such records where they are no ledger of their own."""
    part_of: ClassVar[tuple[str, str] | None] = None
    """Of what belongs to a record of some ledger: the columns with the table and the id of that record."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Let no id come back after its record is gone: the trail knows records by their ids."""
        super().__init_subclass__(**kwargs)
        cast("Table", cls.__table__).dialect_options["sqlite"]["autoincrement"] = True

    id: Mapped[int] = mapped_column(WHOLE, primary_key=True, autoincrement=True)
    version: Mapped[int] = mapped_column(Integer, default=1)
    origin: Mapped[str] = mapped_column(String(4), default=Origin.TYPED.value)
    entered_at: Mapped[datetime] = mapped_column(DateTime)
    incomplete: Mapped[bool] = mapped_column(Boolean, default=False)
    """待补资料: only the name is known so far."""

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy declares it


SYSTEM_COLUMNS = ("version", "origin", "entered_at", "incomplete")
"""Columns of a record that are kept by the program, not written by a person."""
