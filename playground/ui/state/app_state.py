"""All state of the window in one hand: the run in view and those beside it, the run in preparation, the settings."""

from dataclasses import dataclass, field

from playground.ui.state.compared_runs import ComparedRuns
from playground.ui.state.current_run import CurrentRun
from playground.ui.state.draft import Draft
from playground.ui.state.settings import Settings


@dataclass(kw_only=True)
class AppState:
    """Handed to every wiring; views never see it."""

    settings: Settings = field(default_factory=Settings)
    current: CurrentRun = field(default_factory=CurrentRun)
    compared: ComparedRuns = field(default_factory=ComparedRuns)
    draft: Draft = field(default_factory=Draft)
