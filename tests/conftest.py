"""What the whole suite shares: where everything is said to be installed, nothing may be skipped."""

import gc
import os

import pytest

from assets.facts import use_own


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long groups first: a worker that begins the longest last would keep the others waiting."""
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is imported by now stays to the end, as in the kiosk: no collection looks through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def only_what_ships():
    """What one test's corner says itself is not in force in the next."""
    yield
    use_own(programmes={}, corners={})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.skipped and os.environ.get("KIOSK_NO_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, but nothing may be missing here: {report.longrepr}"
    return report
