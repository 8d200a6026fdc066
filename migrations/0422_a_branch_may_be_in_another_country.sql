-- A branch may be in another country than its organization: dates, numbers, addresses and telephones there follow it. Empty is the organization's.
alter table branches add column country text not null default '' check (country ~ '^([A-Z]{2})?$');
