#!/usr/bin/env python3
"""Everything a fresh machine needs, then the work itself: run, test, build, bench, pictures.

    python3 dev.py run               open the window; without a screen do the main job under ./out
    python3 dev.py run -- ledgers    hand words to the program itself
    python3 dev.py test              format, lint, types, layers, all tests, coverage
    python3 dev.py build             the frozen program under ./dist, and its own test
    python3 dev.py bench [--json]    what is measured, and against what
    python3 dev.py pictures          the pictures of the README, taken from the program

Standard library only; Linux and Windows; Python 3.11 or later. Each command first makes `.venv`, installs the locked
packages when the lock has changed, and adds on Debian what Qt needs of the system.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OUT = ROOT / "out"
LOCKS = (ROOT / "requirements" / "runtime.txt", ROOT / "requirements" / "tools.txt")
WINDOWS = os.name == "nt"
PYTHON = VENV / "Scripts" / "python.exe" if WINDOWS else VENV / "bin" / "python"

# Parts of Qt that pull in every system library the program touches: window, PDF, printing, and the three platforms.
QT_PARTS = (
    "QtWidgets.abi3.so",
    "QtPdf.abi3.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqwayland.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/xcbglintegrations/libqxcb-glx-integration.so",
    "Qt/plugins/wayland-graphics-integration-client/libqt-plugin-wayland-egl.so",
    "Qt/plugins/printsupport/libcupsprintersupport.so",
)
DEBIAN_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libzstd.so.1": "libzstd1",
}


class Trouble(Exception):
    """What went wrong, as a sentence that says what to do about it."""


def say(sentence: str) -> None:
    """Tell what is being done, on standard error: standard output belongs to the command's own result."""
    print(sentence, file=sys.stderr, flush=True)


# ------------------------------------------------------------------------------------------------------- setting up


def set_up() -> None:
    """Make the machine ready: environment, locked packages, the project itself, system libraries. Cheap when done."""
    lock = fingerprint(*LOCKS, also=f"{sys.version} {VENV}")
    if stamped("lock") != lock or not PYTHON.exists():
        make_environment()
        say("正在安装锁定的依赖包（第一次约需几分钟）……")
        locks = [word for path in LOCKS for word in ("-r", str(path))]
        pip("--require-hashes", "--only-binary=:all:", *locks)
        stamp("lock", lock)
    project = fingerprint(ROOT / "pyproject.toml", also=lock)
    if stamped("project") != project:
        pip("--no-deps", "--no-index", "--no-build-isolation", "--editable", str(ROOT))
        stamp("project", project)
    if sys.platform == "linux":
        add_missing_libraries()


def fingerprint(*files: Path, also: str) -> str:
    """Boil files and a few words down to one line that changes when any of them does."""
    digest = hashlib.sha256(also.encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def stamped(name: str) -> str:
    """Read what `stamp` left after the step was last finished; empty when it never was."""
    path = VENV / f"installed-{name}"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def stamp(name: str, mark: str) -> None:
    """Note in the environment that a step is finished."""
    (VENV / f"installed-{name}").write_text(mark, encoding="utf-8")


def make_environment() -> None:
    """Make a new, empty .venv with pip in it."""
    if shutil.which("apt-get") and call([sys.executable, "-c", "import ensurepip"], quiet=True) != 0:
        add_debian_packages({"python3-venv"}, why="这台电脑的 Python 缺少 venv 模块")
    say("正在建立运行环境 .venv ……")
    if call([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        raise Trouble(f"没能在 {VENV} 建立运行环境。请检查磁盘空间和文件夹权限；程序若正开着，请先关闭再试。")


def pip(*words: str) -> None:
    """Let the environment's own pip install something; its report goes to standard error."""
    command = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", *words]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode != 0:
        raise Trouble("依赖包没有装全，原因见上文。多半是网络不通或磁盘已满；解决后再运行同一条命令即可，会接着装。")


def add_missing_libraries() -> None:
    """Add the system libraries that Qt's own parts cannot find; name them where there is no apt-get."""
    missing = missing_libraries()
    unknown = {name for name in missing if name not in DEBIAN_PACKAGES}
    if not missing:
        return
    if unknown or not shutil.which("apt-get"):
        raise Trouble(f"系统缺少界面所需的库：{'、'.join(sorted(missing))}。请用本系统的软件包工具装上后再试。")
    add_debian_packages({DEBIAN_PACKAGES[name] for name in missing}, why="系统缺少界面所需的库")
    if still := missing_libraries():
        raise Trouble(f"装完后仍缺少这些库：{'、'.join(sorted(still))}。请检查系统的软件源。")


def missing_libraries() -> set[str]:
    """Ask the loader which system libraries Qt's parts would not find."""
    folder = next(VENV.glob("lib/python*/site-packages/PySide6"))
    parts = [str(folder / part) for part in QT_PARTS]
    answer = subprocess.run(["ldd", *parts], capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise Trouble(f"没能检查界面所需的系统库：{answer.stderr.strip()}")
    return {line.split()[0] for line in answer.stdout.splitlines() if line.endswith("=> not found")}


def add_debian_packages(names: set[str], why: str) -> None:
    """Install Debian packages as root; anybody else is told the command."""
    wanted = sorted(names)
    if os.geteuid() != 0:
        raise Trouble(f"{why}。请先运行：\n  sudo apt-get update && sudo apt-get install -y {' '.join(wanted)}")
    say(f"{why}，正在安装：{' '.join(wanted)} ……")
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted]
    for command in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(command, env=quietly, stdout=subprocess.DEVNULL, check=False).returncode == 0
    if not done:
        raise Trouble(f"系统软件包没有装上，原因见上文。可以手工运行：apt-get install {' '.join(wanted)}")


def call(command: list[str], *, env: dict[str, str] | None = None, quiet: bool = False, folder: Path = ROOT) -> int:
    """Run a command to its end and give its exit code; its output goes where ours goes."""
    out = subprocess.DEVNULL if quiet else None
    return subprocess.run(command, env=env, cwd=folder, stdout=out, stderr=out, check=False).returncode


# --------------------------------------------------------------------------------------------------------- commands


def run(words: list[str]) -> int:
    """Open the window, hand words to the program, or do the main job where there is no screen."""
    program = [str(PYTHON), "-m", "school_logistics"]
    if words or has_screen():
        return call([*program, *words])
    return do_the_main_job(program)


def has_screen() -> bool:
    """Say whether a window can be shown here."""
    return sys.platform != "linux" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def do_the_main_job(program: list[str]) -> int:
    """Make the demonstration school, this month's forms and this year's return under ./out, and name the files."""
    today = date.fromisoformat(os.environ.get("SCHOOL_LOGISTICS_TODAY") or date.today().isoformat())
    month, data, annual = f"{today:%Y-%m}", OUT / "data", OUT / f"年报_{today.year}.xlsx"
    say("这里没有屏幕，打不开窗口；改为用示例学校把主要的活做一遍。")
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    steps = (
        ("建立示例学校", ["demo"]),
        (f"打印 {month} 的检查表", ["forms", "--month", month, "--out", str(OUT)]),
        (f"导出 {today.year} 年的年报", ["return", "--year", str(today.year), "--out", str(annual)]),
    )
    for name, words in steps:
        say(f"— {name}")
        if call([*program, "--data-dir", str(data), *words]) != 0:
            raise Trouble(f"“{name}”没有做成，原因见上文。")
    print("做好的文件：")
    for path in [*sorted(OUT.glob(f"*{month}*.pdf")), annual]:
        print(f"  {path.relative_to(ROOT)}")
    return 0


def test(_words: list[str]) -> int:
    """Run every check, one after the other, and stop at the first that fails."""
    python = str(PYTHON)
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for path in ROOT.glob(".coverage*"):
        path.unlink()
    layers = "tests/architecture"
    measured = [python, "-m", "coverage", "run", "-m", "pytest"]
    steps: tuple[tuple[str, list[str]], ...] = (
        ("格式 ruff format", [python, "-m", "ruff", "format", "--check", "--quiet", "."]),
        ("规范 ruff check", [python, "-m", "ruff", "check", "--quiet", "."]),
        ("类型 mypy --strict", [python, "-m", "mypy"]),
        ("分层 tests/architecture", [python, "-m", "pytest", "-q", layers]),
        (
            "全部测试 pytest",
            [*measured, "-q", "-n", "2", "--dist", "worksteal", "--durations=5", f"--ignore={layers}"],
        ),
    )
    for name, command in steps:
        say(f"── {name}")
        start = time.monotonic()
        if call(command, env=env) != 0:
            raise Trouble(f"“{name}”没有通过（{time.monotonic() - start:.1f} 秒），原因见上文。")
        say(f"   通过，{time.monotonic() - start:.1f} 秒")
    check_coverage()
    say("全部通过。")
    return 0


def check_coverage() -> None:
    """Hold what the tests reached against the floors that pyproject.toml sets, room by room."""
    import tomllib

    say("── 覆盖率 coverage")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "coverage.json")
        for words in (["combine", "--quiet"], ["json", "--quiet", "-o", str(report)]):
            if call([str(PYTHON), "-m", "coverage", *words]) != 0:
                raise Trouble("没能汇总测试覆盖率，原因见上文。")
        files = json.loads(report.read_text(encoding="utf-8"))["files"]
    floors = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["coverage-floor"]
    short = []
    for room, floor in floors.items():
        met = covered({name.replace("\\", "/"): file["summary"] for name, file in files.items()}, room)
        say(f"   {room} {met:.1f}%（至少 {floor}%）")
        if met < floor:
            short.append(room)
    if short:
        raise Trouble(f"测试没有走到的地方多了：{'、'.join(short)}。用 coverage report -m 看是哪些行。")


def covered(summaries: dict[str, dict[str, int]], room: str) -> float:
    """Give the share of lines and branches reached in a file, or in all files of a folder, in per cent."""
    parts = [summary for name, summary in summaries.items() if name.startswith(room)]
    every = sum(part["num_statements"] + part["num_branches"] for part in parts)
    reached = sum(part["covered_lines"] + part["covered_branches"] for part in parts)
    return 100 * reached / every if every else 100.0


def build(_words: list[str]) -> int:
    """Freeze the program into dist/school-logistics and let the frozen program test itself from another folder."""
    if sys.platform == "linux" and not shutil.which("objdump"):
        if not shutil.which("apt-get"):
            raise Trouble("打包需要 objdump（binutils）。请用本系统的软件包工具装上后再试。")
        add_debian_packages({"binutils"}, why="打包需要 binutils")
    say("正在打包（约需几分钟）……")
    freeze = [str(PYTHON), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", "build.spec"]
    if call(freeze) != 0:
        raise Trouble("没有打成包，原因见上文。")
    program = ROOT / "dist" / "school-logistics" / ("school-logistics.exe" if WINDOWS else "school-logistics")
    size = sum(path.stat().st_size for path in program.parent.rglob("*") if path.is_file() and not path.is_symlink())
    say(f"已打包：{program.relative_to(ROOT)}（整个文件夹 {size / 1_000_000:.0f} MB）。正在让它自检……")
    with tempfile.TemporaryDirectory() as folder:
        elsewhere = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": folder, "LOCALAPPDATA": folder}
        elsewhere.pop("XDG_DATA_HOME", None)
        if call([str(program), "--selftest"], env=elsewhere, folder=Path(folder)) != 0:
            raise Trouble("打好的程序自检没有通过，原因见上文。")
    say("自检通过。")
    return 0


def bench(words: list[str]) -> int:
    """Measure, and hold each figure against its floor."""
    return call([str(PYTHON), "-m", "bench", *words])


def pictures(words: list[str]) -> int:
    """Take the README's pictures from the program as it is."""
    return call([str(PYTHON), str(ROOT / "tools" / "pictures.py"), *words])


COMMANDS = {"run": run, "test": test, "build": build, "bench": bench, "pictures": pictures}


def main() -> int:
    """Read the command, get the machine ready, do it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if sys.version_info < (3, 11):
        say(f"需要 Python 3.11 或更高版本，这里是 {sys.version.split()[0]}。请换用新版 Python 运行 dev.py。")
        return 1
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("words", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    words = given.words[1:] if given.words[:1] == ["--"] else given.words
    try:
        set_up()
        return COMMANDS[given.command](words)
    except Trouble as trouble:
        say(str(trouble))
        return 1
    except KeyboardInterrupt:
        say("已中断。")
        return 130


if __name__ == "__main__":
    sys.exit(main())
