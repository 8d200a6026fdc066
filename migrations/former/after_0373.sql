-- What a database of the schema 0373 lacks of the baseline. It runs once and is never edited.

create table app.schema_files (
  name text primary key,
  checksum bytea not null check (octet_length(checksum) = 32),
  applied_at timestamptz not null default now()
);
