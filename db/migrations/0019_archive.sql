-- Archives of ended cases: what stays of a case when it has left, and the only way by which one leaves.

-- An archive of a hospital, and when it was destroyed: then it is the certificate.
create table archives (
  tenant_id uuid not null,
  archive text collate "C" not null,
  -- SHA-256 of its manifest as it lies in the folder.
  manifest_hash text not null,
  made_at timestamptz not null,
  destroyed_at timestamptz,
  -- Set when it is destroyed: how many cases it had, by class (JSON), and until when the last was to be kept.
  cases integer,
  classes text,
  kept_until timestamptz,
  primary key (tenant_id, archive)
);
create index archives_by_manifest on archives (manifest_hash);

create table archived_cases (
  tenant_id uuid not null,
  case_id uuid not null,
  archive text collate "C" not null,
  process_key text collate "C" not null,
  definition_version integer not null,
  definition_hash text not null,
  outcome text check (outcome in ('completed', 'terminated', 'error', 'cancelled')),
  business_key text collate "C",
  patient_id text collate "C",
  started_at timestamptz not null,
  last_at timestamptz not null,
  ended_at timestamptz not null,
  record_class text not null,
  kept_until timestamptz not null,
  last_hash text not null,
  archived_at timestamptz not null,
  -- Set while it is in the database again.
  brought_back_at timestamptz,
  primary key (tenant_id, case_id)
);
create index archived_cases_by_patient on archived_cases (tenant_id, patient_id, case_id) where patient_id is not null;
create index archived_cases_by_business_key on archived_cases (tenant_id, business_key, case_id) where business_key is not null;
create index archived_cases_by_archive on archived_cases (tenant_id, archive, kept_until);

do $$
declare name text;
begin
  foreach name in array array['archives', 'archived_cases'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy tenant on %I using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::uuid))', name);
  end loop;
end $$;
grant select on archives, archived_cases to meridian_app;

-- Of these ended cases, those that something still waits for, and those that were brought back from an archive of another name: a case is in one
-- archive only, and returns to it.
create function not_to_archive(tenant uuid, wanted uuid[], name text) returns setof uuid language sql stable as $$
  select case_id from jobs where tenant_id = tenant and case_id = any(wanted)
  union select case_id from incidents where tenant_id = tenant and case_id = any(wanted)
  union select case_id from subscriptions where tenant_id = tenant and case_id = any(wanted)
  union select case_id from open_keys where tenant_id = tenant and case_id = any(wanted)
  union select i.case_id from batch_items i join batches b using (tenant_id, batch_id)
    where i.tenant_id = tenant and i.case_id = any(wanted) and i.outcome is null and b.state not in ('done', 'withdrawn')
  union select case_id from archived_cases where tenant_id = tenant and case_id = any(wanted) and archive <> name
$$;

-- Takes cases out of the database that a finished archive holds, as they are in it: `held` names each with its last hash, its class and the years it
-- is kept after its end. A case that changed since, is held by somebody or is waited for stays. Gives those that left.
create function archive_cases(tenant uuid, name text, held jsonb) returns setof uuid language plpgsql as $$
declare leaving uuid[];
begin
  if not exists (select 1 from archives a where a.tenant_id = tenant and a.archive = name and a.destroyed_at is null) then
    raise exception 'Expected an archive that was made and is there, but % is not', name;
  end if;
  with locked as materialized (
    select c.case_id from jsonb_to_recordset(held) as h (case_id uuid, last_hash text)
      join cases c on c.tenant_id = tenant and c.case_id = h.case_id
    where c.status = 'ended' and c.last_hash = h.last_hash for update of c skip locked
  ) select array_agg(case_id) into leaving from locked;
  select array_agg(l.case_id) into leaving from unnest(leaving) as l (case_id)
  where l.case_id not in (select not_to_archive(tenant, leaving, name));
  insert into archived_cases (tenant_id, case_id, archive, process_key, definition_version, definition_hash, outcome, business_key, patient_id,
                              started_at, last_at, ended_at, record_class, kept_until, last_hash, archived_at)
  select tenant, c.case_id, name, c.process_key, c.definition_version, c.definition_hash, c.outcome, c.business_key, c.patient_id,
         c.started_at, c.last_at, c.ended_at, h.record_class, c.ended_at + make_interval(years => h.years), c.last_hash, now()
  from jsonb_to_recordset(held) as h (case_id uuid, record_class text, years integer)
    join cases c on c.tenant_id = tenant and c.case_id = h.case_id
  where c.case_id = any(leaving)
  on conflict (tenant_id, case_id) do update set
    kept_until = greatest(archived_cases.kept_until, excluded.kept_until), brought_back_at = null;
  delete from history where tenant_id = tenant and case_id = any(leaving);
  delete from task_candidates where tenant_id = tenant and case_id = any(leaving);
  delete from tasks where tenant_id = tenant and case_id = any(leaving);
  delete from case_actors where tenant_id = tenant and case_id = any(leaving);
  delete from case_keys where tenant_id = tenant and case_id = any(leaving);
  delete from cases where tenant_id = tenant and case_id = any(leaving);
  return query select unnest(leaving);
end $$;

-- Drops a month of history that is over and has no rows left. Waits a second for a lock and no longer: commands go first. Gives whether it did.
create function drop_empty_month(month text) returns boolean language plpgsql set lock_timeout = '1s' as $$
declare filled boolean;
begin
  if month !~ '^history_[0-9]{6}$' or month >= 'history_' || to_char(now() at time zone 'UTC' - interval '1 month', 'YYYYMM') then return false; end if;
  if to_regclass('public.' || month) is null then return false; end if;
  execute format('select exists (select 1 from %I)', month) into filled;
  if filled then return false; end if;
  lock table history in access exclusive mode;
  execute format('select exists (select 1 from %I)', month) into filled;
  if filled then return false; end if;
  execute format('drop table %I', month);
  return true;
end $$;

-- For the owner alone: the application's login can neither take a case out nor drop a month.
revoke execute on function not_to_archive, archive_cases, drop_empty_month from public;
