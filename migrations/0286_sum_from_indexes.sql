-- The dashboard and the lists add up months of documents: with the amounts in the index they read no rows.
drop index invoices_issued, payments_received, invoice_balances_open;
create index invoices_issued on invoices (org_id, branch_id, issued_on desc, id desc) include (kind, total_minor) where state = 'posted';
create index payments_received on payments (org_id, branch_id, received_on desc, id desc) include (amount_minor);
create index invoice_balances_open on invoice_balances (org_id, branch_id, due_on desc, invoice_id desc) include (open_minor) where open_minor > 0;
