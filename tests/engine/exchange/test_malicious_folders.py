"""Nothing of a foreign folder is run, nothing outside it is read, little memory is taken, and each refusal says why."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from malicious_folders import FOLDERS, good

from playground.contract.errors import ExchangeError
from playground.engine.exchange.import_folder import read_model

_LIMIT_BYTES = 256 << 20
_WATCHED = """
import json, resource, sys
from pathlib import Path
from playground.contract.errors import ExchangeError
from playground.engine.exchange.import_folder import read_model

sys.path.insert(0, sys.argv[1])
from malicious_folders import FOLDERS, good

FORBIDDEN = ("os.system", "os.exec", "os.posix_spawn", "subprocess", "pickle", "exec", "compile", "socket")
root, opened, ran, refused = Path(sys.argv[2]), [], [], {}
watched = False

def watch(event, arguments):
    if not watched:
        return
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        opened.append(str(arguments[0]))
    elif event.startswith(FORBIDDEN):
        ran.append(event)

sys.addaudithook(watch)
canary = root / "canary"
warm = root / "warm"; warm.mkdir(); good(warm); read_model(warm)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for number, (name, spoil) in enumerate(FOLDERS.items()):
    folder = root / str(number)
    folder.mkdir()
    good(folder)
    spoil(folder, canary)
    watched = True
    try:
        read_model(folder)
        refused[name] = ""
    except ExchangeError as error:
        refused[name] = str(error)
    watched = False
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"opened": opened, "ran": ran, "refused": refused, "grown": 1024 * (after - before),
                  "canary": canary.exists()}))
"""


def test_the_folder_that_they_start_from_is_read(tmp_path: Path) -> None:
    good(tmp_path)
    assert read_model(tmp_path).model.n_parameters > 0


@pytest.mark.parametrize("name", FOLDERS)
def test_it_is_refused_with_a_sentence(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    good(folder)
    FOLDERS[name](folder, tmp_path / "canary")
    with pytest.raises(ExchangeError) as caught:
        read_model(folder)
    sentence = str(caught.value)
    assert sentence.endswith(".") or sentence.endswith(")")
    assert "Traceback" not in sentence
    assert len(sentence) < 700
    assert not (tmp_path / "canary").exists()


def test_nothing_is_run_nothing_outside_is_read_and_little_memory_is_taken(tmp_path: Path) -> None:
    """All of them in one process that is watched by an audit hook."""
    here = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED, str(here), str(tmp_path)], capture_output=True, text=True, timeout=120,
        check=True,
    )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    assert len(FOLDERS) >= 30
    assert set(found["refused"]) == set(FOLDERS)
    assert all(found["refused"].values())
    assert not found["canary"]
    assert not found["ran"]
    outside = [path for path in found["opened"] if not path.startswith((str(tmp_path), "/proc/", "/sys/"))]
    assert outside == []
    assert found["grown"] <= _LIMIT_BYTES


def test_a_refused_folder_leaves_no_run_behind(tmp_path: Path) -> None:
    from playground.engine.exchange.import_folder import import_folder

    folder = tmp_path / "folder"
    folder.mkdir()
    good(folder)
    FOLDERS["numbers that are none"](folder, tmp_path / "canary")
    with pytest.raises(ExchangeError):
        import_folder(folder, tmp_path / "run")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
