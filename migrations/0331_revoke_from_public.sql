-- Functions that run with their owner's rights are nobody's to call: those of triggers, too, which PostgreSQL grants to everybody.
do $$
declare
  f regprocedure;
begin
  for f in
    select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where p.prosecdef and n.nspname in ('app', 'auth', 'search')
       and (p.proacl is null or exists (select from aclexplode(p.proacl) a where a.grantee = 0))
  loop
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
