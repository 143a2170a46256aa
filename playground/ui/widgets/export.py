"""What a person can take along from any picture: its context menu copies or saves it as image, vectors or numbers.

Knows the picture as a widget and asks it for its numbers when they are wanted; knows no page.
"""

import csv
import io
import itertools
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from playground.contract import storage
from playground.contract.errors import PlaygroundError
from playground.ui.engine_sentences import told
from playground.ui.translation import translate

_ROWS = 512  # made into text at a time
_STRETCH_S = 0.008
PICTURE_SCALE = 2.0  # pixels of a saved picture per pixel of the screen
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True)
class Table:
    """A picture's numbers as rows; text cells may be of foreign origin."""

    header: Sequence[str]
    rows: Iterable[Sequence[str | float | int]]


class PictureMenu(QObject):
    """The context menu of one picture.

    `name` is the beginning of a saved file's name. `table` and `array`, where given, are asked for the numbers when
    they are wanted; an `array` of None means that there are none yet.

    Signals:
        saved (str): the path of a file that was written.
        failed (str): one sentence; the page that holds the picture shows it by itself.
    """

    saved = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        picture: QWidget,
        name: str,
        *,
        table: Callable[[], Table] | None = None,
        array: Callable[[], np.ndarray | None] | None = None,
        vector: bool = True,
    ) -> None:
        super().__init__(picture)
        self._picture, self._name, self._table, self._array = picture, name, table, array
        self._is_vector = vector
        self._writing: list[_Writing] = []  # one after the other
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(self._write_on)
        picture.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        picture.customContextMenuRequested.connect(self._on_menu_requested)

    def menu(self) -> QMenu:
        """A fresh menu, in the interface's language."""
        menu = QMenu(self._picture)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(translate("Export", "Copy picture"), self.copy_picture)
        if self._table is not None:
            menu.addAction(translate("Export", "Copy as table"), self.copy_table)
        menu.addSeparator()
        menu.addAction(translate("Export", "Save as PNG…"), self.save_png)
        if self._is_vector:
            menu.addAction(translate("Export", "Save as SVG…"), self.save_svg)
        if self._table is not None:
            menu.addAction(translate("Export", "Save as CSV…"), self.save_csv)
        if self._array is not None:
            menu.addAction(translate("Export", "Save as NPY…"), self.save_npy)
        return menu

    def copy_picture(self) -> None:
        QGuiApplication.clipboard().setPixmap(_pixmap(self._picture))

    def copy_table(self) -> None:
        assert self._table is not None, "this picture has no numbers to copy"
        QGuiApplication.clipboard().setText(table_text(self._table(), "\t"))

    def save_png(self) -> None:
        self._save("png", "PNG (*.png)", png_bytes(self._picture))

    def save_svg(self) -> None:
        self._save("svg", "SVG (*.svg)", svg_bytes(self._picture))

    def save_csv(self) -> None:
        assert self._table is not None, "this picture has no numbers to save"
        path = self._asked_path("csv", "CSV (*.csv)")
        if path is not None:
            self._writing.append(_Writing(self._table(), path))
            self._write_on()

    def save_npy(self) -> None:
        assert self._array is not None, "this picture has no array to save"
        array = self._array()
        if array is not None:
            file = io.BytesIO()
            np.save(file, array, allow_pickle=False)
            self._save("npy", "NumPy (*.npy)", file.getvalue())

    def ask_path(self, suggestion: str, filter: str) -> str:
        """Where to save; "" if the person thinks better of it. Tests put their own answer here."""
        path, _ = QFileDialog.getSaveFileName(self._picture, translate("Export", "Save picture"), suggestion, filter)
        return path

    def _asked_path(self, ending: str, filter: str) -> Path | None:
        chosen = self.ask_path(f"{self._name}.{ending}", filter)
        if not chosen:
            return None
        return Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.{ending}")

    def _save(self, ending: str, filter: str, data: bytes) -> None:
        path = self._asked_path(ending, filter)
        if path is not None:
            self._keep(path, data)

    def _keep(self, path: Path, data: bytes) -> None:
        try:
            storage.write_bytes(path, data)
        except PlaygroundError as error:
            self._report(told(error))
        else:
            self.saved.emit(str(path))

    def _write_on(self) -> None:
        """A stretch of a long table at a time: a million rows take seconds."""
        if self._writing and self._writing[0].go_on(_STRETCH_S):
            written = self._writing.pop(0)
            self._keep(written.path, written.data())
        if self._writing:
            self._rest.start()

    def _report(self, sentence: str) -> None:
        """Tell the page around the picture, whichever it is."""
        self.failed.emit(sentence)
        holder: QWidget | None = self._picture
        while holder is not None:
            notice = getattr(holder, "notice", None)
            if notice is not None:
                notice.show_error(sentence)
                return
            holder = holder.parentWidget()

    def _on_menu_requested(self, place: QPoint) -> None:
        self.menu().popup(self._picture.mapToGlobal(place))


def table_text(table: Table, separator: str) -> str:
    """The table with one line a row. Text that a spreadsheet would run as a formula is quoted (OWASP)."""
    return _lines([table.header], separator) + _lines(table.rows, separator)


def _lines(rows: Iterable[Sequence[str | float | int]], separator: str) -> str:
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator="\n")
    writer.writerows([_safe_cell(cell) for cell in row] for row in rows)
    return file.getvalue()


class _Writing:
    """A table on its way to a file."""

    def __init__(self, table: Table, path: Path) -> None:
        self.path = path
        self._rows = iter(table.rows)
        self._parts = [_lines([table.header], ",")]

    def go_on(self, budget_s: float) -> bool:
        """Write rows for so long; whether that was all."""
        end_at = time.perf_counter() + budget_s
        while rows := list(itertools.islice(self._rows, _ROWS)):
            self._parts.append(_lines(rows, ","))
            if time.perf_counter() >= end_at:
                return False
        return True

    def data(self) -> bytes:
        """The mark at the front tells spreadsheets that Japanese labels are UTF-8."""
        return "".join(self._parts).encode("utf-8-sig")


def png_bytes(picture: QWidget) -> bytes:
    """The widget as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    _pixmap(picture).save(buffer, "PNG")
    return bytes(buffer.data().data())


def svg_bytes(picture: QWidget) -> bytes:
    """The picture as SVG: what it paints, as vectors."""
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(picture.size())
    generator.setViewBox(QRect(QPoint(0, 0), picture.size()))
    generator.setTitle(picture.accessibleName())
    painter = QPainter(generator)
    picture.render(painter, QPoint(0, 0))
    painter.end()
    return bytes(buffer.data().data())


def _safe_cell(cell: str | float | int) -> str | float | int:
    """Numbers stay; text that begins like a formula, even after blanks, gets an apostrophe in front."""
    if not isinstance(cell, str):
        return cell
    is_formula = cell.startswith(_FORMULA_SIGNS) or cell.lstrip().startswith(_FORMULA_SIGNS)
    return f"'{cell}" if is_formula else cell


def _pixmap(picture: QWidget) -> QPixmap:
    size = QSize(round(picture.width() * PICTURE_SCALE), round(picture.height() * PICTURE_SCALE))
    drawn = QPixmap(size)
    drawn.setDevicePixelRatio(PICTURE_SCALE)
    drawn.fill(Qt.GlobalColor.transparent)
    picture.render(drawn, QPoint(0, 0))
    return drawn
