-- A document's amounts are the sums of its lines, and each line's follow the one rounding rule.
with lines as (
  select l.*, case l.kind when 'text' then 0 when 'discount' then -1 else 1 end * round(l.quantity_milli::numeric * l.unit_price_minor / 1000) as net
    from invoice_lines l)
select i.id::text as "id!", format('net %s and tax %s, its lines add up to %s and %s', i.net_minor, i.tax_minor, coalesce(s.net, 0), coalesce(s.tax, 0)) as "what!"
  from invoices i
  left join (select invoice_id, sum(net_minor) as net, sum(tax_minor) as tax from invoice_lines group by invoice_id) s on s.invoice_id = i.id
 where (i.net_minor, i.tax_minor) is distinct from (coalesce(s.net, 0), coalesce(s.tax, 0))
union all
select l.id::text, format('line of %s net and %s tax, by the rounding rule %s and %s', l.net_minor, l.tax_minor, l.net, round(l.net * l.tax_basis_points / 10000))
  from lines l
 where (l.net_minor, l.tax_minor) is distinct from (l.net, round(l.net * l.tax_basis_points / 10000))
 limit 50
