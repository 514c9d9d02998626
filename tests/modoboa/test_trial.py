"""The Modoboa driver keeps the whole protocol, as `mailctl driver check` tries it."""

from __future__ import annotations

import sys

from mailctl.drivers import program
from mailctl.drivers.trial_steps import STEPS
from mailctl.drivers.trying import Trial
from mailctl.values import replace
from tests.modoboa.driver import notes_of, settings_of
from tests.modoboa.server import Modoboa

# The driver, but nothing waits until folders have moved.
AT_ONCE = """
import sys
from mailctl.drivers.modoboa import __main__, mailboxes
mailboxes.HELD_SECONDS = 0.0
sys.exit(__main__.main())
"""


def test_the_whole_trial_passes(modoboa: Modoboa) -> None:
    """What the driver does not offer is left out; what waits is done at once here."""
    notes_of(modoboa).unlink(missing_ok=True)
    driver = replace(
        program.of_setting("modoboa", settings_of(modoboa)),
        command=(sys.executable, "-I", "-c", AT_ONCE),
    )
    results = list(Trial(driver, timeout=60, domain="x.example").results(STEPS))
    assert {one.step: one.wrong for one in results if one.wrong} == {}
    skipped = {one.step for one in results if one.skipped}
    assert skipped == {"wipe", "password", "export-maildir", "export-mbox"}
