-- What a technician finished today.
create index jobs_finished on jobs (org_id, finished_at) where finished_at is not null;
