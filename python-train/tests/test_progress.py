"""The estimate of a run's end."""

import pytest

from vocalise_train.training.progress import Progress


def test_the_first_steps_which_allocate_do_not_count_for_long():
    progress = Progress()
    for i in range(200):
        progress.step("regression", 5.0 if i < 3 else 0.1)
    assert progress.remaining({"regression": 1000}, {}) == pytest.approx(100)


def test_a_stage_to_come_counts_with_what_was_tried():
    progress = Progress()
    for _ in range(10):
        progress.step("regression", 0.1)
    assert not progress.knows("adversarial")
    progress.expect("adversarial", 0.5)
    assert progress.knows("adversarial")
    left = progress.remaining({"regression": 100, "adversarial": 100}, {})
    assert left == pytest.approx(60)
    for _ in range(10):
        progress.step("adversarial", 0.4)
    assert progress.remaining({"adversarial": 100}, {}) == pytest.approx(40)


def test_pauses_count_with_their_mean():
    progress = Progress()
    progress.step("regression", 0.1)
    progress.pause("validation", 4)
    progress.pause("validation", 6)
    assert progress.remaining({"regression": 10}, {"validation": 3}) == pytest.approx(16)


def test_the_estimate_follows_a_machine_that_slows_down():
    progress = Progress(window=100)
    for seconds in (0.1, 0.2):
        for _ in range(200):
            progress.step("regression", seconds)
    assert progress.remaining({"regression": 100}, {}) == pytest.approx(20)
