-- What changed on a technician's work stays marked until he says that he saw it.
alter table job_technicians add column seen_at timestamptz;
