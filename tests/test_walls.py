"""The walls between the rooms of the package: who imports whom, read from the source and tried in real processes."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "playground"
QT = ("PySide6", "shiboken6", "pyqtgraph")
COMPUTING = ("torch", "sentencepiece", "tokenizers", "safetensors", "transformers")
LINE_LIMIT = 400


@dataclass(frozen=True)
class Import:
    """One imported module, wherever in a file it stands; `line` tells a person where."""

    file: str  # relative to the package, e.g. "ui/pages/build/page.py"
    line: int
    module: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} imports {self.module}"

    def is_of(self, *packages: str) -> bool:
        return any(self.module == package or self.module.startswith(package + ".") for package in packages)


def python_files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports_in(source: str, file: str) -> Iterator[Import]:
    """Every import of a file, those inside functions and under TYPE_CHECKING too; names count as modules."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(file, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from (Import(file, node.lineno, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and _called(node) in ("importlib.import_module", "import_module", "__import__"):
            yield from (Import(file, node.lineno, text) for text in _leading_text(node.args[:1]))


def all_imports() -> list[Import]:
    found: list[Import] = []
    for path in python_files():
        found += imports_in(path.read_text(encoding="utf-8"), path.relative_to(PACKAGE).as_posix())
    return found


def _called(call: ast.Call) -> str:
    return ast.unparse(call.func)


def _leading_text(arguments: list[ast.expr]) -> Iterator[str]:
    """What an imported name begins with, where the source says it: "a.b" or f"a.b.{c}"."""
    for argument in arguments:
        first = argument.values[0] if isinstance(argument, ast.JoinedStr) and argument.values else argument
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


IMPORTS = all_imports()


def words(found: list[Import]) -> str:
    return "\n".join(map(str, found))


def page_of(module: str) -> str:
    """ "build" for playground.ui.pages.build.page, "" for what is no page."""
    parts = module.split(".")
    return parts[3] if parts[:3] == ["playground", "ui", "pages"] and len(parts) > 3 and parts[3] != "catalogue" else ""


def test_the_reader_of_imports_sees_every_kind() -> None:
    source = (
        "import a.b, c\nfrom d import e as f\nfrom . import g\n"
        "def h():\n    import i\n    from j.k import l\n"
        "import importlib\nx = importlib.import_module('m.n')\ny = importlib.import_module(f'o.{x}')\n"
    )
    found = {each.module for each in imports_in(source, "x.py")}
    assert found == {"a.b", "c", "d.e", "..g", "i", "j.k.l", "importlib", "m.n", "o."}


def test_contract_imports_only_the_standard_library_and_numpy() -> None:
    allowed = {*sys.stdlib_module_names, "numpy"}
    found = [
        each
        for each in IMPORTS
        if each.file.startswith("contract/")
        and each.module.split(".")[0] not in allowed
        and not each.is_of("playground.contract")
    ]
    assert not found, words(found)


def test_engine_knows_no_window_and_no_asker() -> None:
    forbidden = (*QT, "playground.ui", "playground.answers", "playground.commands", "playground.worker")
    found = [each for each in IMPORTS if each.file.startswith("engine/") and each.is_of(*forbidden)]
    assert not found, words(found)


def test_the_window_knows_no_torch_and_no_engine() -> None:
    forbidden = (*COMPUTING, "playground.engine", "playground.answers", "playground.worker")
    found = [each for each in IMPORTS if each.file.startswith("ui/") and each.is_of(*forbidden)]
    assert not found, words(found)


def test_the_worker_knows_no_window() -> None:
    rooms = ("worker.py", "answers/")
    found = [each for each in IMPORTS if each.file.startswith(rooms) and each.is_of(*QT, "playground.ui")]
    assert not found, words(found)


def test_the_truth_of_the_window_needs_only_qtcore() -> None:
    found = [
        each
        for each in IMPORTS
        if each.file.startswith("ui/state/")
        and each.is_of(*QT, "playground.ui.pages", "playground.ui.widgets", "playground.ui.charts")
        and not each.is_of("PySide6.QtCore")
    ]
    assert not found, words(found)


def test_pages_never_import_other_pages() -> None:
    inside = [each for each in IMPORTS if each.file.startswith("ui/pages/") and page_of(each.module)]
    assert inside, "the pages import nothing of their own, so this test looks at the wrong place"
    found = [each for each in inside if each.file.split("/")[2] != page_of(each.module)]
    assert not found, words(found)


def test_only_wiring_and_window_know_pages() -> None:
    """Beside them only `samples.py`, which show a widget with values that are made up."""
    found = [
        each
        for each in IMPORTS
        if page_of(each.module)
        and not each.file.startswith(("ui/pages/", "ui/wiring/"))
        and each.file not in ("ui/window.py", "ui/gallery.py")
        and not each.file.endswith("/samples.py")
    ]
    assert not found, words(found)


def test_widgets_and_charts_know_neither_pages_nor_state_nor_worker() -> None:
    above = ("playground.ui.pages", "playground.ui.wiring", "playground.ui.state", "playground.ui.worker_client")
    found = [each for each in IMPORTS if each.file.startswith(("ui/widgets/", "ui/charts/")) and each.is_of(*above)]
    assert not found, words(found)


def test_nothing_is_unpickled() -> None:
    found = [each for each in IMPORTS if each.is_of("pickle", "cPickle", "dill", "joblib", "shelve", "marshal")]
    assert not found, words(found)


FORBIDDEN_CALLS = (
    "eval", "exec", "compile", "os.system", "os.popen", "torch.load", "torch.hub.load", "subprocess.getoutput",
)  # fmt: skip
FORBIDDEN_SWITCHES = ("shell", "allow_pickle", "trust_remote_code")


def foreign_code_in(source: str) -> Iterator[str]:
    """Calls that would run or unpickle what a stranger wrote."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if _called(node) in FORBIDDEN_CALLS:
            yield f"line {node.lineno}: {_called(node)}"
        for keyword in node.keywords:
            is_off = isinstance(keyword.value, ast.Constant) and not keyword.value.value
            if keyword.arg in FORBIDDEN_SWITCHES and not is_off:
                yield f"line {node.lineno}: {keyword.arg}"


def test_no_foreign_code_is_run() -> None:
    """A run, a text or a tokenizer of a stranger is data, never a program."""
    assert list(foreign_code_in("eval('1')\nnp.load(f, allow_pickle=True)\nnp.save(f, a, allow_pickle=False)")) == [
        "line 1: eval",
        "line 2: allow_pickle",
    ]
    found = [f"{path}: {what}" for path in python_files() for what in foreign_code_in(path.read_text(encoding="utf-8"))]
    assert not found, "\n".join(found)


def test_imports_are_absolute() -> None:
    found = [each for each in IMPORTS if each.module.startswith(".")]
    assert not found, words(found)


def test_init_files_are_empty() -> None:
    found = [path for path in PACKAGE.rglob("__init__.py") if path.stat().st_size]
    assert not found


def test_every_folder_of_modules_is_a_package() -> None:
    """A folder without `__init__.py` would be left out of a wheel."""
    found = {path.parent for path in python_files() if not (path.parent / "__init__.py").exists()}
    assert not found


def test_no_file_is_too_long() -> None:
    long = {
        path.relative_to(PACKAGE).as_posix(): n_lines
        for path in python_files()
        if (n_lines := path.read_text(encoding="utf-8").count("\n")) > LINE_LIMIT
    }
    assert not long


# ---------------------------------------------------------------- real processes

BLOCKER = """
import importlib.abc, sys

class Blocker(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        for blocked in BLOCKED:
            if name == blocked or name.startswith(blocked + "."):
                raise ImportError(f"{name} is behind the wall")

BLOCKED = sys.argv.pop(1).split(",")
sys.meta_path.insert(0, Blocker())
"""
BEHIND_THE_WINDOW = (*COMPUTING, "playground.engine", "playground.answers", "playground.worker")
BEHIND_THE_ENGINE = (*QT, "playground.ui", "playground.commands", "playground.answers")


def run_walled(blocked: tuple[str, ...], program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a small program in a process in which those modules cannot be imported."""
    command = [sys.executable, "-c", BLOCKER + program, ",".join(blocked), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=3000, check=False)


def modules_of(room: str) -> list[str]:
    files = sorted((PACKAGE / room).rglob("*.py"))
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files]
    assert names
    return names


IMPORT_ALL = "import importlib\nfor name in sys.argv[1:]:\n    importlib.import_module(name)\n"


def test_the_blocker_blocks() -> None:
    """Else the next tests would pass for nothing."""
    done = run_walled(("json",), IMPORT_ALL, "json.decoder")
    assert done.returncode == 1
    assert "json is behind the wall" in done.stderr


def test_every_module_of_the_window_loads_without_torch() -> None:
    done = run_walled(BEHIND_THE_WINDOW, IMPORT_ALL, *modules_of("ui"))
    assert done.returncode == 0, done.stderr


def test_every_module_of_the_engine_loads_without_qt() -> None:
    done = run_walled(BEHIND_THE_ENGINE, IMPORT_ALL, *modules_of("engine"))
    assert done.returncode == 0, done.stderr


def test_contract_loads_without_either() -> None:
    blocked = (*COMPUTING, *QT, "platformdirs", "psutil", "playground.ui", "playground.engine")
    done = run_walled(blocked, IMPORT_ALL, *modules_of("contract"))
    assert done.returncode == 0, done.stderr


RUN_TESTS = "import pytest\nsys.exit(pytest.main(sys.argv[1:]))\n"


@pytest.mark.slow
def test_the_tests_of_the_window_pass_without_torch() -> None:
    done = run_walled(BEHIND_THE_WINDOW, RUN_TESTS, "tests/ui", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0, done.stdout[-5000:]


@pytest.mark.slow
def test_the_tests_of_the_engine_pass_without_qt(tmp_path: Path) -> None:
    """With the project's settings but those for pytest-qt, which needs Qt."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    options = project["tool"]["pytest"]["ini_options"]
    kept = {name: value for name, value in options.items() if not name.startswith("qt_")}
    kept["pythonpath"] = [str(ROOT / folder) for folder in kept["pythonpath"]]
    settings = tmp_path / "pytest.ini"
    lines = [
        f"{name} = " + ("\n    ".join(["", *value]) if isinstance(value, list) else str(value))
        for name, value in kept.items()
    ]
    settings.write_text("\n".join(["[pytest]", *lines, ""]), encoding="utf-8")
    plain = ("-q", "-p", "no:cacheprovider", "-p", "no:pytest-qt", "-c", str(settings), "--rootdir", str(ROOT))
    done = run_walled(BEHIND_THE_ENGINE, RUN_TESTS, str(ROOT / "tests" / "engine"), *plain)
    assert done.returncode == 0, done.stdout[-5000:]
