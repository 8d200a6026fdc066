-- What policies, defaults and every new table ask: whose transaction this is, and one call per table that locks it.

-- Unset reads as NULL at first and as '' after the first local set on a connection: both mean "no organization".
create or replace function app.current_org() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.org_id', true), '')::uuid $$;

create or replace function app.current_member() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.member_id', true), '')::uuid $$;

create or replace function app.all_branches() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.branches', true), '') = 'all' $$;

create or replace function app.branch_ids() returns uuid[] language sql stable parallel safe
  as $$ select case when coalesce(current_setting('app.branches', true), '') in ('', 'all') then '{}'::uuid[]
                    else string_to_array(current_setting('app.branches', true), ',')::uuid[] end $$;

-- `app.sees` is 'all', 'assigned', or 'assigned' and the branches in which all orders are seen.
create or replace function app.sees_all_orders() returns boolean language sql stable parallel safe
  as $$ select split_part(coalesce(current_setting('app.sees', true), ''), ',', 1) <> 'assigned' $$;

create or replace function app.open_branch_ids() returns uuid[] language sql stable parallel safe
  as $$ select case when coalesce(current_setting('app.sees', true), '') like 'assigned,%'
                    then string_to_array(substr(current_setting('app.sees', true), 10), ',')::uuid[] else '{}'::uuid[] end $$;

-- A workshop is on its way between two cells: its rows come and go as they are, and what guards and follows them keeps still. The
-- setting is the role that somebody set, also inside a function that runs with its owner's rights; only members of gantry_mover can set it.
create or replace function app.is_moving() returns boolean language sql stable parallel safe
  as $$ select current_setting('role') = 'gantry_mover' $$;

-- One line per new table: row-level security on and forced, one permissive policy, grants for reading and adding.
-- mode: 'full' (select, insert, update, delete), 'keep' (no delete), 'append' (select, insert only).
create or replace procedure app.tenant_table(name text, mode text default 'keep') language plpgsql as $$
begin
  execute format('alter table public.%I enable row level security', name);
  execute format('alter table public.%I force row level security', name);
  execute format('create policy tenant on public.%I using (org_id = (select app.current_org()))', name);
  execute format('grant select, insert on public.%I to gantry_tenant', name);
  if mode in ('full', 'keep') then
    execute format('grant update on public.%I to gantry_tenant', name);
  end if;
  if mode = 'full' then
    execute format('grant delete on public.%I to gantry_tenant', name);
  end if;
  if mode = 'append' then
    execute format('create trigger %I before update or delete on public.%I for each row execute function app.refuse_change()', name || '_append_only', name);
    execute format('alter table public.%I enable always trigger %I', name, name || '_append_only');
    execute format('create trigger %I before truncate on public.%I for each statement execute function app.refuse_change()', name || '_no_truncate', name);
    execute format('alter table public.%I enable always trigger %I', name, name || '_no_truncate');
  end if;
end $$;

-- Second, restrictive: rows of a branch are seen by those whose membership lists the branch, or says "all".
create or replace procedure app.branch_table(name text) language plpgsql as $$
begin
  execute format('create policy branch on public.%I as restrictive
    using ((select app.all_branches()) or branch_id = any ((select app.branch_ids())::uuid[]))', name);
end $$;

-- Taken as the last step of the transaction that uses it, so a rollback gives it back.
create or replace function app.next_number(branch uuid, of_series text, of_year int) returns bigint language sql volatile as $$
  insert into public.number_series (branch_id, series, fiscal_year, last_number) values (branch, of_series, of_year, 1)
  on conflict (org_id, branch_id, series, fiscal_year) do update set last_number = public.number_series.last_number + 1
  returning last_number
$$;

-- For whoever moves a workshop, too: it would take every workshop's rows.
create or replace function app.refuse_truncate() returns trigger language plpgsql as $$
begin
  raise exception 'documents are never removed' using errcode = 'GA001';
end $$;

-- Whether customers are of all branches: a switch of the workshop. While it is on, the policies of customers and assets are two constants;
-- else they ask `seen_by`, the home branch and every branch that had an order, kept by triggers: looking orders up would be done for every row.
create or replace function app.shares_customers() returns boolean language sql stable parallel safe
  as $$ select coalesce(current_setting('app.shares', true), '') = 'all' $$;

-- Keys of forms are remembered for a week: until then a second delivery may arrive. They are the one history that forgets, and only what is
-- older than a day.
create or replace function app.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_level = 'ROW' and app.is_moving() then return coalesce(new, old); end if;
  if tg_op = 'DELETE' and tg_level = 'ROW' and tg_table_name = 'idempotency_keys' then
    if old.created_at < clock_timestamp() - interval '1 day' then
      return old;
    end if;
  end if;
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'GA001';
end $$;
