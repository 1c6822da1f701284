-- A lease runs out by the database's own clock, whatever the clocks of the nodes say: one that is ahead takes nothing from whoever holds it.

alter table jobs add column held_until timestamptz;

-- The clock of leases, by itself so that a test can hold it still.
create function lease_clock() returns timestamptz language sql volatile as $$ select clock_timestamp() $$;

create or replace function lease_jobs_except(now_at timestamptz, most integer, seconds double precision, unwanted text[])
returns table (tenant_id uuid, job_key text, case_id uuid, work text, due_at timestamptz, lease_token uuid, attempt integer, outcome_known boolean)
language sql security definer set search_path = public, pg_temp as $$
  with recursive topics as (
    (select j.topic from jobs j order by j.topic limit 1)
    union all
    select (select j.topic from jobs j where j.topic > t.topic order by j.topic limit 1) from topics t where t.topic is not null
  ), due as (
    select d.* from topics t cross join lateral (
      select j.tenant_id, j.job_key, j.outcome_known, j.run_at, j.seq from jobs j
      where j.topic = t.topic and j.run_at <= now_at and (j.held_until is null or j.held_until <= lease_clock())
      order by j.run_at, j.seq limit most for update skip locked
    ) as d
    where t.topic is not null and t.topic <> all(unwanted)
  ), chosen as materialized (
    select * from due order by due.run_at, due.seq limit most
  ), taken as (
    update jobs j set lease_token = gen_random_uuid(), run_at = now_at + make_interval(secs => seconds),
                      held_until = lease_clock() + make_interval(secs => seconds), attempt = j.attempt + 1, outcome_known = false
    from chosen where j.tenant_id = chosen.tenant_id and j.job_key = chosen.job_key
    returning j.tenant_id, j.job_key, j.case_id, j.work, j.due_at, j.lease_token, j.attempt, chosen.outcome_known, chosen.run_at, chosen.seq
  )
  select t.tenant_id, t.job_key, t.case_id, t.work, t.due_at, t.lease_token, t.attempt, t.outcome_known from taken t order by t.run_at, t.seq;
$$;

-- What nodes of an earlier version call.
create or replace function lease_jobs(now_at timestamptz, most integer, seconds double precision)
returns table (tenant_id uuid, job_key text, case_id uuid, work text, due_at timestamptz, lease_token uuid, attempt integer, outcome_known boolean)
language sql security definer set search_path = public, pg_temp as $$
  select * from lease_jobs_except(now_at, most, seconds, '{}');
$$;

create or replace function postpone_job(tenant uuid, key text, token uuid, due timestamptz, known boolean) returns void language plpgsql as $$
begin
  perform set_config('app.tenant', tenant::text, true);
  update jobs set due_at = due, run_at = due, outcome_known = known, lease_token = null, held_until = null
  where tenant_id = tenant and job_key = key and lease_token = token;
end $$;

create or replace function return_leases() returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  given_back integer;
begin
  update jobs set run_at = due_at, lease_token = null, held_until = null where lease_token is not null;
  get diagnostics given_back = row_count;
  return given_back;
end $$;
