-- The composite foreign keys between tenants' tables: what they hold is checked again, row by row.
select c.conname::text as "name!", c.conrelid::regclass::text as "child!", c.confrelid::regclass::text as "parent!",
       (select array_agg(a.attname::text order by k.n) from unnest(c.conkey) with ordinality k (num, n)
          join pg_attribute a on (a.attrelid, a.attnum) = (c.conrelid, k.num)) as "columns!",
       (select array_agg(a.attname::text order by k.n) from unnest(c.confkey) with ordinality k (num, n)
          join pg_attribute a on (a.attrelid, a.attnum) = (c.confrelid, k.num)) as "keys!"
  from pg_constraint c
 where c.contype = 'f' and c.connamespace = 'public'::regnamespace
 order by c.conname
