"""What a person finds in the repository is true: commands, names, versions, files."""

import re
import shlex
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from playground.cli import _parser
from playground.contract.assets import assets_folder
from playground.contract.config import SECTIONS, SamplingConfig
from playground.contract.fields import settings_of
from playground.contract.glossary import terms
from playground.version import version

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands_of_readme() -> list[str]:
    blocks = re.findall(r"```\n(.*?)```", README, re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("playground ")]


@pytest.mark.parametrize("command", commands_of_readme())
def test_each_command_of_the_readme_is_understood(command: str) -> None:
    _parser().parse_args(shlex.split(command)[1:])


def test_the_readme_shows_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    (commands,) = (action for action in _parser()._subparsers._group_actions)  # type: ignore[union-attr]
    assert commands.choices
    shown = {shlex.split(command)[1] for command in commands_of_readme()}
    assert shown == set(commands.choices)


def test_the_tree_of_the_readme_is_there() -> None:
    tree = README.split("```\nplayground/\n")[1].split("```")[0]
    for line in tree.splitlines():
        name = re.split(r"\s{2,}", line.strip())[0]
        indent = len(line) - len(line.lstrip())
        for each in name.split(", "):
            if not each.endswith(("/", ".py")):
                continue
            found = [path for path in ROOT.glob(f"**/{each.rstrip('/')}") if ".venv" not in path.parts]
            assert found, f"README speaks of {each}"
            assert indent == 0 or any("playground" in path.relative_to(ROOT).parts for path in found)


def test_one_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert version() == PROJECT["project"]["version"] == metadata.version("transformer-playground")
    assert f"## {version()}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_dependency_is_used_and_every_import_named() -> None:
    """A package that nobody imports is a weight; one that is only there by luck breaks a fresh machine."""
    import ast
    import sys

    names = {"PySide6-Essentials": "PySide6"}
    extras = PROJECT["project"]["optional-dependencies"]
    lines = [*PROJECT["project"]["dependencies"], *extras["hub"], *extras["tensorboard"]]
    wanted = {re.split(r"[><=!; ]", line)[0] for line in lines}
    wanted = {names.get(name, name) for name in wanted}
    found = set()
    for path in (ROOT / "playground").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    foreign = found - set(sys.stdlib_module_names) - {"playground", "shiboken6"}
    assert foreign <= wanted, f"not named in pyproject.toml: {foreign - wanted}"
    assert wanted <= foreign, f"named in pyproject.toml and never imported: {wanted - foreign}"


def test_every_term_of_a_setting_is_in_the_glossary() -> None:
    named = {each.term for kind in (*SECTIONS.values(), SamplingConfig) for each in settings_of(kind) if each.term}
    assert named
    assert named <= set(terms())


def test_every_term_is_complete_in_both_languages() -> None:
    from playground.ui.pages.catalogue import PAGE_KEYS

    japanese = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
    for term in terms().values():
        assert term.en
        assert term.about_en.endswith("."), term.key
        assert japanese.search(term.about_ja), term.key
        assert term.about_ja.endswith("。"), term.key
        assert term.page in PAGE_KEYS, term.key


def test_every_page_has_its_icon() -> None:
    from playground.ui.pages.catalogue import PAGE_KEYS

    for key in PAGE_KEYS:
        assert (assets_folder() / "icons" / f"{key}.svg").is_file(), key


def test_no_file_names_this_machine() -> None:
    for folder in ("playground", "assets", "tests", "tools", ".ci"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".toml", ".md", ".svg", ".ts") and path != Path(__file__):
                assert "/work/" not in path.read_text(encoding="utf-8"), path
