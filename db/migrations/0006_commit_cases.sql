-- Commits of many cases of one hospital at once: every table is written by one statement for all of them, and each case is accepted or refused by
-- itself. `commit_case` stays for nodes of the version before.

-- Rows come as lists by table (`p->'rows'`, `p->'open'` …); `n` numbers the commits of the batch, from 1, and `p->'cases'` says what is
-- compared for each. The result has an outcome for each, in order.
-- Without `wait` a case whose row somebody holds is not waited for: its outcome is 'locked', and it is to be committed by itself.
create function commit_cases(p jsonb, wait boolean) returns text[] language plpgsql as $$
declare
  tenant uuid := (p->>'tenantId')::uuid;
  size integer := jsonb_array_length(p->'cases');
  outcomes text[] := array_fill('committed'::text, array[size]);
  ok integer[];
  passed integer[];
begin
  perform set_config('app.tenant', tenant::text, true);

  -- Rows are locked in the order of their ids, so that two batches never wait for each other.
  if wait then
    ok := array(select l.n from (
      select i.n from jsonb_to_recordset(p->'cases') as i (n integer, case_id uuid, expected integer)
      join cases c on c.tenant_id = tenant and c.case_id = i.case_id where i.expected > 0 order by c.case_id for update of c) as l);
  else
    ok := array(select l.n from (
      select i.n from jsonb_to_recordset(p->'cases') as i (n integer, case_id uuid, expected integer)
      join cases c on c.tenant_id = tenant and c.case_id = i.case_id where i.expected > 0 order by c.case_id for update of c skip locked) as l);
  end if;
  -- A statement of its own: it sees what was committed while the locks were waited for.
  select array_agg(i.n) filter (where c.version = i.expected and i.n = any(ok) or i.expected = 0 and c.version is null),
         array_agg(i.n) filter (where c.version = i.expected and i.n <> all(ok))
  into ok, passed
  from jsonb_to_recordset(p->'cases') as i (n integer, case_id uuid, expected integer)
  left join cases c on c.tenant_id = tenant and c.case_id = i.case_id;
  outcomes := refuse_others(outcomes, ok, 'conflict');
  -- The version fits, but somebody holds the row.
  if passed is not null then
    outcomes := array(select case when n = any(passed) then 'locked' else outcomes[n] end from generate_series(1, size) as n order by n);
  end if;

  if p ? 'uses' then
    passed := array(select l.n from (
      select u.n from jsonb_to_recordset(p->'uses') as u (n integer, job_key text, lease_token uuid)
      join jobs j on j.tenant_id = tenant and j.job_key = u.job_key and j.lease_token = u.lease_token
      where u.n = any(ok) order by j.job_key for update of j) as l);
    ok := array(select k.n from unnest(ok) as k (n) where k.n = any(passed)
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
    select array_agg(h.n) into passed
    from jsonb_to_recordset(p->'holds') as h (n integer, case_id uuid, if_free boolean)
    where h.n = any(ok) and not h.if_free and not exists (select 1 from held where held.case_id = h.case_id);
    if passed is not null then
      ok := array(select n from unnest(ok) as n where n <> all(passed));
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
    select array_agg(a.n) into passed
    from jsonb_to_recordset(p->'answers') as a (n integer, actor_id text, request_key text)
    where a.n = any(ok)
      and not exists (select 1 from answered d where d.actor_id = a.actor_id and d.request_key = a.request_key);
    if passed is not null then
      ok := array(select n from unnest(ok) as n where n <> all(passed));
      outcomes := refuse_others(outcomes, ok, 'already-answered');
      delete from open_keys k using jsonb_to_recordset(p->'cases') as i (n integer, case_id uuid, expected integer)
      where k.tenant_id = tenant and k.case_id = i.case_id and i.expected = 0 and i.n = any(passed);
    end if;
  end if;

  if cardinality(ok) > 0 then perform write_commits(tenant, p, ok); end if;
  return outcomes;
end $$;

create function refuse_others(outcomes text[], ok integer[], reason text) returns text[] language sql immutable as $$
  select array(select case when outcomes[n] = 'committed' and n <> all(coalesce(ok, '{}')) then reason else outcomes[n] end
               from generate_series(1, cardinality(outcomes)) as n order by n);
$$;

-- The rows of the accepted commits. Their cases are locked, or not there yet.
create function write_commits(tenant uuid, p jsonb, ok integer[]) returns void language plpgsql as $$
begin
  if p ? 'begun' then
    insert into cases (tenant_id, case_id, process_key, definition_version, definition_hash, version, status, outcome, state, last_hash,
                       business_key, patient_id, patient_name, patient, started_at, last_at, ended_at)
    select tenant, c.case_id, c.process_key, c.definition_version, c.definition_hash, 1, c.status, c.outcome, c.state, c.hash,
           c.business_key, c.patient_id, c.patient_name, c.patient, c.at, c.at, case when c.status = 'ended' then c.at end
    from jsonb_to_recordset(p->'rows') as c (n integer, case_id uuid, expected integer, at timestamptz, process_key text,
         definition_version integer, definition_hash text, status text, outcome text, state text, hash text, business_key text,
         patient_id text, patient_name text, patient text)
    where c.n = any(ok) and c.expected = 0;
    insert into case_keys (tenant_id, case_id, wrapped_key)
    select tenant, b.case_id, b.wrapped_key from jsonb_to_recordset(p->'begun') as b (n integer, case_id uuid, wrapped_key text)
    where b.n = any(ok);
  end if;
  update cases set
    version = c.expected + 1, status = c.status, outcome = c.outcome, state = c.state, last_hash = c.hash, last_at = c.at,
    business_key = coalesce(c.business_key, cases.business_key), patient_id = coalesce(c.patient_id, cases.patient_id),
    patient_name = coalesce(c.patient_name, cases.patient_name), patient = coalesce(c.patient, cases.patient),
    ended_at = case when c.status = 'ended' then coalesce(cases.ended_at, c.at) end
  from jsonb_to_recordset(p->'rows') as c (n integer, case_id uuid, expected integer, at timestamptz, status text, outcome text, state text,
       hash text, business_key text, patient_id text, patient_name text, patient text)
  where c.n = any(ok) and c.expected > 0 and cases.tenant_id = tenant and cases.case_id = c.case_id;

  insert into history (tenant_id, case_id, seq, recorded_at, header, sealed_values, values_root, previous_hash, hash)
  select tenant, c.case_id, c.expected + 1, c.at, c.header, c.sealed_values, c.values_root, c.previous_hash, c.hash
  from jsonb_to_recordset(p->'rows') as c (n integer, case_id uuid, expected integer, at timestamptz, header text, sealed_values text,
       values_root text, previous_hash text, hash text)
  where c.n = any(ok);

  if p ? 'actors' then
    insert into case_actors (tenant_id, case_id, element_id, actor_id)
    select tenant, a.case_id, a.element_id, a.actor_id
    from jsonb_to_recordset(p->'actors') as a (n integer, case_id uuid, element_id text, actor_id text)
    where a.n = any(ok) on conflict do nothing;
  end if;
  perform write_tasks(tenant, p, ok);

  if p ? 'uses' then
    delete from jobs j using jsonb_to_recordset(p->'uses') as u (n integer, job_key text)
    where j.tenant_id = tenant and j.job_key = u.job_key and u.n = any(ok);
  end if;
  if p ? 'remove_jobs' then
    delete from jobs j using jsonb_to_recordset(p->'remove_jobs') as k (n integer, job_key text)
    where j.tenant_id = tenant and j.job_key = k.job_key and k.n = any(ok);
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

create function write_tasks(tenant uuid, p jsonb, ok integer[]) returns void language plpgsql as $$
begin
  if p ? 'open' then
    insert into tasks (tenant_id, case_id, task_id, process_key, element_id, name, record, assignee, priority, created_at, due_at, status)
    select tenant, o.case_id, o.task_id, o.process_key, o.element_id, o.name, o.record, o.assignee, o.priority, o.created_at, o.due_at, 'open'
    from jsonb_to_recordset(p->'open') as o (n integer, case_id uuid, task_id text, process_key text, element_id text, name text, record text,
         assignee text, priority integer, created_at timestamptz, due_at timestamptz)
    where o.n = any(ok);
    insert into task_candidates (tenant_id, role, case_id, task_id)
    select distinct tenant, r.role, o.case_id, o.task_id
    from jsonb_to_recordset(p->'open') as o (n integer, case_id uuid, task_id text, roles jsonb), jsonb_array_elements_text(o.roles) as r (role)
    where o.n = any(ok);
  end if;
  if p ? 'assign' then
    update tasks set assignee = k.assignee
    from jsonb_to_recordset(p->'assign') as k (n integer, case_id uuid, task_id text, assignee text)
    where tasks.tenant_id = tenant and tasks.case_id = k.case_id and tasks.task_id = k.task_id and k.n = any(ok);
  end if;
  if p ? 'close' then
    update tasks set status = k.outcome, closed_by = k.by, closed_at = k.at
    from jsonb_to_recordset(p->'close') as k (n integer, case_id uuid, task_id text, outcome text, by text, at timestamptz)
    where tasks.tenant_id = tenant and tasks.case_id = k.case_id and tasks.task_id = k.task_id and k.n = any(ok);
    delete from task_candidates c using jsonb_to_recordset(p->'close') as k (n integer, case_id uuid, task_id text)
    where c.tenant_id = tenant and c.case_id = k.case_id and c.task_id = k.task_id and k.n = any(ok);
  end if;
end $$;

-- Many cases of one hospital, each with the answer already given to the request that asks for it. Lists of equal length; '' for no request.
create function load_cases(tenant uuid, wanted uuid[], actors text[], requests text[])
returns table (n bigint, version integer, process_key text, definition_version integer, definition_hash text, state text, last_at timestamptz,
               last_hash text, wrapped_key text, request_hash text, answer text)
language plpgsql as $$
begin
  perform set_config('app.tenant', tenant::text, true);
  return query
    select w.n, c.version, c.process_key, c.definition_version, c.definition_hash, c.state, c.last_at, c.last_hash, k.wrapped_key,
           a.request_hash, a.answer
    from unnest(wanted, actors, requests) with ordinality as w (case_id, actor, request, n)
    left join cases c on c.tenant_id = tenant and c.case_id = w.case_id
    left join case_keys k on k.tenant_id = tenant and k.case_id = w.case_id
    left join answers a on a.tenant_id = tenant and a.actor_id = w.actor and a.request_key = w.request
    order by w.n;
end $$;
