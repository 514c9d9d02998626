"""Every refusal: a class is a stable code, an exit status and what it means.

Where it is raised, it gets its sentence and its hint. `mailctl help errors` lists the classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailctl.hints import Hint
from mailctl.refusal import MailctlError as MailctlError  # noqa: PLC0414 - it is one of them
from mailctl.refusal import NotFoundError as NotFoundError  # noqa: PLC0414 - it is one of them

if TYPE_CHECKING:
    from mailctl.wrong_lines import WrongLines

PUT_A_COPY_BACK = (
    "stop cron or the timers; mailctl store check names what is damaged and what is whole; then: "
    "mailctl store restore BACKUP"
)


class UsageError(MailctlError, code="usage", exit_status=2):
    """The command line, or a value on it, is malformed."""

    @property
    def general(self) -> str | None:
        """The reason, else what would be right, as the hint shows it."""
        return self.reason or (f"is not valid; {self.hint}" if self.hint else "is not valid")


class ConfirmationNeededError(MailctlError, code="confirmation-needed", exit_status=2):
    """The command asks first and there is no terminal to ask on; give --yes or --confirm."""


class DeclinedError(MailctlError, code="declined"):
    """The question was answered with no."""


class WallClockError(MailctlError, code="wall-clock", exit_status=2):
    """This store follows the real date, so tick takes no date."""


class CustomerNotFoundError(NotFoundError, code="customer-not-found", noun="customer"):
    """No customer has this id."""


class PlatformNotFoundError(NotFoundError, code="platform-not-found", noun="platform"):
    """No platform has this name."""


class AccountNotFoundError(NotFoundError, code="account-not-found", noun="account"):
    """No account has this id, or no account that is not deleted has this address."""


class OrderNotFoundError(NotFoundError, code="order-not-found", noun="order"):
    """No order of this customer has this number."""


class InvoiceNotFoundError(NotFoundError, code="invoice-not-found", noun="invoice"):
    """No invoice has this number."""


class OfferNotFoundError(NotFoundError, code="offer-not-found", noun="offer"):
    """No offer has this name."""


class DomainNotFoundError(NotFoundError, code="domain-not-found", noun="domain"):
    """No customer has this domain."""


class MethodNotFoundError(NotFoundError, code="method-not-found", noun="method"):
    """No payment method has this id."""


class PaymentNotFoundError(NotFoundError, code="payment-not-found", noun="payment"):
    """No payment has this id."""


class NoticeNotFoundError(NotFoundError, code="notice-not-found", noun="notice"):
    """No notice has this id."""


class ExportNotFoundError(NotFoundError, code="export-not-found", noun="file of payments"):
    """No file of payments has this number, or none of this kind and format exists yet."""


class EntryNotFoundError(NotFoundError, code="entry-not-found", noun="entry"):
    """No entry of a bank statement has this id."""


class FileReducedError(MailctlError, code="file-reduced"):
    """The file had entries of a customer who was erased; it cannot be written again."""


class LedgerRowNotFoundError(NotFoundError, code="row-not-found", noun="row"):
    """The customer's statement has no row of this number."""


class TaskNotFoundError(NotFoundError, code="task-not-found", noun="task"):
    """No task has this id."""


class SettingNotFoundError(NotFoundError, code="setting-not-found", noun="setting"):
    """There is no setting of this name."""

    def __init__(self, name: str, *, close: tuple[str, ...] = ()) -> None:
        super().__init__(name, close=close, hint=Hint.LIST(noun="settings"))


class AlreadyExistsError(MailctlError, code="already-exists"):
    """The name, the file or the mandate is taken; names of platforms are never used again."""


class AlreadyRecordedError(MailctlError, code="already-recorded"):
    """The money with this reference is recorded already."""


class AddressTakenError(MailctlError, code="address-taken"):
    """Another account that is not deleted has the address."""


class DomainTakenError(MailctlError, code="domain-taken"):
    """The domain belongs to another customer."""


class InvalidAddressError(MailctlError, code="invalid-address"):
    """This is not a mailbox address."""


class AlreadyConfiguredError(MailctlError, code="already-configured"):
    """The account has an address already."""


class NotConfiguredError(MailctlError, code="not-configured"):
    """The account is blank: it has no address yet."""


class MailNotConfiguredError(MailctlError, code="mail-not-configured"):
    """No mail server or sender is set, or the settings for mail do not go together."""


class MailFailedError(MailctlError, code="mail-failed"):
    """The mail server cannot be reached, or does not work; what is unsent waits."""


class NoPeriodicityError(MailctlError, code="no-periodicity"):
    """Accounts of private-exchange are billed monthly with their platform."""


class NotDeletableError(MailctlError, code="not-deletable"):
    """Only accounts of private-exchange can be deleted at once."""


class NotResettableError(MailctlError, code="not-resettable"):
    """Accounts of private-exchange are deleted, not reset."""


class AlreadyExpiredError(MailctlError, code="already-expired"):
    """The account is on or past its expiry, or the card past its last month."""


class NotActiveError(MailctlError, code="not-active"):
    """The account is suspended or deleted."""


class NotSuspendedError(MailctlError, code="not-suspended"):
    """The account is not suspended for its expiry."""


class PlatformCancelledError(MailctlError, code="platform-cancelled"):
    """The platform is cancelled: its end is decided."""


class PlatformClosedError(MailctlError, code="platform-closed"):
    """The platform is closed for good."""


class OfferClosedError(MailctlError, code="offer-closed"):
    """The offer takes no new platform."""


class CustomerInDebtError(MailctlError, code="customer-in-debt"):
    """An invoice of the customer is overdue."""


class CustomerClosedError(MailctlError, code="customer-closed"):
    """The customer is closed."""


class AmountTooSmallError(MailctlError, code="amount-too-small"):
    """A credit is below the minimum, or an amount is 0; money received may be any amount."""


class AmountTooLargeError(MailctlError, code="amount-too-large"):
    """The amount, or the balance it would make, is over the limit."""


class BalanceTooLowError(MailctlError, code="balance-too-low"):
    """The prepaid balance does not cover it."""


class NothingToCreditError(MailctlError, code="nothing-to-credit"):
    """The invoice, or the line, is credited already."""


class NotReversibleError(MailctlError, code="not-reversible"):
    """Only a credit or a payment can be reversed, and only once."""


class OrderNotPayableError(MailctlError, code="order-not-payable"):
    """The order is not waiting for payment, or would not be the same today."""


class OrderNotCancellableError(MailctlError, code="order-not-cancellable"):
    """Only an order that waits for payment can be cancelled."""


class PaymentNotPendingError(MailctlError, code="payment-not-pending"):
    """The payment was answered already, or waits for its next try."""


class PaymentNotSettledError(MailctlError, code="payment-not-settled"):
    """The payment's money is not recorded as received, or was taken back already."""


class CardNumberRefusedError(MailctlError, code="card-number-refused"):
    """A card's number is never kept; give the gateway's token."""


class MethodInUseError(MailctlError, code="method-in-use"):
    """The default method cannot be removed while there are others."""


class TokenInvalidError(MailctlError, code="token-invalid"):
    """The token is wrong, used, or too old."""


class NotClosableError(MailctlError, code="not-closable"):
    """Something of the customer is still active; `lines` list all of it."""


class CustomerNotClosedError(MailctlError, code="customer-not-closed"):
    """Only a closed customer can be erased."""


class KeyReusedError(MailctlError, code="key-reused"):
    """The key was used before with other arguments."""


class LinesRefusedError(MailctlError, code="lines-refused"):
    """Lines of the input are wrong; nothing of it was done."""

    def __init__(self, wrong: WrongLines, done: str) -> None:
        count, causes = wrong.count, len(wrong.causes)
        lines = f"{count:,} lines are wrong" if count > 1 else "1 line is wrong"
        reasons = f", for {causes} reasons" if causes > 1 else ""
        hint = "correct the lines and run the command again"
        if not wrong.has_every and any(cause.count > len(cause.first) for cause in wrong.causes):
            hint += "; with --all-errors it lists each of them"
        first = tuple(line.text for line in wrong.first)
        super().__init__(f"{lines}{reasons}; nothing was {done}", hint=hint, lines=first)
        self.wrong = wrong


class ClockBackwardsError(MailctlError, code="clock-backwards"):
    """The store's clock never goes back."""


class GapTooLongError(MailctlError, code="gap-too-long"):
    """The real date is too far after the store's last write; check the system clock."""


class MassChangeError(MailctlError, code="mass-change"):
    """The tick would suspend or delete many accounts; look, then give --accept-mass."""


class PlanChangedError(MailctlError, code="plan-changed"):
    """The store changed while waiting for your answer; look at the new plan."""


class TaskNotTodoError(MailctlError, code="task-not-todo"):
    """The task was answered or skipped already, or is being done just now."""


class NoDriverError(MailctlError, code="no-driver"):
    """No driver is set that could carry out the tasks of the mail server."""


class CapabilityMissingError(MailctlError, code="capability-missing"):
    """The driver of the mail server does not offer this."""


class DriverUnsafeError(MailctlError, code="driver-unsafe"):
    """Others than its owner could change the program that would carry out the tasks."""


class ExportUnsafeError(MailctlError, code="export-unsafe"):
    """Others than its owner could change copies of mailboxes in this folder."""


class DriverFailedError(MailctlError, code="driver-failed"):
    """The driver said something that is no answer, or nothing; nothing counts as done."""


class DriverTimeoutError(MailctlError, code="driver-timeout"):
    """The driver did not answer in time and was ended; the task is tried again later."""


class WeakPasswordError(MailctlError, code="weak-password"):
    """The password could be guessed."""


class ExtraMissingError(MailctlError, code="extra-missing"):
    """A library is missing that only some need; pip installs it as an extra of mailctl."""


class NotInvoiceableError(MailctlError, code="not-invoiceable"):
    """The document breaks a rule of its format; nothing was written, and the rule is named."""

    def __init__(
        self, message: str, *, hint: str | None = None, others: tuple[tuple[str, str], ...] = ()
    ) -> None:
        """`others` are the other rules that it breaks, each with the command that fixes it."""
        lines = tuple(f"{rule}: {mend}" for rule, mend in others)
        super().__init__(message, hint=hint, lines=lines)
        self.others = others


class DocumentUncheckedError(MailctlError, code="document-unchecked"):
    """The program that checks documents ended or took too long, so nothing was written."""


class BackupInvalidError(MailctlError, code="backup-invalid"):
    """The file is no whole store, or a backup of another one."""


class RestoreNumbersNeededError(MailctlError, code="restore-numbers-needed"):
    """What the lost store numbered last is not known; give --last-invoice, --last-credit-note."""


class BankFileInvalidError(MailctlError, code="bank-file-invalid"):
    """The file is not one that a bank sends, or not whole; nothing of it was taken."""


class EntryRefusedError(MailctlError, code="entry-refused"):
    """What an entry of a bank statement is, or what became of it, does not allow this."""


class StoreMissingError(MailctlError, code="store-missing", exit_status=10):
    """There is no store at this path."""


class StoreForeignError(MailctlError, code="store-foreign", exit_status=10):
    """The file is not a mailctl store."""


class StoreNewerError(MailctlError, code="store-newer", exit_status=10):
    """The store was written by a newer mailctl."""


class StoreOlderError(MailctlError, code="store-older", exit_status=10):
    """The store was written by an older mailctl; upgrade it."""


class StoreMovedError(MailctlError, code="store-moved", exit_status=10):
    """The store was moved to another place, or is a copy of one: it is read, never changed."""


class StoreDamagedError(MailctlError, code="store-damaged", exit_status=10):
    """The store cannot be read correctly; `mailctl store restore` puts a backup in its place."""


class StoreExposedError(MailctlError, code="store-exposed", exit_status=10):
    """Other users of this machine may open the store, or put files beside it."""


class StoreForbiddenError(MailctlError, code="store-forbidden", exit_status=10):
    """The database lets this user not in, or only read; or it is one that takes no changes."""


class StoreBusyError(MailctlError, code="store-busy", exit_status=75):
    """Another command writes to the store; try again."""


class DiskFailedError(MailctlError, code="disk-failed", exit_status=74):
    """The disk is full or failed, or memory ran out; the message says if the outcome is unknown."""


class InternalError(MailctlError, code="internal", exit_status=70):
    """A bug in mailctl; the traceback is on stderr."""


def all_errors() -> list[type[MailctlError]]:
    """Every error class that has a code of its own, in order of the code."""
    found: list[type[MailctlError]] = [MailctlError]
    for cls in found:  # it grows by those below each
        found.extend(cls.__subclasses__())
    return sorted((cls for cls in found if cls.code), key=lambda cls: cls.code)
