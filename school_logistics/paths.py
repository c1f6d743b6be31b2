"""Where things lie: what ships with the program, and what belongs to the user."""

from __future__ import annotations

import os
import sys
from pathlib import Path

DATA_FILE = "学校后勤台账.db"
"""Name of the one data file inside the data folder."""

_PACKAGE = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """Find a file or folder that ships with the program, such as `resource_path("fonts", "OFL.txt")`.

    The folder `resources` is found the same way in the frozen program, in an installed wheel and in a source tree.
    """
    return _resources().joinpath(*parts)


def _resources() -> Path:
    if getattr(sys, "frozen", False):
        unpacked: str = vars(sys)["_MEIPASS"]
        return Path(unpacked) / "resources"
    in_wheel = _PACKAGE / "resources"
    return in_wheel if in_wheel.is_dir() else _PACKAGE.parent / "resources"


def user_data_folder() -> Path:
    """Name the folder for the user's own data; it is not created here.

    Windows: the local application data, which never roams over the network; macOS: Application Support; elsewhere the
    XDG data folder.
    """
    if sys.platform == "win32":
        given = os.environ.get("LOCALAPPDATA")
        return (Path(given) if given else Path.home() / "AppData" / "Local") / "SchoolLogistics"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "SchoolLogistics"
    given = os.environ.get("XDG_DATA_HOME", "")
    # The XDG specification: a relative path is invalid and to be ignored.
    return (Path(given) if Path(given).is_absolute() else Path.home() / ".local" / "share") / "school-logistics"


def data_file(folder: Path) -> Path:
    """Name the data file inside a data folder."""
    return folder / DATA_FILE
