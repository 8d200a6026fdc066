-- Notes and decisions close with their work order, and work starts only when it is authorized: by the customer, or because
-- the workshop or a warranty pays.

create trigger notes_guard before insert on notes for each row execute function app.guard_work_order_part();
create trigger authorizations_guard before insert on authorizations for each row execute function app.guard_work_order_part();

create function app.guard_job_start() returns trigger language plpgsql as $$
begin
  if new.work_state <> 'not_started' and old.work_state = 'not_started'
     and (new.decision = 'declined' or (new.decision = 'open' and new.payer = 'customer')) then
    raise exception 'job is not authorized' using errcode = 'GA005';
  end if;
  return new;
end $$;
create trigger jobs_start_guard before update on jobs for each row execute function app.guard_job_start();
