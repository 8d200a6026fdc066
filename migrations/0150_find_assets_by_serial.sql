-- A device is recognised by its serial number in any spelling, as a vehicle is by its plate (a plain column, so that row
-- security lets an index use it).
alter table assets
  add column serial_norm text not null generated always as (upper(regexp_replace(serial, '[^[:alnum:]]', '', 'g'))) stored;
create index assets_serial on assets (org_id, serial_norm) where serial_norm <> '';
