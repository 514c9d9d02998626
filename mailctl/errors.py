"""Every refusal: a class is a stable code, an exit status and what it means.

Whoever raises one gives the sentence and, as the hint, the command that helps; nothing else in
mailctl builds error text. `mailctl help errors` lists the classes.
"""

from __future__ import annotations

from typing import ClassVar


class MailctlError(Exception):
    """A command could not be carried out; nothing was changed.

    `message` is one sentence for a person, `hint` the command or the input that helps.
    """

    code: ClassVar[str] = ""
    exit_status: ClassVar[int] = 1
    meaning: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.meaning = (cls.__doc__ or "").partition("\n")[0]

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(MailctlError):
    """The command line, or a value on it, is malformed."""

    code = "usage"
    exit_status = 2


class ConfirmationNeededError(MailctlError):
    """The command asks before it acts and there is nobody to ask; give --yes or --confirm."""

    code = "confirmation-needed"
    exit_status = 2


class DeclinedError(MailctlError):
    """The question was answered with no."""

    code = "declined"


class WallClockError(MailctlError):
    """This store follows the real date, so tick takes no date."""

    code = "wall-clock"
    exit_status = 2


class NotFoundError(MailctlError):
    """The thing named does not exist; `close` are up to three names like it."""

    exit_status = 4
    noun: ClassVar[str] = ""

    def __init__(self, name: str, *, close: tuple[str, ...] = (), hint: str | None = None) -> None:
        said = f"there is no {self.noun} {name}"
        if close:
            said += f"; did you mean {' or '.join(close)}?"
        super().__init__(said, hint=hint or f"mailctl {self.noun} list")
        self.name = name


class CustomerNotFoundError(NotFoundError):
    """No customer has this id."""

    code = "customer-not-found"
    noun = "customer"


class PlatformNotFoundError(NotFoundError):
    """No platform has this name."""

    code = "platform-not-found"
    noun = "platform"


class AccountNotFoundError(NotFoundError):
    """No account has this id, or no account that is not deleted has this address."""

    code = "account-not-found"
    noun = "account"


class OrderNotFoundError(NotFoundError):
    """No order of this customer has this number."""

    code = "order-not-found"
    noun = "order"


class InvoiceNotFoundError(NotFoundError):
    """No invoice has this number."""

    code = "invoice-not-found"
    noun = "invoice"


class OfferNotFoundError(NotFoundError):
    """No offer has this name."""

    code = "offer-not-found"
    noun = "offer"


class DomainNotFoundError(NotFoundError):
    """No customer has this domain."""

    code = "domain-not-found"
    noun = "domain"


class MethodNotFoundError(NotFoundError):
    """No payment method has this id."""

    code = "method-not-found"
    noun = "method"


class PaymentNotFoundError(NotFoundError):
    """No payment has this id."""

    code = "payment-not-found"
    noun = "payment"


class NoticeNotFoundError(NotFoundError):
    """No notice has this id."""

    code = "notice-not-found"
    noun = "notice"


class ExportNotFoundError(NotFoundError):
    """No file of payments has this number, or none of this kind and format was made yet."""

    code = "export-not-found"
    noun = "file of payments"


class FileReducedError(MailctlError):
    """The file had entries of a customer who was erased, and is not written again."""

    code = "file-reduced"


class LedgerRowNotFoundError(NotFoundError):
    """The customer's statement has no row of this number."""

    code = "row-not-found"
    noun = "row"


class TaskNotFoundError(NotFoundError):
    """No task has this id."""

    code = "task-not-found"
    noun = "task"


class SettingNotFoundError(NotFoundError):
    """There is no setting of this name."""

    code = "setting-not-found"
    noun = "setting"

    def __init__(self, name: str, *, close: tuple[str, ...] = ()) -> None:
        super().__init__(name, close=close, hint="mailctl settings list")


class AlreadyExistsError(MailctlError):
    """The name, the file or the mandate is taken; names of platforms are never used again."""

    code = "already-exists"


class AlreadyRecordedError(MailctlError):
    """The money with this reference is recorded already."""

    code = "already-recorded"


class AddressTakenError(MailctlError):
    """Another account that is not deleted has the address."""

    code = "address-taken"


class DomainTakenError(MailctlError):
    """The domain belongs to another customer."""

    code = "domain-taken"


class InvalidAddressError(MailctlError):
    """This is not a mailbox address."""

    code = "invalid-address"


class AlreadyConfiguredError(MailctlError):
    """The account has an address already."""

    code = "already-configured"


class NotConfiguredError(MailctlError):
    """The account is blank: it has no address yet."""

    code = "not-configured"


class MailNotConfiguredError(MailctlError):
    """No mail server or sender is set, or the settings for mail do not go together."""

    code = "mail-not-configured"


class MailFailedError(MailctlError):
    """The mail server cannot be reached, or does not work; what is unsent waits."""

    code = "mail-failed"


class NoPeriodicityError(MailctlError):
    """Accounts of private-exchange are billed monthly with their platform."""

    code = "no-periodicity"


class NotDeletableError(MailctlError):
    """Only accounts of private-exchange are deleted at once."""

    code = "not-deletable"


class NotResettableError(MailctlError):
    """Accounts of private-exchange are deleted, not reset."""

    code = "not-resettable"


class AlreadyExpiredError(MailctlError):
    """The account is on or past its expiry, or the card past its last month."""

    code = "already-expired"


class NotActiveError(MailctlError):
    """The account is suspended or deleted."""

    code = "not-active"


class NotSuspendedError(MailctlError):
    """The account is not suspended for its expiry."""

    code = "not-suspended"


class PlatformCancelledError(MailctlError):
    """The end of the platform is decided."""

    code = "platform-cancelled"


class PlatformClosedError(MailctlError):
    """The platform is closed for good."""

    code = "platform-closed"


class OfferClosedError(MailctlError):
    """The offer takes no new platform."""

    code = "offer-closed"


class CustomerInDebtError(MailctlError):
    """An invoice of the customer is overdue."""

    code = "customer-in-debt"


class CustomerClosedError(MailctlError):
    """The customer is closed."""

    code = "customer-closed"


class AmountTooSmallError(MailctlError):
    """A credit asked for is under the minimum, or the amount is 0; money that came may be any."""

    code = "amount-too-small"


class AmountTooLargeError(MailctlError):
    """The amount, or the balance it would make, is over the limit."""

    code = "amount-too-large"


class BalanceTooLowError(MailctlError):
    """The prepaid balance does not cover it."""

    code = "balance-too-low"


class NothingToCreditError(MailctlError):
    """The invoice, or the line, is credited already."""

    code = "nothing-to-credit"


class NotReversibleError(MailctlError):
    """Only a credit or a payment is reversed, and only once."""

    code = "not-reversible"


class OrderNotPayableError(MailctlError):
    """The order waits for no payment, or would not be the same today."""

    code = "order-not-payable"


class OrderNotCancellableError(MailctlError):
    """Only an order that waits for its payment is cancelled."""

    code = "order-not-cancellable"


class PaymentNotPendingError(MailctlError):
    """The payment has its answer, or waits for its next try."""

    code = "payment-not-pending"


class PaymentNotSettledError(MailctlError):
    """The payment's money is not recorded as come, or was taken back already."""

    code = "payment-not-settled"


class CardNumberRefusedError(MailctlError):
    """A card's number is never kept; give the gateway's token."""

    code = "card-number-refused"


class MethodInUseError(MailctlError):
    """The default method is not removed while there are others."""

    code = "method-in-use"


class TokenInvalidError(MailctlError):
    """The token is wrong, used, or too old."""

    code = "token-invalid"


class NotClosableError(MailctlError):
    """Something of the customer still runs; `lines` name every blocker."""

    code = "not-closable"

    def __init__(self, message: str, *, lines: tuple[str, ...], hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.lines = lines


class CustomerNotClosedError(MailctlError):
    """Only a closed customer is erased."""

    code = "customer-not-closed"


class KeyReusedError(MailctlError):
    """The key was given before with other arguments."""

    code = "key-reused"


class LinesRefusedError(MailctlError):
    """Lines of the input are wrong; nothing of it was taken.

    Lines of a file were refused; `lines` names every one with its reason.
    """

    code = "lines-refused"

    def __init__(self, message: str, *, lines: tuple[str, ...], hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.lines = lines


class ClockBackwardsError(MailctlError):
    """The store's clock never goes back."""

    code = "clock-backwards"


class GapTooLongError(MailctlError):
    """The real date is too far after the store's last write; check the system clock."""

    code = "gap-too-long"


class MassChangeError(MailctlError):
    """The tick would suspend or delete many accounts; look, then --accept-mass.

    The tick would suspend or delete too many accounts; `lines` say which.
    """

    code = "mass-change"

    def __init__(self, message: str, *, lines: tuple[str, ...], hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.lines = lines


class PlanChangedError(MailctlError):
    """The store changed while the question stood open; look at the new plan."""

    code = "plan-changed"


class TaskNotTodoError(MailctlError):
    """The task has been answered already."""

    code = "task-not-todo"


class StoreMissingError(MailctlError):
    """There is no store at this path."""

    code = "store-missing"
    exit_status = 10


class StoreForeignError(MailctlError):
    """The file is not a mailctl store."""

    code = "store-foreign"
    exit_status = 10


class StoreNewerError(MailctlError):
    """The store was written by a newer mailctl."""

    code = "store-newer"
    exit_status = 10


class StoreOlderError(MailctlError):
    """The store was written by an older mailctl; upgrade it."""

    code = "store-older"
    exit_status = 10


class StoreDamagedError(MailctlError):
    """The store cannot be read as it should; restore a backup."""

    code = "store-damaged"
    exit_status = 10


class StoreExposedError(MailctlError):
    """Other users of this machine may open the store, or put files beside it."""

    code = "store-exposed"
    exit_status = 10


class StoreBusyError(MailctlError):
    """Another command writes to the store; try again."""

    code = "store-busy"
    exit_status = 75


class DiskFailedError(MailctlError):
    """The disk is full or failed; after a failed commit the outcome is unknown."""

    code = "disk-failed"
    exit_status = 74


class InternalError(MailctlError):
    """A bug in mailctl; the traceback is on stderr."""

    code = "internal"
    exit_status = 70


def all_errors() -> list[type[MailctlError]]:
    """Every error class that has a code of its own, in order of the code."""
    found: list[type[MailctlError]] = []
    pending = list(MailctlError.__subclasses__())
    while pending:
        cls = pending.pop()
        pending.extend(cls.__subclasses__())
        if cls.code:
            found.append(cls)
    return sorted(found, key=lambda cls: cls.code)
