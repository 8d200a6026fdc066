-- A form's key answers the same request again, and no other one: body and address are kept with it, as a hash.
-- Keys from before hold nothing and answer whatever their form sends.
alter table idempotency_keys add column fingerprint bytea not null default '';
