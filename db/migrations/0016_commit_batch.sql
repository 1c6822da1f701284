-- Commits of many cases at once, so that what one costs does not depend on what the planner knows about the tables: nothing is joined with them. A row
-- is found by its whole key (`lateral`, or a loop), and whatever comes new is inserted for all commits by one statement. Joined with a list of unknown
-- length, a table without statistics was read through for the whole hospital. `commit_cases` stays for nodes of the version before.

-- `p->'rows'` has a case each, numbered by `n` from 1; the other lists name the commit they belong to. The long texts lie beside: one for each of
-- `rows` (states, headers, sealed) and of `open` (records), parted by U+001F, which JSON writes only escaped. The result has an outcome
-- for each commit, in order. With `wait` a row somebody holds is waited for: that is for a commit that comes alone.
create function commit_batch(p jsonb, states text, headers text, sealed text, records text, wait boolean) returns text[] language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off as $$
declare
  tenant uuid := (p->>'tenantId')::uuid;
  size integer := jsonb_array_length(p->'rows');
  outcomes text[] := array_fill('committed'::text, array[size]);
  ok integer[];
  others integer[];
begin
  perform set_config('app.tenant', tenant::text, true);

  -- Without `wait` nobody waits for a lock, so two batches may take theirs in any order. What is locked is read as it was committed last.
  if wait then
    select array_agg(i.n) filter (where coalesce(c.version, 0) = i.expected), array_agg(i.n) filter (where c.version is null and i.expected > 0)
    into ok, others
    from jsonb_to_recordset(p->'rows') as i (n integer, case_id uuid, expected integer)
    left join lateral (select version from cases where tenant_id = tenant and case_id = i.case_id for update) as c on true;
  else
    select array_agg(i.n) filter (where coalesce(c.version, 0) = i.expected), array_agg(i.n) filter (where c.version is null and i.expected > 0)
    into ok, others
    from jsonb_to_recordset(p->'rows') as i (n integer, case_id uuid, expected integer)
    left join lateral (select version from cases where tenant_id = tenant and case_id = i.case_id for update skip locked) as c on true;
  end if;
  ok := coalesce(ok, '{}');
  if cardinality(ok) < size then outcomes := refuse_others(outcomes, ok, 'conflict'); end if;
  if others is not null then
    -- Not there, or held by somebody: 'locked' where the version fits.
    others := array(select i.n from jsonb_to_recordset(p->'rows') as i (n integer, case_id uuid, expected integer)
      cross join lateral (select version from cases where tenant_id = tenant and case_id = i.case_id offset 0) as c
      where i.n = any(others) and c.version = i.expected);
    outcomes := array(select case when n = any(others) then 'locked' else outcomes[n] end from generate_series(1, size) as n order by n);
  end if;

  if p ? 'uses' then
    others := array(select u.n
      from (select * from jsonb_to_recordset(p->'uses') as u (n integer, job_key text, lease_token uuid) where u.n = any(ok) order by u.job_key) as u
      cross join lateral (select 1 from jobs j where j.tenant_id = tenant and j.job_key = u.job_key and j.lease_token = u.lease_token for update) as j);
    ok := array(select k.n from unnest(ok) as k (n) where k.n = any(others)
      or not exists (select 1 from jsonb_to_recordset(p->'uses') as u (n integer) where u.n = k.n));
    outcomes := refuse_others(outcomes, ok, 'job-lost');
  end if;

  if p ? 'holds' then
    with held as (
      insert into open_keys (tenant_id, correlation_key, process_key, process_id, case_id)
      select tenant, h.correlation_key, h.process_key, h.process_id, h.case_id
      from jsonb_to_recordset(p->'holds') as h (n integer, case_id uuid, correlation_key text, process_key text, process_id text)
      where h.n = any(ok) order by 2, 3, 4
      on conflict do nothing returning case_id
    )
    select array_agg(h.n) into others
    from jsonb_to_recordset(p->'holds') as h (n integer, case_id uuid, if_free boolean)
    where h.n = any(ok) and not h.if_free and not exists (select 1 from held where held.case_id = h.case_id);
    if others is not null then
      ok := array(select n from unnest(ok) as n where n <> all(others));
      outcomes := refuse_others(outcomes, ok, 'key-held');
    end if;
  end if;

  if p ? 'answers' then
    with answered as (
      insert into answers (tenant_id, actor_id, request_key, request_hash, answer, answered_at)
      select tenant, a.actor_id, a.request_key, a.request_hash, a.answer, a.at
      from jsonb_to_recordset(p->'answers') as a (n integer, actor_id text, request_key text, request_hash text, answer text, at timestamptz)
      where a.n = any(ok) order by 2, 3
      on conflict do nothing returning actor_id, request_key
    )
    select array_agg(a.n) into others
    from jsonb_to_recordset(p->'answers') as a (n integer, actor_id text, request_key text)
    where a.n = any(ok)
      and not exists (select 1 from answered d where d.actor_id = a.actor_id and d.request_key = a.request_key);
    if others is not null then
      ok := array(select n from unnest(ok) as n where n <> all(others));
      outcomes := refuse_others(outcomes, ok, 'already-answered');
      delete from open_keys k using jsonb_to_recordset(p->'rows') as i (n integer, case_id uuid, expected integer)
      where k.tenant_id = tenant and k.case_id = i.case_id and i.expected = 0 and i.n = any(others);
    end if;
  end if;

  if cardinality(ok) > 0 then
    perform write_batch_cases(tenant, p, ok, states, headers, sealed);
    perform write_batch_tasks(tenant, p, ok, records);
    perform write_batch_work(tenant, p, ok);
  end if;
  return outcomes;
end $$;

-- The cases of the accepted commits, which are locked or not there yet, with their history.
create function write_batch_cases(tenant uuid, p jsonb, ok integer[], states text, headers text, sealed text) returns void language plpgsql as $$
declare
  written integer;
begin
  insert into cases (tenant_id, case_id, process_key, definition_version, definition_hash, version, status, outcome, state, last_hash,
                     business_key, patient_id, patient_name, patient, started_at, last_at, ended_at)
  select tenant, c.case_id, c.process_key, c.definition_version, c.definition_hash, c.expected + 1, c.status, c.outcome, c.state, c.hash,
         c.business_key, c.patient_id, c.patient_name, c.patient, c.at, c.at, case when c.status = 'ended' then c.at end
  from rows from (
    jsonb_to_recordset(p->'rows') as (n integer, case_id uuid, expected integer, at timestamptz, process_key text, definition_version integer,
      definition_hash text, status text, outcome text, hash text, business_key text, patient_id text, patient_name text, patient text),
    string_to_table(states, E'\x1f')
  ) as c (n, case_id, expected, at, process_key, definition_version, definition_hash, status, outcome, hash, business_key, patient_id,
    patient_name, patient, state)
  where c.n = any(ok)
  on conflict (tenant_id, case_id) do update set
    version = excluded.version, definition_version = excluded.definition_version, definition_hash = excluded.definition_hash,
    status = excluded.status, outcome = excluded.outcome, state = excluded.state, last_hash = excluded.last_hash, last_at = excluded.last_at,
    business_key = coalesce(excluded.business_key, cases.business_key), patient_id = coalesce(excluded.patient_id, cases.patient_id),
    patient_name = coalesce(excluded.patient_name, cases.patient_name), patient = coalesce(excluded.patient, cases.patient),
    ended_at = case when excluded.status = 'ended' then coalesce(cases.ended_at, excluded.last_at) end
  where cases.version = excluded.version - 1;
  get diagnostics written = row_count;
  if written < cardinality(ok) then
    raise unique_violation using message = 'two nodes begin the same case', table = 'cases';
  end if;
  if p ? 'begun' then
    insert into case_keys (tenant_id, case_id, wrapped_key)
    select tenant, b.case_id, b.wrapped_key from jsonb_to_recordset(p->'begun') as b (n integer, case_id uuid, wrapped_key text)
    where b.n = any(ok);
  end if;

  insert into history (tenant_id, case_id, seq, recorded_at, header, sealed_values, values_root, previous_hash, hash)
  select tenant, c.case_id, c.expected + 1, c.at, c.header, c.sealed_values, c.values_root, c.previous_hash, c.hash
  from rows from (
    jsonb_to_recordset(p->'rows') as (n integer, case_id uuid, expected integer, at timestamptz, values_root text, previous_hash text, hash text),
    string_to_table(headers, E'\x1f'), string_to_table(sealed, E'\x1f')
  ) as c (n, case_id, expected, at, values_root, previous_hash, hash, header, sealed_values)
  where c.n = any(ok);

  if p ? 'actors' then
    insert into case_actors (tenant_id, case_id, element_id, actor_id)
    select tenant, a.case_id, a.element_id, a.actor_id
    from jsonb_to_recordset(p->'actors') as a (n integer, case_id uuid, element_id text, actor_id text)
    where a.n = any(ok) on conflict do nothing;
  end if;
end $$;

create function write_batch_tasks(tenant uuid, p jsonb, ok integer[], records text) returns void language plpgsql as $$
declare
  assigned record;
  closed record;
begin
  if p ? 'open' then
    insert into tasks (tenant_id, case_id, task_id, process_key, element_id, name, record, assignee, priority, created_at, due_at, status)
    select tenant, o.case_id, o.task_id, o.process_key, o.element_id, o.name, o.record, o.assignee, o.priority, o.created_at, o.due_at, 'open'
    from rows from (
      jsonb_to_recordset(p->'open') as (n integer, case_id uuid, task_id text, process_key text, element_id text, name text, assignee text,
        priority integer, created_at timestamptz, due_at timestamptz),
      string_to_table(records, E'\x1f')
    ) as o (n, case_id, task_id, process_key, element_id, name, assignee, priority, created_at, due_at, record)
    where o.n = any(ok);
    insert into task_candidates (tenant_id, role, case_id, task_id, held, department, urgency, due_at, created_at)
    select tenant, r.role, o.case_id, o.task_id, o.assignee is not null, coalesce(o.department, ''), -o.priority,
           coalesce(o.due_at, '9999-12-31T00:00:00Z'), o.created_at
    from jsonb_to_recordset(p->'open') as o (n integer, case_id uuid, task_id text, department text, assignee text, priority integer,
         due_at timestamptz, created_at timestamptz, roles jsonb), jsonb_array_elements_text(o.roles) as r (role)
    where o.n = any(ok) on conflict do nothing;
  end if;
  if p ? 'assign' then
    for assigned in select a.case_id, a.task_id, a.assignee
      from jsonb_to_recordset(p->'assign') as a (n integer, case_id uuid, task_id text, assignee text) where a.n = any(ok) loop
      update tasks set assignee = assigned.assignee
      where tenant_id = tenant and case_id = assigned.case_id and task_id = assigned.task_id;
      update task_candidates set held = assigned.assignee is not null
      where tenant_id = tenant and case_id = assigned.case_id and task_id = assigned.task_id;
    end loop;
  end if;
  if p ? 'close' then
    for closed in select c.case_id, c.task_id, c.outcome, c.by as closed_by, c.at as closed_at
      from jsonb_to_recordset(p->'close') as c (n integer, case_id uuid, task_id text, outcome text, by text, at timestamptz) where c.n = any(ok) loop
      update tasks set status = closed.outcome, closed_by = closed.closed_by, closed_at = closed.closed_at
      where tenant_id = tenant and case_id = closed.case_id and task_id = closed.task_id;
      delete from task_candidates where tenant_id = tenant and case_id = closed.case_id and task_id = closed.task_id;
    end loop;
  end if;
end $$;

create function write_batch_work(tenant uuid, p jsonb, ok integer[]) returns void language plpgsql as $$
declare
  gone text;
begin
  if p ? 'uses' then
    for gone in select u.job_key from jsonb_to_recordset(p->'uses') as u (n integer, job_key text) where u.n = any(ok) loop
      delete from jobs where tenant_id = tenant and job_key = gone;
    end loop;
  end if;
  if p ? 'remove_jobs' then
    for gone in select r.job_key from jsonb_to_recordset(p->'remove_jobs') as r (n integer, job_key text) where r.n = any(ok) loop
      delete from jobs where tenant_id = tenant and job_key = gone;
    end loop;
  end if;
  if p ? 'rest' then
    perform commit_waits(tenant, r.case_id, r.rest)
    from jsonb_to_recordset(p->'rest') as r (n integer, case_id uuid, rest jsonb) where r.n = any(ok);
  end if;
  if p ? 'add_jobs' then
    insert into jobs (tenant_id, job_key, case_id, kind, work, due_at, run_at)
    select tenant, j.job_key, j.case_id, j.kind, j.work, j.due_at, j.due_at
    from jsonb_to_recordset(p->'add_jobs') as j (n integer, job_key text, case_id uuid, kind text, work text, due_at timestamptz)
    where j.n = any(ok);
  end if;
end $$;

-- As before, but every row is looked up by its own key.
create or replace function load_cases(tenant uuid, wanted uuid[], actors text[], requests text[])
returns table (n bigint, version integer, process_key text, definition_version integer, definition_hash text, state text, last_at timestamptz,
               last_hash text, wrapped_key text, request_hash text, answer text)
language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off as $$
begin
  perform set_config('app.tenant', tenant::text, true);
  return query
    select w.n, c.version, c.process_key, c.definition_version, c.definition_hash, c.state, c.last_at, c.last_hash, k.wrapped_key,
           a.request_hash, a.answer
    from unnest(wanted, actors, requests) with ordinality as w (case_id, actor, request, n)
    left join lateral (select * from cases c where c.tenant_id = tenant and c.case_id = w.case_id offset 0) as c on true
    left join lateral (select * from case_keys k where k.tenant_id = tenant and k.case_id = w.case_id offset 0) as k on true
    left join lateral (select * from answers a where a.tenant_id = tenant and a.actor_id = w.actor and a.request_key = w.request offset 0) as a on true
    order by w.n;
end $$;
