"""What the whole suite shares: where everything is said to be installed, nothing may be skipped."""

import os

import pytest

from assets.facts import use_own


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
