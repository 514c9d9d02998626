"""Every command that is printed to be run, run as a shell reads it: it is accepted.

The host is the busy one, its store is given by `--store` under a name with spaces and quotes;
another store is the default, and must stay as it is.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import Cli, Outcome, contents

# What reads, what changes, what refuses: all of them print commands.
SAYING = """
advise --all
advise acme
find acme
find hugo
order list
customer show acme
customer show late
customer show slow
platform show acme-hx
platform show acme-old
account show 7
account show 10
account explain 1
account explain 5
account explain 7
account explain 8
account explain 10
invoice explain 2026-000009
customer edit acme --phone +33199001234
customer add new --name New --email it@new.example
customer close acme
customer close late
customer close slow --yes
prepaid credit acme 10
prepaid credit late 10 --await-payment
prepaid credit late 30 --received
prepaid refund acme 1 --reason x --yes
prepaid grace late --until 2026-03-01 --reason x
prepaid alert acme 7
method add paypal acme --agreement B-1
offer price email-pro monthly 1.23
offer price email-pro monthly 1.23 --customer acme
offer close hosted-exchange --yes
offer reopen retired
offer edit email-pro --label Mail
platform add acme-new --customer acme --offer email-pro
platform cancel acme-hx --yes
platform resume acme-old --yes
platform renewal acme-hx --manual --yes
account order acme-pro new@acme.example --yes
account order bolt-hx new@acme.example --yes
account rename 3 other@acme.example
account configure 2 two@acme.example
account renew 1 --mode none --yes
account renew --all --platform acme-pro --mode yearly --yes
account extend 1 --yes
account extend 10 --yes
account reset 1 --yes
account reopen 7 --yes
account delete 3 --yes
order cancel 1
domain move acme.example bolt
task fail 1 --reason x
tax set FR 21
settings set seller-name=A mail-host=none
settings set mail-tls none
payment export --kind card
payment export --kind paypal
task show 1
domain show acme.example
accounts list
""".strip().splitlines()
# A command that asks for a value (`-`), or shows where one stands, is not run: it is for a person.
FOR_A_PERSON = re.compile(r" (-|[A-Z][A-Z.\[\]]*)( |$)")
# What a refusal may still name: what must be done before, each with its command.
MORE_TO_DO = frozenset(("not-closable", "domain-taken"))


@pytest.fixture
def trial(busy: Cli) -> Cli:
    """The busy store under an odd name; the default is another store."""
    odd = busy.store.parent / 'it\'s "a" $trial' / "my `store`.db"
    odd.parent.mkdir(mode=0o700)
    busy.store.rename(odd)
    for part in busy.store.parent.glob("mailctl.db-*"):
        part.unlink()
    busy.ok("init", "--clock", "2026-02-05")
    return Cli(odd)


def printed(value: Any, prefix: str) -> Iterator[str]:
    """The commands that JSON holds: whole values, and the ends of sentences."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from printed(one, prefix)
    elif isinstance(value, str) and prefix in value:
        for line in value.splitlines():
            before, found, rest = line.partition(prefix)
            if found and (not before or before.endswith((": ", " "))):
                # What follows in the sentence, or a second way.
                yield prefix + re.split(r"; |, or |, which |\. ", rest)[0]


def accepted(real: Cli, words: list[str]) -> Outcome:
    """Run what was printed; where it would ask on a terminal, the answer is yes."""
    outcome = real(*words)
    if outcome.status == 2 and "asks before it acts" in outcome.err:
        return real(*words, "--yes")
    return outcome


@pytest.mark.parametrize("said", SAYING)
@pytest.mark.files_only("the store's name is an odd path")
def test_what_is_printed_to_be_run_can_be_run(trial: Cli, said: str, tmp_path: Path) -> None:
    """Each on a copy of the store as it was when the command was printed."""
    real = Cli(trial.store.parent.parent / "mailctl.db")
    untouched = contents(real.store)
    store = str(trial.store)
    prefix = f"mailctl --store {shlex.quote(store)} "
    before, after = tmp_path / "before.db", tmp_path / "after.db"
    shutil.copy2(trial.store, before)
    plain = real("--store", store, *said.split())
    shutil.copy2(before, trial.store)
    outcome = real("--store", store, *said.split(), "-o", "json")
    shutil.copy2(trial.store, after)
    text = outcome.out if outcome.status == 0 else outcome.err.splitlines()[-1]
    lines = [*printed(json.loads(text), prefix), *printed(plain.out + plain.err, prefix)]
    assert lines != []
    for line in dict.fromkeys(lines):
        shutil.copy2(after, trial.store)
        for command in line.split(" && "):
            if FOR_A_PERSON.search(command.removeprefix(prefix)):
                continue
            program, *words = shlex.split(command)
            done = accepted(real, [*words, "-o", "json"])
            assert program == "mailctl"
            assert done.status == 0 or done.error()["code"] in MORE_TO_DO, (line, done.err)
    assert contents(real.store) == untouched
