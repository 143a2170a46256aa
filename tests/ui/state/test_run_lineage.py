"""The tree of runs that come from one another."""

from pathlib import Path

from playground.contract import run_directory
from playground.ui.state.run_lineage import lineage
from playground.ui.state.run_origin import FULL, IMPORTED, INT8, Origin
from playground.ui.state.run_summary import RunSummary

HOME = Path("/runs")


def run(name: str, parent: str = "", step: int = 0, how: str = FULL) -> RunSummary:
    origin = Origin(source=str(HOME / parent), how=how, step=step) if parent else None
    return RunSummary(path=HOME / name, state=run_directory.FINISHED, origin=origin)


def told(name: str, *runs: RunSummary) -> list[str]:
    return [f"{'.' * kin.depth}{kin.path.name}{'*' * kin.is_self}" for kin in lineage(HOME / name, runs)]


def test_the_line_down_to_the_run_and_all_that_come_from_it() -> None:
    runs = (run("a"), run("b", "a", 100), run("late", "b", 300), run("early", "b", 50), run("small", "late", 9, INT8))
    assert told("b", *runs) == ["a", ".b*", "..early", "..late", "...small"]
    assert told("small", *runs) == ["a", ".b", "..late", "...small*"]
    assert told("a", *runs) == ["a*", ".b", "..early", "..late", "...small"]


def test_one_alone_has_no_tree() -> None:
    assert told("a", run("a"), run("b")) == []
    assert told("a", run("a", "gpt2", how=IMPORTED)) == []


def test_an_ancestor_that_is_gone_is_named() -> None:
    kin = lineage(HOME / "b", [run("b", "a", 100)])
    assert [(each.path.name, each.is_listed) for each in kin] == [("a", False), ("b", True)]
    assert kin[1].origin is not None
    assert kin[1].origin.step == 100


def test_runs_that_claim_to_come_from_one_another_end() -> None:
    assert told("a", run("a", "b"), run("b", "a")) == ["b", ".a*"]
    assert told("a", run("a", "a")) == []
    assert len(told("0", *(run(str(number), str(number - 1)) for number in range(100)))) <= 26
