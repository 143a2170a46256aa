"""What the engine and the contract may say to a person, read out of their source as templates.

A sentence is a string that ends with a full stop, a fragment one that is put into a sentence: `f"{path} is {size} bytes
long."` is the template "{0} is {1} bytes long.". Settings' labels and helps are not among them; `update_translations`
takes those from the settings themselves.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1] / "playground"
_ROOMS = ("contract", "engine", "answers", "ui")
_ONLY_RAISED = ("ui/",)  # the window says all the rest itself, in both languages
_SAY_NOTHING = (  # words that models are trained on, presets, and what only a bug would show
    "engine/text/conjugation", "engine/text/grammar", "engine/text/tales", "engine/text/tasks", "engine/text/translate",
    "contract/presets", "contract/frames", "contract/wire",
)  # fmt: skip
_BUGS = {"AssertionError", "KeyError", "TypeError", "IndexError", "ValueError", "AttributeError", "FrameError"}
_NOT_SAID = {  # calls that take words
    "compile", "cast", "filterwarnings", "startswith", "removeprefix", "setting", "Progress", "translate",
}  # fmt: skip
_PROBES = {"_TRIED", "_TEXTS", "_RUNS"}  # names of texts that a tokenizer is tried with
_CANNOT = "Cannot {what} {{0}}. {{1}}"  # what `storage.reporting(path, what)` says
_FROM_TABLES = ("sentence", "translation", "text", "gradient norm", "weight norm", "loss")  # that are put into others
_NO_WORDS = {"format = {0}", "<unused {0}>", "fed: ", "Cannot {0} {1}. {2}"}  # of files and pipes
_WORDS = re.compile(r"[A-Za-z]{2,}.* |^[a-z]+ ")


def engine_sentences() -> list[str]:
    """Every template, once, in order of its length, those with most to recognize first."""
    found = dict.fromkeys(_FROM_TABLES) | dict.fromkeys(each for path in _sources() for each in _templates(path))
    return sorted(found, key=lambda template: (-len(template), template))


def _sources() -> Iterator[Path]:
    for room in _ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(_SAY_NOTHING):
                yield path


def _templates(path: Path) -> Iterator[str]:
    reader = _Reader(only_raised=path.relative_to(ROOT).as_posix().startswith(_ONLY_RAISED))
    yield from reader.read(ast.parse(path.read_text(encoding="utf-8")))


class _Reader(ast.NodeVisitor):
    """Collects strings, but for docstrings, assertions and what calls of other kinds take."""

    def __init__(self, *, only_raised: bool) -> None:
        self._only_raised = only_raised
        self._found: list[str] = []

    def read(self, tree: ast.AST) -> list[str]:
        self.visit(tree)
        return self._found

    def visit_Assert(self, node: ast.Assert) -> None:
        """Ours alone."""

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # else a docstring
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        only_raised, self._only_raised = self._only_raised, False
        self.generic_visit(node)
        self._only_raised = only_raised

    def visit_Assign(self, node: ast.Assign) -> None:
        if not any(isinstance(target, ast.Name) and target.id in _PROBES for target in node.targets):
            self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> None:
        """A parameter's type may be a string."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called == "reporting":
            self._found += [_CANNOT.format(what=each.value) for each in node.args if isinstance(each, ast.Constant)]
        elif called not in _BUGS | _NOT_SAID:
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._keep(node.value)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        parts, n = [], 0
        for part in node.values:
            if isinstance(part, ast.Constant):
                parts.append(str(part.value).replace("{", "{{").replace("}", "}}"))
            else:
                parts.append(f"{{{n}}}")
                n += 1
                self.visit(part)
        self._keep("".join(parts))

    def _keep(self, template: str) -> None:
        plain = re.sub(r"{\d+}", "", template)
        is_code = set(template) & {"\n", "\\"} or template.endswith("]")
        if not is_code and not self._only_raised and template not in _NO_WORDS and _WORDS.search(plain):
            self._found.append(template)
