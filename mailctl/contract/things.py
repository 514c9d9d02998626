"""Each thing that mailctl prints: its keys and its columns."""

from __future__ import annotations

from collections.abc import Mapping

from mailctl.contract.shapes import Thing
from mailctl.contract.short_forms import Things, made_of

THINGS: Mapping[str, Thing] = Things(
    (
        made_of(
            "customer",
            keys="id name email backup_email phone street postcode city country language "
            "vat_number payment_days state balance_cents debt_due_on currency created_on "
            "closed_on own_prices[]{offer,period,cents,from_on,until_on} grace_until_on pay_by_on "
            "pending_cents+ last_money_on+ last_money_cents+ last_money_kind+ last_money_by+ "
            "last_money_reference+ last_money_entry+ accounts_active+ accounts_suspended+ "
            "accounts_suspended_debt+ accounts_blank+ platforms_live+ invoices_open+ "
            "payments_pending+ orders_open+ notices_unsent+ notices_refused+ tasks_todo+ "
            "tasks_failed+ "
            "platforms[]{name,offer,state,renewal,accounts_active,accounts_suspended,"
            "accounts_suspended_debt,accounts_blank,next_on} "
            "open_invoices[]{invoice,issued_on,due_on,pay_by_on,open_cents,covered} "
            "methods[]{id,kind,label,default,status,valid_through} "
            "payments[]{id,label,amount_cents,created_on,exported_on,next_try_on,tries} "
            "orders[]{number,kind,ordered_on,valid_until_on,total_cents} "
            "notices[]{id,kind,queued_on,state,last_error} "
            "tasks[]{id,account,address,kind,on,status,reason} "
            "next[]{on,event,accounts,amount_cents,subject} commands[]{text,command} "
            "siren siret legal_id buyer_reference endpoint invoice_format",
            columns="id name country balance_cents debt_due_on state",
            texts="id",
        ),
        made_of(
            "offer",
            keys="name like label monthly_cents yearly_cents closed_on periods[] "
            "prices[]{period,cents,from_on} own_prices[]{customer,period,cents,from_on,until_on}",
            columns="name like label monthly_cents yearly_cents closed_on",
        ),
        made_of(
            "platform",
            keys="name customer offer state renewal created_on cancelled_on cancel_reason "
            "cancel_comment closed_on renews_on accounts_active accounts_suspended accounts_blank "
            "next_expiry_on last_expiry_on",
            columns="name customer offer state accounts_active accounts_suspended next_expiry_on",
        ),
        made_of(
            "account",
            keys="id address platform customer offer state configured period renewal billing "
            "ordered_on anchor_day expires_on reset_on suspended_on suspended_for deletes_on "
            "deleted_on next_event next_on "
            "tasks[]{id,kind,on,status,tries,reason,next_try_at} pay_by_on platform_renewal "
            "locked_on+ lock_reason+ server_state+ mailbox+",
            columns="id address platform state renewal expires_on next_event next_on",
        ),
        made_of("password", keys="account address task password", columns="account address task"),
        made_of(
            "mailbox-export",
            keys="account address task format folder",
            columns="account address task format folder",
        ),
        made_of(
            "order",
            keys="number customer platform kind status needs ordered_on paid_on valid_until_on "
            "net_cents tax_cents total_cents currency invoice accounts[] "
            "lines[]{account,address,offer,period,period_start_on,period_end_on,quantity,"
            "unit_cents,net_cents} steps[]{step,status,on}",
            columns="number customer kind status ordered_on total_cents",
            texts="invoice",
        ),
        made_of(
            "invoice",
            keys="number kind customer issued_on due_on status paid_on net_cents tax_cents "
            "total_cents credited_cents open_cents currency order corrects seller{} buyer{} "
            "lines[]{account,address,offer,description,period_start_on,period_end_on,quantity,"
            "unit_cents,net_cents,tax_rate} taxes[]{rate,net_cents,tax_cents,note,category} "
            "pay_by_on overdue_since_on",
            columns="number customer issued_on due_on total_cents status paid_on",
            texts="number corrects",
        ),
        made_of(
            "document",
            keys="number kind customer format path bytes digest written as_sent ok reason command",
            columns="number customer format path bytes ok",
            texts="number",
        ),
        made_of(
            "prepaid",
            keys="customer balance_cents currency debt_since_on debt_due_on pending_cents "
            "alert_cents grace_until_on pay_by_on",
            columns="customer balance_cents debt_since_on debt_due_on",
        ),
        made_of(
            "statement",
            keys="seq on kind amount_cents before_cents after_cents order invoice payment reason "
            "reference value_on entry",
            columns="seq on kind amount_cents after_cents order invoice",
            texts="invoice",
        ),
        made_of(
            "method",
            keys="id customer kind label default status expires_on",
            columns="id customer kind label default status",
            texts="expires_on",
        ),
        made_of(
            "payment",
            keys="id customer method amount_cents currency status created_on exported_on "
            "next_try_on tries reference settled_on reason follows entry",
            columns="id customer method amount_cents status created_on next_try_on",
        ),
        made_of(
            "payment-file",
            keys="file kind format exported_on collect_on payments amount_cents currency state",
            columns="file kind format exported_on collect_on payments amount_cents",
        ),
        made_of(
            "domain",
            keys="name customer claimed_on accounts",
            columns="name customer accounts claimed_on",
        ),
        made_of(
            "find",
            keys="kind id label command",
            columns="kind id label command",
            texts="id",
            name_key="kind id",
            is_named_by_kind=True,
        ),
        made_of("tax", keys="country rate from_on", columns="country rate from_on"),
        made_of(
            "notice",
            keys="id customer kind language to subject queued_on sent_at tries last_error "
            "next_try_at state body~ html~ attachments[]{invoice,name,format,bytes}",
            columns="id customer kind to queued_on sent_at state",
        ),
        made_of(
            "task",
            keys="id account address kind on status tries reason driver next_try_at",
            columns="id account kind address on status tries next_try_at",
        ),
        made_of(
            "journal",
            keys="seq batch on recorded_at actor command kind subject details{} summary",
            columns="seq on actor command kind subject summary",
        ),
        made_of("head", keys="batch seq on recorded_at digest", columns="batch seq on digest"),
        made_of(
            "verification",
            keys="ok transactions rows head broken reason heads heads_lost",
            columns="ok transactions rows head",
            name_key="head",
        ),
        made_of(
            "check",
            keys="name ok customer subject message sentence",
            columns="name ok customer subject message",
        ),
        made_of(
            "driver-check",
            keys="step sentence ok wrong skipped",
            columns="ok step sentence wrong skipped",
            name_key="step",
        ),
        made_of(
            "difference",
            keys="kind mailbox account customer address state wanted_address wanted_state message",
            columns="kind mailbox account message",
        ),
        made_of(
            "adoption",
            keys="account address mailbox to_make changed",
            columns="account address mailbox to_make",
        ),
        made_of(
            "vat",
            keys="quarter country rate net_cents tax_cents total_cents currency documents "
            "category declared since_on until_on",
            columns="quarter country rate net_cents tax_cents total_cents documents category "
            "declared",
            name_key="country",
        ),
        made_of(
            "eu-service",
            keys="quarter vat_number country name net_cents currency documents since_on until_on",
            columns="quarter vat_number country name net_cents documents",
            name_key="vat_number",
        ),
        made_of(
            "oss",
            keys="quarter of_quarter country rate net_cents tax_cents total_cents currency "
            "documents",
            columns="quarter of_quarter country rate net_cents tax_cents total_cents documents",
            name_key="country",
        ),
        made_of(
            "revenue",
            keys="offer period active renewing ending suspended recurring_cents won lost currency "
            "since_on until_on",
            columns="offer period active ending suspended recurring_cents won lost",
        ),
        made_of(
            "debt",
            keys="customer name debt_cents pending_cents uncovered_cents since_on due_on "
            "days_overdue age accounts_suspended grace_until_on currency pay_by_on",
            columns="customer debt_cents uncovered_cents since_on due_on age accounts_suspended",
        ),
        made_of(
            "calendar",
            keys="path customer until_on renewals suspensions deletions invoices cards events "
            "bytes",
            columns="path until_on renewals suspensions deletions invoices cards events bytes",
        ),
        made_of(
            "page",
            keys="path clock_on active suspended recurring_cents debtors debt_cents currency "
            "until_on bytes",
            columns="path clock_on active suspended recurring_cents debtors debt_cents bytes",
        ),
        made_of(
            "tick",
            keys="from_on to_on dry_run orders_cancelled renewed invoices billed_cents "
            "debts_opened payments_created suspended_expired suspended_debt reopened deleted "
            "deletions_held platforms_closed notices set_aside[]",
            columns="from_on to_on renewed invoices billed_cents suspended_expired "
            "suspended_debt deleted",
            name_key="to_on",
        ),
        made_of(
            "forecast",
            keys="until_on months[]{month,renewals,net_cents,tax_cents,total_cents,suspensions,"
            "deletions,debts_opened} shortfalls[]{customer,on_on,amount_cents}",
            columns="until_on",
        ),
        made_of(
            "forecast-month",
            keys="month renewals net_cents tax_cents total_cents suspensions deletions "
            "debts_opened",
            columns="month renewals total_cents suspensions deletions debts_opened net_cents "
            "tax_cents",
        ),
        made_of(
            "status",
            keys="clock_on clock last_tick_on last_tick_at accounts_active accounts_suspended "
            "customers platforms debtors debt_cents due_7_days notices_unsent tasks_todo "
            "tasks_failed deletions_held store_bytes schema_version payments_unanswered driver "
            "last_backup_at",
            columns="clock_on last_tick_on accounts_active accounts_suspended debtors debt_cents",
        ),
        made_of(
            "finding",
            keys="code severity customer subject message command due_on",
            columns="severity code customer subject due_on message command",
            name_key="code subject",
        ),
        made_of(
            "sending",
            keys="sent delayed refused outdated left refused_us undocumented dry_run",
            columns="sent delayed refused outdated left",
        ),
        made_of(
            "task-run",
            keys="done failed delayed skipped left unadopted next_try_at dry_run",
            columns="done failed delayed skipped left next_try_at",
        ),
        made_of(
            "setting",
            keys="name value default meaning",
            columns="name value default meaning",
            texts="default",
        ),
        made_of(
            "renewal",
            keys="account address old new effective_on changed skipped",
            columns="account address old new effective_on skipped",
        ),
        made_of(
            "explanation",
            keys="subject customer sentences[]{on,kind,text} next_event next_on command",
            columns="subject customer next_event next_on command",
        ),
        made_of("sentence", keys="on kind text", columns="on kind text", name_key="text"),
        made_of(
            "import",
            keys="customers platforms accounts credited_cents owed_cents",
            columns="customers platforms accounts credited_cents owed_cents",
            name_key="accounts",
        ),
        made_of(
            "bank-entry",
            keys="id account on value_on amount_cents currency name iban reference end_to_end_id "
            "text state matched_by customer invoice order payment evidence reason same_as file "
            "file_kind statement taken_on decided_on creditor_reference part parts details{} "
            "bookings[]{customer,seq,on,kind,"
            "amount_cents,linked,undone_on}",
            columns="id on amount_cents name text state customer invoice order payment evidence",
            texts="account invoice file",
        ),
        made_of(
            "bank-import",
            keys="files[]{file,kind,statements,entries,added,known,taken_on} entries added known "
            "booked booked_cents proposed proposed_cents unmatched unmatched_cents "
            "unmatched_in_cents unmatched_out_cents "
            "ignored ignored_cents returned returned_cents failed failed_cents "
            "balances[]{account,on,balance_cents,currency} "
            "gaps[]{account,after,after_on,before,before_on,missing_cents,currency} currency",
            columns="entries added known booked booked_cents proposed proposed_cents unmatched "
            "unmatched_cents ignored returned returned_cents failed",
            name_key="entries",
        ),
        made_of("error", keys="code exit_status meaning", columns="code exit_status meaning"),
        made_of(
            "version",
            keys="name version state extra licence digest",
            columns="name version state extra licence digest",
        ),
        made_of(
            "store",
            keys="path clock clock_on timezone seller_country currency schema_version created_at "
            "store_bytes journal_head database",
            columns="path clock clock_on timezone schema_version store_bytes",
        ),
        made_of(
            "test-mail",
            keys="to sender host port tls user",
            columns="to sender host port tls user",
        ),
        made_of(
            "copy",
            keys="from to closed journal_head rows tables[]{name,rows,digest}",
            columns="from to closed journal_head rows",
        ),
        made_of(
            "backup",
            keys="path store made_at clock_on batch journal_head last_invoices[] "
            "last_credit_notes[] rows bytes removed[]",
            columns="path made_at clock_on batch rows bytes",
        ),
        made_of(
            "restore",
            keys="path file backup_at restored_on journal_head replaced lost_numbers[] "
            "steps[]{kind,subject,message,command}",
            columns="path file backup_at restored_on replaced",
            texts="file",
        ),
        made_of(
            "upgrade",
            keys="path from_version schema_version copy",
            columns="path from_version schema_version copy",
        ),
    )
)
