"""Brings the Japanese translation up to date with the source: `python -m tools.update_translations [--check]`.

Collects every `translate("Context", "literal")` of `playground/ui`, in the context "Settings" every label, help, choice
and unit of `contract/config.py` and `contract/presets.py`, and in the context "Sentences" what the engine says (see
`engine_sentences.py`), into `assets/translations/playground_ja.ts`, and compiles it to the `.qm` that the window loads.
The engine's templates go into `sentences.json` beside it. New strings come in as unfinished, for a person to translate;
those that the source no longer has are dropped. `--check` changes nothing, and fails when anything is missing or out of
date.
"""

import argparse
import json
import subprocess
import sys
import sysconfig
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

from playground.contract.config import SECTIONS, SamplingConfig
from playground.contract.fields import Setting, settings_of
from playground.contract.presets import PRESETS
from playground.ui.engine_sentences import SENTENCES_CONTEXT, TEMPLATES_FILE
from playground.ui.translation import SETTINGS_CONTEXT
from tools.engine_sentences import engine_sentences

ROOT = Path(__file__).resolve().parents[1]
TRANSLATION = ROOT / "assets" / "translations" / "playground_ja.ts"
UI = ROOT / "playground" / "ui"


def main(arguments: list[str] | None = None) -> int:
    """Update or check; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail when something is out of date")
    options = parser.parse_args(arguments)
    if options.check:
        found = problems()
        print("\n".join(found) if found else f"{TRANSLATION.name} is complete.")
        return 1 if found else 0
    collect(TRANSLATION)
    TRANSLATION.with_name(TEMPLATES_FILE).write_text(templates(), encoding="utf-8")
    compile_(TRANSLATION, TRANSLATION.with_suffix(".qm"))
    unfinished = list(unfinished_of(TRANSLATION))
    print(f"{TRANSLATION.name}: {len(unfinished)} strings to translate.")
    return 0


def problems(translation: Path = TRANSLATION) -> list[str]:
    """Everything that is out of date, as sentences; [] when the translation is complete."""
    if not translation.is_file():
        return [f"{translation} is missing. Run python -m tools.update_translations."]
    found = [f"Not translated: [{context}] {source}" for context, source in unfinished_of(translation)]
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / translation.name
        fresh.write_bytes(translation.read_bytes())
        collect(fresh)
        known, wanted = set(messages_of(translation)), set(messages_of(fresh))
        found += [f"Not in {translation.name}: [{context}] {source}" for context, source in sorted(wanted - known)]
        found += [f"No longer in the source: [{context}] {source}" for context, source in sorted(known - wanted)]
        compile_(translation, fresh.with_suffix(".qm"))
        compiled = translation.with_suffix(".qm")
        if not compiled.is_file() or compiled.read_bytes() != fresh.with_suffix(".qm").read_bytes():
            found.append(f"{compiled.name} is older than {translation.name}. Run python -m tools.update_translations.")
    known_templates = translation.with_name(TEMPLATES_FILE)
    if not known_templates.is_file() or known_templates.read_text(encoding="utf-8") != templates():
        found.append(f"{known_templates.name} is out of date. Run python -m tools.update_translations.")
    return found


def templates() -> str:
    """The content of the file of the engine's templates."""
    return json.dumps(sentences(), ensure_ascii=False, indent=0) + "\n"


def collect(translation: Path) -> None:
    """Bring a .ts file's messages to those of the source; what is translated stays translated."""
    translation.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "settings.py"
        lines = [f"translate({SETTINGS_CONTEXT!r}, {text!r})" for text in settings_texts()]
        lines += [f"translate({SENTENCES_CONTEXT!r}, {text!r})" for text in sentences()]
        settings.write_text("\n".join(lines) + "\n", encoding="utf-8")
        sources = [str(path) for path in sorted(UI.rglob("*.py"))]
        options = ["-locations", "none", "-no-obsolete", "-source-language", "en", "-target-language", "ja"]
        _run("pyside6-lupdate", *options, *sources, str(settings), "-ts", str(translation))


def compile_(translation: Path, compiled: Path) -> None:
    """Make the binary that Qt loads; what is unfinished is left out."""
    _run("pyside6-lrelease", str(translation), "-qm", str(compiled))


def settings_texts() -> list[str]:
    """Every text of the contract that the window shows, once, in order."""
    texts = [text for each in _all_settings() for text in (each.label, each.help, each.unit, *each.choices)]
    texts += [text for preset in PRESETS.values() for text in (preset.label, preset.help)]
    return [text for text in dict.fromkeys(texts) if text]


def sentences() -> list[str]:
    """What the engine may say, without the settings' own words."""
    known = set(settings_texts())
    return [text for text in engine_sentences() if text not in known]


def messages_of(translation: Path) -> Iterator[tuple[str, str]]:
    """Context and source of every message."""
    for context, message in _entries(translation):
        yield context, message.findtext("source", "")


def unfinished_of(translation: Path) -> Iterator[tuple[str, str]]:
    """Context and source of every message without a finished translation."""
    for context, message in _entries(translation):
        target = message.find("translation")
        if target is None or target.get("type") or not (target.text or "").strip():
            yield context, message.findtext("source", "")


def _entries(translation: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    for context in ElementTree.parse(translation).getroot().iter("context"):
        for message in context.iter("message"):
            yield context.findtext("name", ""), message


def _all_settings() -> Iterator[Setting]:
    for section in (*SECTIONS.values(), SamplingConfig):
        yield from settings_of(section)


def _run(tool: str, *arguments: str) -> None:
    command = Path(sysconfig.get_path("scripts")) / tool
    done = subprocess.run([str(command), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{tool} failed: {done.stderr or done.stdout}")


if __name__ == "__main__":
    sys.exit(main())
