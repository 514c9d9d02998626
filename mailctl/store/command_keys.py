"""The keys that make a command repeatable: each is kept, for good, with what the command made."""

from __future__ import annotations

from collections.abc import Mapping

from mailctl.errors import KeyReusedError
from mailctl.store.engine import sha256
from mailctl.store.engine.journal import compact
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value


class CommandKey(Value):
    """A key as it was given to a command for a customer, with the arguments that it stands for."""

    command: str
    customer_id: int
    key: str
    arguments: Mapping[str, object]

    @classmethod
    def given(
        cls, key: str | None, *, command: str, customer_id: int, **arguments: object
    ) -> CommandKey | None:
        """The key of a command that was given one; None for any other."""
        if key is None:
            return None
        return cls(command=command, customer_id=customer_id, key=key, arguments=arguments)

    def facts(self) -> dict[str, object]:
        """The columns of the key; of the arguments only a digest is kept."""
        return {
            "command": self.command,
            "customer": self.customer_id,
            "key": self.key,
            "digest": sha256.of_text(compact(self.arguments)),
        }


class _Kept(Value):
    result: int
    is_same: bool


def result_under(reader: Reader, key: CommandKey | None) -> int | None:
    """What the command made under this key before, by number; None for nothing, or without a key.

    KeyReusedError if the arguments were different (CLI, Form).
    """
    if key is None:
        return None
    kept = reader.fact(
        _Kept,
        """
        SELECT result, CASE WHEN arguments_digest = :digest THEN 1 ELSE 0 END AS is_same
        FROM command_key
        WHERE command = :command AND customer_id = :customer AND key = :key
        """,
        key.facts(),
    )
    if kept is None:
        return None
    if not kept.is_same:
        raise KeyReusedError(
            f"the key {key.key!r} was given to {key.command} before with other arguments",
            hint="give another --key, or the same arguments",
        )
    return kept.result


def keep(transaction: Transaction, key: CommandKey | None, result: int) -> None:
    """Keep the number of what a command made under a key, if it was given one."""
    if key is not None:
        transaction.execute(
            """
            INSERT INTO command_key (command, customer_id, key, arguments_digest, result)
            VALUES (:command, :customer, :key, :digest, :result)
            """,
            {**key.facts(), "result": result},
        )
