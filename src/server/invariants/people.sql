-- Every member is a person who can sign in here and nowhere as somebody else; a workshop has an owner, and owners are owners everywhere.
select m.id::text as "id!", 'a member without an account, or an account of another member' as "what!"
  from members m
 where not exists (select from auth.affiliations a join auth.users u on u.id = a.user_id
                    where (a.org_id, a.user_id, a.member_id) = (m.org_id, m.user_id, m.id))
union all
select a.member_id::text, 'an account of this workshop without a member'
  from auth.affiliations a
 where a.org_id = app.current_org() and not exists (select from members m where (m.id, m.user_id) = (a.member_id, a.user_id))
union all
select s.member_id::text, 'a session of this workshop as another one''s member'
  from auth.sessions s
 where s.org_id = app.current_org() and not exists (select from members m where (m.id, m.user_id) = (s.member_id, s.user_id))
union all
select o.org_id::text, 'a workshop without an owner'
  from organization_settings o
 where not exists (select from members m where m.role = 'owner' and m.deactivated_at is null)
union all
select b.member_id::text, 'an owner with another role in a branch'
  from member_branches b join members m on (m.org_id, m.id) = (b.org_id, b.member_id)
 where m.role = 'owner' and b.role is not null
union all
select k.key::text, 'a form answered for nobody' from idempotency_keys k where not exists (select from members m where m.id = k.member_id)
 limit 50
