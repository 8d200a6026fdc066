-- Voiding a posted invoice is a right of its own. Whoever could void before still can: what a workshop decided about issuing holds for it too.
do $$
declare org uuid;
begin
  for org in select id from auth.organizations loop
    perform set_config('app.org_id', org::text, true);
    insert into role_rights (org_id, role, custom_role_id, right_name, granted)
    select r.org_id, r.role, r.custom_role_id, 'VoidInvoices', r.granted from role_rights r where r.org_id = org and r.right_name = 'IssueInvoices';
  end loop;
  perform set_config('app.org_id', '', true);
end $$;
