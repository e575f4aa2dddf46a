"""Settings: presets, inheritance, ``--set``, and what is refused."""

import pytest
import yaml

from vocalise_train.training import presets
from vocalise_train.training.config import differences


@pytest.mark.parametrize("name", presets.names())
def test_every_preset_is_whole_and_survives_yaml(name):
    config = presets.resolve(name)
    assert config.preset == name
    assert presets.parse(yaml.safe_load(yaml.safe_dump(config.to_dict()))) == config


@pytest.mark.parametrize("path", sorted(presets.FOLDER.glob("*.yaml")))
def test_every_preset_says_why_in_comments(path):
    assert path.read_text().count("#") >= 5


def test_a_preset_that_does_not_exist_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="no preset 'smal'; did you mean small"):
        presets.resolve("smal")
    with pytest.raises(ValueError, match=r"no preset 'zzz'; known are .*small"):
        presets.resolve("zzz")


def test_a_file_inherits_and_changes_come_last(tmp_path):
    (tmp_path / "mine.yaml").write_text("inherits: small\nbatch_size: 3\noptimiser: {clip: 2}\n")
    config = presets.resolve(str(tmp_path / "mine.yaml"), ["batch_size=5", "optimiser.warmup=7"])
    small = presets.resolve("small")
    assert (config.preset, config.batch_size) == ("mine", 5)
    assert (config.optimiser.clip, config.optimiser.warmup) == (2, 7)
    assert config.optimiser.learning_rate == small.optimiser.learning_rate


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("inherits: small\nbatch_sise: 3", "unknown setting batch_sise; did you mean batch_size"),
        ("inherits: small\noptimiser: {lr: 3}", "unknown setting optimiser.lr; known are"),
        ("inherits: small\nbatch_size: many", "batch_size is 'many', not a whole number"),
        ("inherits: small\nbatch_size: 2.5", "batch_size is 2.5, not a whole number"),
        ("inherits: small\nbatch_size: 0", "batch_size is 0, below 1"),
        ("inherits: small\nbatch_size: .nan", "batch_size is nan, not a whole number"),
        ("inherits: small\naverage: .nan", "average is nan"),
        ("inherits: small\naverage: 1.5", "average is 1.5, above 1"),
        ("inherits: small\nbatch_size: true", "batch_size is True, not a whole number"),
        ("inherits: small\ncompile: 1", "compile is 1, not true or false"),
        ("inherits: small\narchitecture: magnitud", "not one of hifigan-v1"),
        ("inherits: small\ndata: {speeds: 2}", r"data.speeds is 2, not a list"),
        ("inherits: small\ndata: {speeds: [1, fast]}", r"data.speeds\[1\] is 'fast', not a number"),
        ("inherits: small\ndata: wrong", "data: 'wrong' is no list of settings"),
        ("inherits: small\noptimiser: {betas: [0.9]}", "optimiser.betas has 1 numbers, not 2"),
        ("inherits: small\nsizes: {chanels: 3}", "sizes.chanels of harmonic; did you mean"),
        ("inherits: nobody", "line 1: no preset 'nobody' to inherit from; known are"),
        ("inherits: smal", "to inherit from; did you mean small"),
        ("inherits: mine", "inherit in a circle"),
        ("architecture: magnitude", "setting steps is missing"),
        ("- a list", "no settings in it"),
        ("a: [", "mine.yaml, line 1, column 5: no YAML: expected the node content"),
        ("inherits: small\n  a: 1", "mine.yaml, line 2, column 4: no YAML: mapping values"),
        ("!!python/object/apply:os.system [true]", "no YAML"),
    ],
)
def test_what_a_preset_gets_wrong_is_named(tmp_path, text, message):
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(ValueError, match=message):
        presets.resolve(str(path))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("# mine\ninherits: small\nbatch_sise: 3", "mine.yaml, line 3: unknown setting batch_sise"),
        ("inherits: small\ndata:\n  speeds: [1, 9]", r"mine.yaml, line 3: data.speeds\[1\] is 9"),
        ("inherits: small\ndata: wrong", "mine.yaml, line 2: data: 'wrong' is no list"),
        ("inherits: parent", "parent.yaml, line 2: optimiser.clip is -1, below 0"),
        ("architecture: magnitude", "mine.yaml: setting steps is missing"),
        ("inherits: small\nsizes: {a: 1}", "mine.yaml, line 2: unknown setting sizes.a"),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path, text, place):
    (tmp_path / "parent.yaml").write_text("inherits: small\noptimiser: {clip: -1}")
    (tmp_path / "mine.yaml").write_text(text)
    with pytest.raises(ValueError, match=place):
        presets.resolve(str(tmp_path / "mine.yaml"))


def test_a_file_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match=r"none.yaml: no such file; presets that ship: .*small"):
        presets.resolve("none.yaml")


def test_numbers_that_yaml_takes_for_texts_are_numbers():
    assert (
        presets.resolve("small", ["optimiser.learning_rate=1e-4"]).optimiser.learning_rate == 1e-4
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("steps", "'steps' is not key=value"),
        ("steps=[", "no YAML value"),
        ("steps.a=1", "steps is a value"),
        ("step=1", "--set step=1: unknown setting step; did you mean steps"),
        ("steps=many", "--set steps=many: steps is 'many', not a whole number"),
    ],
)
def test_what_a_change_gets_wrong_is_named(change, message):
    with pytest.raises(ValueError, match=message):
        presets.resolve("small", [change])


def test_differences_name_what_changes_the_weights_alone():
    before = presets.resolve("small")
    after = presets.resolve("small", ["optimiser.clip=3", "threads=2", "report.keep=9", "name=x"])
    assert differences(before, after) == ["optimiser.clip: 1.0 -> 3.0"]
    assert differences(before, before) == []
