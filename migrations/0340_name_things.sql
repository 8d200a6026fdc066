-- What a workshop calls what it repairs, who repairs it and the document it is written on. Nothing chosen is what is usual for its trade
-- and country.
alter table organization_settings
  add column asset_term text check (asset_term in ('vehicle', 'car', 'motorcycle', 'truck', 'device', 'phone', 'computer', 'machine')),
  add column technician_term text check (technician_term in ('technician', 'mechanic', 'engineer')),
  add column work_order_term text check (work_order_term in ('work_order', 'repair_order', 'job_card', 'job_sheet'));
