"""Forms are made from the config's own metadata and report what the person changes."""

import dataclasses

import pytest
from PySide6.QtCore import QEvent, Qt
from pytestqt.qtbot import QtBot

from playground.contract.config import SECTIONS, RunConfig
from playground.contract.fields import settings_of
from playground.contract.model_config import ModelConfig
from playground.ui.engine_sentences import with_labels
from playground.ui.widgets.choice_words import choice_label
from playground.ui.widgets.decimal_field import DecimalField, decimal_words
from playground.ui.widgets.fields import CheckField, NumberField
from playground.ui.widgets.fold import Fold
from playground.ui.widgets.problem_words import problems_by_setting
from playground.ui.widgets.setting_ranges import SLIDER_RANGES, octave_eighths
from playground.ui.widgets.settings_form import SettingsForm
from playground.ui.widgets.value_slider import SliderTrack


@pytest.mark.parametrize("section", SECTIONS)
def test_every_setting_of_a_section_has_a_row_with_its_help(qtbot: QtBot, section: str) -> None:
    form = SettingsForm(section)
    qtbot.addWidget(form)
    assert list(form.rows) == [each.name for each in settings_of(SECTIONS[section]) if len(each.choices) != 1]
    form.show_section(SECTIONS[section]())


def test_every_slider_range_lies_within_what_is_allowed() -> None:
    known = {f"{name}.{s.name}": s for name, kind in SECTIONS.items() for s in settings_of(kind)}
    for dotted, reach in SLIDER_RANGES.items():
        setting = known[dotted]
        for end in (reach.low, reach.high):
            value = setting.kind(reach.snap(end) if reach.snap else end)
            assert setting.problem(value, "") is None, (dotted, end)


def test_a_change_carries_the_dotted_name_and_the_right_type(qtbot: QtBot) -> None:
    form = SettingsForm("model")
    qtbot.addWidget(form)
    form.show_section(ModelConfig())
    track = form.rows["n_layers"].findChild(SliderTrack)
    with qtbot.waitSignal(form.value_changed) as changed:
        qtbot.keyClick(track, Qt.Key.Key_Right)
    assert changed.args == ["model.n_layers", 5]
    assert type(changed.args[1]) is int
    with qtbot.waitSignal(form.value_changed) as changed:
        qtbot.keyClick(form.rows["bias"].findChild(CheckField), Qt.Key.Key_Space)
    assert changed.args == ["model.bias", False]


def test_showing_values_reports_nothing(qtbot: QtBot) -> None:
    form = SettingsForm("training")
    qtbot.addWidget(form)
    other = dataclasses.replace(SECTIONS["training"](), seed=7, device="cpu", max_steps=123_456, schedule="linear")
    with qtbot.assertNotEmitted(form.value_changed):
        form.show_section(other)
    seed = form.rows["seed"].findChild(NumberField)
    assert isinstance(seed, NumberField)
    assert seed.value() == 7


def test_a_problem_stands_under_its_setting_and_opens_its_fold(qtbot: QtBot) -> None:
    form = SettingsForm("training")
    qtbot.addWidget(form)
    form.show()
    assert not form.rows["device"].isVisible()
    form.show_problems({"training.device": "There is no such device."})
    assert form.rows["device"].isVisible()
    assert form.rows["device"].problem() == "There is no such device."
    form.show_problems({})
    assert form.rows["device"].problem() == ""


def test_a_subset_of_settings(qtbot: QtBot) -> None:
    some, rest = SettingsForm("data", only=["source"]), SettingsForm("data", without=["source"])
    qtbot.addWidget(some)
    qtbot.addWidget(rest)
    assert list(some.rows) == ["source"]
    assert list(rest.rows) == ["target", "examples", "validation_fraction", "builtin_seed"]


@pytest.mark.parametrize(("value", "wanted"), [(3.4, 3), (17, 16), (100, 96), (101, 104), (1000, 1024), (4100, 4096)])
def test_octave_eighths(value: float, wanted: float) -> None:
    assert octave_eighths(value) == wanted


def test_a_language_change_keeps_the_values(qtbot: QtBot) -> None:
    form = SettingsForm("tokenizer")
    qtbot.addWidget(form)
    form.show_section(dataclasses.replace(SECTIONS["tokenizer"](), type="bpe"))
    with qtbot.assertNotEmitted(form.value_changed):
        form.retranslate()
        form.changeEvent(QEvent(QEvent.Type.LanguageChange))


def test_problems_are_told_with_the_names_people_see() -> None:
    problems = ModelConfig(n_heads=5).problems()
    assert list(problems_by_setting(problems)) == ["model.n_heads"]
    assert with_labels(problems[0]).startswith("Heads is 5, which does not divide Width (d_model) = 128.")
    assert with_labels("There is no model.such_name.") == "There is no model.such_name."


def test_a_setting_shows_only_where_it_counts(qtbot: QtBot) -> None:
    form = SettingsForm("model")
    qtbot.addWidget(form)
    form.show_section(ModelConfig())
    assert form.rows["n_encoder_layers"].isHidden()
    assert form.rows["rotary_base"].isHidden()
    form.show_section(ModelConfig(kind="encoder_decoder", position="rotary"))
    assert not form.rows["n_encoder_layers"].isHidden()
    assert not form.rows["rotary_base"].isHidden()


def test_a_setting_may_depend_on_another_section(qtbot: QtBot) -> None:
    form = SettingsForm("training")
    qtbot.addWidget(form)
    form.show_config(RunConfig())
    assert form.rows["mask_fraction"].isHidden()
    form.show_config(RunConfig(model=ModelConfig(kind="encoder")))
    assert not form.rows["mask_fraction"].isHidden()


def test_fractions_are_typed_and_kept_as_they_are(qtbot: QtBot) -> None:
    form = SettingsForm("model")
    qtbot.addWidget(form)
    form.show_section(ModelConfig(position="rotary"))
    field = form.rows["norm_epsilon"].findChild(DecimalField)
    assert isinstance(field, DecimalField)
    assert field.text() == "1e-05"
    with qtbot.waitSignal(form.value_changed) as changed:
        field.setText("2.5e-6")
        field.editingFinished.emit()
    assert changed.args == ["model.norm_epsilon", 2.5e-6]
    with qtbot.assertNotEmitted(form.value_changed):
        field.setText("nonsense")
        field.editingFinished.emit()
    assert field.text() == "2.5e-06"
    assert form.rows["rotary_base"].findChild(DecimalField).text() == "10,000"


def test_arrow_keys_step_by_factors_on_a_logarithmic_scale(qtbot: QtBot) -> None:
    field = DecimalField(10.0, 1e8, logarithmic=True)
    qtbot.addWidget(field)
    field.show_value(10_000.0)
    qtbot.keyClick(field, Qt.Key.Key_PageUp)
    assert field.value() == 100_000.0
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field.value() == 79_000.0


@pytest.mark.parametrize("value", [1e-12, 0.1, 1 / 3, 123456.75, 2.0, 1e8])
def test_a_decimal_is_never_rounded_to_another(value: float) -> None:
    assert float(decimal_words(value).replace(",", "")) == value


def test_every_choice_has_a_name_of_its_own() -> None:
    bare = {"fp32", "bf16"}
    choices = {c for kind in SECTIONS.values() for each in settings_of(kind) for c in each.choices} - bare
    assert [each for each in sorted(choices) if choice_label(each) == each] == []


def test_a_fold_with_nothing_in_it_is_hidden(qtbot: QtBot) -> None:
    form = SettingsForm("data", only=("target", "examples"))
    qtbot.addWidget(form)
    fold = form.findChild(Fold)
    form.show_config(RunConfig())
    assert not fold.isHidden()
    form.show_config(RunConfig(model=ModelConfig(kind="encoder_decoder")))
    assert fold.isHidden()
    assert not form.rows["target"].isHidden()
