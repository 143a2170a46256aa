"""Verifies a run in a process of its own, on as many threads as its trainer had, and tells how it goes."""

from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from playground.contract.child_process import child_environment, module_command
from playground.contract.lines import record_in


class RunCheck(QObject):
    """One `playground verify` at a time; the window's end is its end.

    Signals:
        progressed (int, int, int): first step, the one that is done, last step.
        found (int, int, int, str): first and last step, how many numbers were compared, the first difference or "".
        failed (str): a sentence.
    """

    progressed = Signal(int, int, int)
    found = Signal(int, int, int, str)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._rest = b""

    @property
    def is_running(self) -> bool:
        return self._process is not None

    def start(self, path: Path) -> None:
        """Verify the run at `path`; a check that runs already is given up."""
        self.cancel()
        self._rest = b""
        process = self._process = QProcess(self)
        environment = QProcessEnvironment()
        for name, value in child_environment().items():
            environment.insert(name, value)
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._on_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        program, *arguments = module_command("playground", "verify", str(path), "--json")
        process.start(program, arguments)

    def cancel(self) -> None:
        """Give up; nothing more is told."""
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(1000)
            process.deleteLater()

    def _on_output(self) -> None:
        if self._process is None:
            return
        *lines, self._rest = (self._rest + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        for line in lines:
            values = record_in(line) or {}  # a library may have printed something
            if "difference" in values:
                self.found.emit(values["first_step"], values["last_step"], values["n_compared"], values["difference"])
            elif "step" in values:
                self.progressed.emit(values["first"], values["step"], values["last"])

    def _on_finished(self, code: int) -> None:
        """Codes: 0 equal, 1 different, both told already; anything else comes with a sentence on its last line."""
        process, self._process = self._process, None
        if process is None:
            return
        process.deleteLater()
        if code not in (0, 1):
            said = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
            words = said.strip().split("\n")[-1]
            self.failed.emit(words.removeprefix("error: "))

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            process, self._process = self._process, None
            self.failed.emit(process.errorString())
            process.deleteLater()
