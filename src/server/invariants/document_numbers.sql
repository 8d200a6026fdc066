-- Legal numbers per branch, kind and fiscal year are 1 to n without a hole, in the order of posting; drafts have none.
with posted as (
  select i.*, row_number() over s as place, max(i.posted_at) over (s rows between unbounded preceding and 1 preceding) as before,
         max(i.issued_on) over (s rows between unbounded preceding and 1 preceding) as day_before
    from invoices i where i.state = 'posted'
  window s as (partition by i.branch_id, i.kind, i.fiscal_year order by i.number, i.id))
select p.id::text as "id!", case
    when p.number <> p.place then format('number %s stands at place %s of its series', p.number, p.place)
    else format('number %s was posted before its predecessor', p.number) end as "what!"
  from posted p
 where p.number <> p.place or p.posted_at < p.before or p.issued_on < p.day_before
union all
select i.id::text, 'a draft with a number' from invoices i where i.state = 'draft' and (i.number is not null or i.number_text is not null)
union all
select i.id::text, format('the number %s stands on two documents', i.number_text)
  from invoices i where i.number_text in (select number_text from invoices where state = 'posted' group by number_text having count(*) > 1)
union all
select s.branch_id::text, format('series %s of %s stands at %s, its last document has %s', s.series, s.fiscal_year, s.last_number, coalesce(l.last, 0))
  from number_series s
  left join (select branch_id, kind, fiscal_year, max(number) as last from invoices where state = 'posted' group by 1, 2, 3) l
    on (l.branch_id, l.kind, l.fiscal_year) = (s.branch_id, s.series, s.fiscal_year)
 where s.series in ('invoice', 'credit_note') and s.last_number <> coalesce(l.last, 0)
union all
select p.branch_id::text, format('%s documents of %s without a series', p.kind, p.fiscal_year)
  from (select distinct branch_id, kind, fiscal_year from invoices where state = 'posted') p
 where not exists (select from number_series s where (s.branch_id, s.series, s.fiscal_year) = (p.branch_id, p.kind, p.fiscal_year))
 limit 50
