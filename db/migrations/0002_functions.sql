-- The hot paths as functions: one statement from the client, one round trip, one transaction.
-- Those without `security definer` run under row-level security and set the hospital themselves.

-- Everything one decision brings, or nothing. The case row's version is compared and set first; without that row nothing else is written.
create function commit_case(p jsonb) returns text language plpgsql as $$
declare
  tenant uuid := (p->>'tenantId')::uuid;
  this_case uuid := (p->>'caseId')::uuid;
  expected integer := (p->>'expectedVersion')::integer;
  now_at timestamptz := (p->'case'->>'at')::timestamptz;
begin
  perform set_config('app.tenant', tenant::text, true);

  if expected = 0 then
    insert into cases (tenant_id, case_id, process_key, definition_version, definition_hash, version, status, outcome, state, last_hash,
                       business_key, patient_id, patient_name, patient, started_at, last_at, ended_at)
    select tenant, this_case, c.process_key, c.definition_version, c.definition_hash, 1, c.status, c.outcome, c.state, c.last_hash,
           c.business_key, c.patient_id, c.patient_name, c.patient, now_at, now_at, case when c.status = 'ended' then now_at end
    from jsonb_to_record(p->'case') as c (process_key text, definition_version integer, definition_hash text, status text, outcome text,
         state text, last_hash text, business_key text, patient_id text, patient_name text, patient text)
    on conflict do nothing;
    if not found then return 'conflict'; end if;
    insert into case_keys values (tenant, this_case, p->'case'->>'wrapped_key');
  else
    update cases set
      version = expected + 1, status = c.status, outcome = c.outcome, state = c.state, last_hash = c.last_hash, last_at = now_at,
      business_key = coalesce(c.business_key, cases.business_key), patient_id = coalesce(c.patient_id, cases.patient_id),
      patient_name = coalesce(c.patient_name, cases.patient_name), patient = coalesce(c.patient, cases.patient),
      ended_at = case when c.status = 'ended' then coalesce(cases.ended_at, now_at) end
    from jsonb_to_record(p->'case') as c (status text, outcome text, state text, last_hash text, business_key text, patient_id text,
         patient_name text, patient text)
    where cases.tenant_id = tenant and cases.case_id = this_case and cases.version = expected;
    if not found then return 'conflict'; end if;
  end if;

  if p ? 'uses' then
    delete from jobs where tenant_id = tenant and job_key = p->'uses'->>'job_key' and lease_token = (p->'uses'->>'lease_token')::uuid;
    -- Raised, not returned: the case row must not keep the change.
    if not found then raise exception 'job-lost' using errcode = 'MJ001'; end if;
  end if;
  if p ? 'answers' then
    insert into answers (tenant_id, actor_id, request_key, request_hash, answer, answered_at)
    values (tenant, p->'answers'->>'actor_id', p->'answers'->>'request_key', p->'answers'->>'request_hash', p->'answers'->>'answer', now_at)
    on conflict do nothing;
    if not found then raise exception 'already-answered' using errcode = 'MA001'; end if;
  end if;

  insert into history (tenant_id, case_id, seq, recorded_at, header, sealed_values, values_root, previous_hash, hash)
  select tenant, this_case, expected + 1, now_at, e.header, e.sealed_values, e.values_root, e.previous_hash, e.hash
  from jsonb_to_record(p->'entry') as e (header text, sealed_values text, values_root text, previous_hash text, hash text);

  if p ? 'actors' then
    insert into case_actors (tenant_id, case_id, element_id, actor_id)
    select tenant, this_case, a.element_id, a.actor_id from jsonb_to_recordset(p->'actors') as a (element_id text, actor_id text)
    on conflict do nothing;
  end if;
  perform commit_tasks(tenant, this_case, now_at, p->'tasks', p->'case'->>'process_key');
  perform commit_waits(tenant, this_case, p);
  return 'committed';
end $$;

create function commit_tasks(tenant uuid, this_case uuid, now_at timestamptz, t jsonb, flow text) returns void language plpgsql as $$
begin
  if t ? 'open' then
    insert into tasks (tenant_id, case_id, task_id, process_key, element_id, name, record, assignee, priority, created_at, due_at, status)
    select tenant, this_case, o.task_id, flow, o.element_id, o.name, o.record, o.assignee, o.priority, o.created_at, o.due_at, 'open'
    from jsonb_to_recordset(t->'open') as o (task_id text, element_id text, name text, record text, assignee text, priority integer,
         created_at timestamptz, due_at timestamptz);
    insert into task_candidates (tenant_id, role, case_id, task_id)
    select distinct tenant, r.role, this_case, o.task_id
    from jsonb_to_recordset(t->'open') as o (task_id text, roles jsonb), jsonb_array_elements_text(o.roles) as r (role);
  end if;
  if t ? 'claim' then
    update tasks set assignee = k.by
    from jsonb_to_recordset(t->'claim') as k (task_id text, by text)
    where tasks.tenant_id = tenant and tasks.case_id = this_case and tasks.task_id = k.task_id;
  end if;
  if t ? 'release' then
    update tasks set assignee = null
    from jsonb_array_elements_text(t->'release') as k (task_id)
    where tasks.tenant_id = tenant and tasks.case_id = this_case and tasks.task_id = k.task_id;
  end if;
  if t ? 'close' then
    update tasks set status = k.outcome, closed_by = k.by, closed_at = now_at
    from jsonb_to_recordset(t->'close') as k (task_id text, outcome text, by text)
    where tasks.tenant_id = tenant and tasks.case_id = this_case and tasks.task_id = k.task_id;
    delete from task_candidates c using jsonb_to_recordset(t->'close') as k (task_id text)
    where c.tenant_id = tenant and c.case_id = this_case and c.task_id = k.task_id;
  end if;
end $$;

create function commit_waits(tenant uuid, this_case uuid, p jsonb) returns void language plpgsql as $$
begin
  if p ? 'unsubscribe' then
    delete from subscriptions s using jsonb_array_elements_text(p->'unsubscribe') as k (id)
    where s.tenant_id = tenant and s.case_id = this_case and s.subscription_id = k.id;
  end if;
  if p ? 'subscribe' then
    insert into subscriptions (tenant_id, case_id, subscription_id, element_id, message_name, correlation_key)
    select tenant, this_case, s.subscription_id, s.element_id, s.message_name, s.correlation_key
    from jsonb_to_recordset(p->'subscribe') as s (subscription_id text, element_id text, message_name text, correlation_key text);
  end if;
  if p ? 'resolve' then
    delete from incidents i using jsonb_array_elements_text(p->'resolve') as k (id)
    where i.tenant_id = tenant and i.case_id = this_case and i.incident_id = k.id;
  end if;
  if p ? 'raise' then
    insert into incidents (tenant_id, case_id, incident_id, element_id, code, record, raised_at)
    select tenant, this_case, i.incident_id, i.element_id, i.code, i.record, i.raised_at
    from jsonb_to_recordset(p->'raise') as i (incident_id text, element_id text, code text, record text, raised_at timestamptz);
  end if;
  if p ? 'remove_jobs' then
    delete from jobs j using jsonb_array_elements_text(p->'remove_jobs') as k (job_key)
    where j.tenant_id = tenant and j.job_key = k.job_key;
  end if;
  if p ? 'add_jobs' then perform add_jobs(tenant, p->'add_jobs'); end if;
  if p ? 'messages' then perform add_message(tenant, m) from jsonb_array_elements(p->'messages') as m; end if;
end $$;

create function add_jobs(tenant uuid, rows jsonb) returns void language sql as $$
  insert into jobs (tenant_id, job_key, case_id, kind, work, due_at, run_at)
  select tenant, j.job_key, j.case_id, j.kind, j.work, j.due_at, j.due_at
  from jsonb_to_recordset(rows) as j (job_key text, case_id uuid, kind text, work text, due_at timestamptz);
$$;

-- A message with the row that matches it; false when its id is known already.
create function add_message(tenant uuid, m jsonb) returns boolean language plpgsql as $$
begin
  insert into messages (tenant_id, message_id, message_name, correlation_key, payload, source, status, published_at, expires_at)
  values (tenant, m->>'message_id', m->>'message_name', m->>'correlation_key', m->>'payload', m->>'source', 'waiting',
          (m->>'published_at')::timestamptz, (m->>'expires_at')::timestamptz)
  on conflict do nothing;
  if not found then return false; end if;
  perform add_jobs(tenant, jsonb_build_array(m->'job'));
  return true;
end $$;

create function publish_message(tenant uuid, m jsonb) returns boolean language plpgsql as $$
begin
  perform set_config('app.tenant', tenant::text, true);
  return add_message(tenant, m);
end $$;

create function load_case(tenant uuid, wanted uuid, actor text, request text)
returns table (version integer, process_key text, definition_version integer, definition_hash text, state text, last_at timestamptz,
               last_hash text, wrapped_key text, request_hash text, answer text)
language plpgsql as $$
begin
  perform set_config('app.tenant', tenant::text, true);
  return query
    select c.version, c.process_key, c.definition_version, c.definition_hash, c.state, c.last_at, c.last_hash, k.wrapped_key,
           a.request_hash, a.answer
    from (select 1) as one
    left join cases c on c.tenant_id = tenant and c.case_id = wanted
    left join case_keys k on k.tenant_id = tenant and k.case_id = wanted
    left join answers a on a.tenant_id = tenant and a.actor_id = actor and a.request_key = request;
end $$;

-- Matches waiting messages of a name and key with cases that wait for them and flows they start; a delivery row a receiver.
-- `broadcast`: to every subscription there is, and to none that comes later. Otherwise once a case.
create function correlate_messages(tenant uuid, name text, key text, now_at timestamptz, broadcast boolean) returns integer language plpgsql as $$
declare
  m messages%rowtype;
  fresh integer;
  total integer := 0;
begin
  perform set_config('app.tenant', tenant::text, true);
  for m in
    select * from messages
    where tenant_id = tenant and message_name = name and correlation_key = key and status = 'waiting' and expires_at > now_at
    order by published_at, message_id for update
  loop
    with receiver as (
      select distinct on (case when broadcast then s.case_id::text || '/' || s.subscription_id else s.case_id::text end)
        case when broadcast then s.case_id::text || '/' || s.subscription_id else s.case_id::text end as id,
        s.case_id, 'message' as kind, s.seq as nth,
        jsonb_build_object('kind', 'message', 'subscriptionId', s.subscription_id, 'messageId', m.message_id) as work
      from subscriptions s where s.tenant_id = tenant and s.message_name = name and s.correlation_key = key
      order by 1, s.seq
    ), start as (
      select 'start:' || s.key as id, null::uuid as case_id, 'message-start' as kind, 0::bigint as nth,
        jsonb_build_object('kind', 'message-start', 'messageId', m.message_id, 'processKey', s.key, 'processId', s.process_id,
                           'startEventId', s.start_event_id) as work
      from message_starts s where s.tenant_id = tenant and s.message_name = name
    ), candidate as (
      select * from receiver union all select * from start
    ), receipt as (
      insert into message_receipts select tenant, m.message_id, id from candidate on conflict do nothing returning receiver
    )
    insert into jobs (tenant_id, job_key, case_id, kind, work, due_at, run_at)
    select tenant, 'message:' || m.message_id || ':' || c.id, c.case_id, c.kind, c.work::text, now_at, now_at
    from candidate c join receipt r on r.receiver = c.id
    order by c.nth;
    get diagnostics fresh = row_count;
    total := total + fresh;
    if fresh > 0 or broadcast then
      update messages set status = 'delivered' where tenant_id = tenant and message_id = m.message_id;
    end if;
  end loop;
  return total;
end $$;

-- A receiver no longer waits: its delivery is forgotten; a message that reached nobody waits again and is matched again.
create function return_undelivered(tenant uuid, p jsonb) returns void language plpgsql as $$
begin
  perform set_config('app.tenant', tenant::text, true);
  delete from jobs where tenant_id = tenant and job_key = p->>'job_key' and lease_token = (p->>'lease_token')::uuid;
  if not found or (p->>'broadcast')::boolean then return; end if;
  perform 1 from messages where tenant_id = tenant and message_id = p->>'message_id' for update;
  delete from message_receipts where tenant_id = tenant and message_id = p->>'message_id' and receiver = p->>'receiver';
  perform 1 from message_receipts where tenant_id = tenant and message_id = p->>'message_id';
  if found then return; end if;
  update messages set status = 'waiting' where tenant_id = tenant and message_id = p->>'message_id';
  perform add_jobs(tenant, jsonb_build_array(p->'job'));
end $$;

-- Takes due work of all hospitals for a while. Owned by the migrating role, because it must see every hospital's rows:
-- it hands out rows and changes nothing but their lease.
create function lease_jobs(now_at timestamptz, most integer, seconds double precision)
returns table (tenant_id uuid, job_key text, case_id uuid, work text, due_at timestamptz, lease_token uuid, attempt integer, outcome_known boolean)
language sql security definer set search_path = public, pg_temp as $$
  with due as (
    select j.tenant_id, j.job_key, j.outcome_known, j.run_at, j.seq from jobs j
    where j.run_at <= now_at order by j.run_at, j.seq limit most for update skip locked
  ), taken as (
    update jobs j set lease_token = gen_random_uuid(), run_at = now_at + make_interval(secs => seconds), attempt = j.attempt + 1,
                      outcome_known = false
    from due where j.tenant_id = due.tenant_id and j.job_key = due.job_key
    returning j.tenant_id, j.job_key, j.case_id, j.work, j.due_at, j.lease_token, j.attempt, due.outcome_known, due.run_at, due.seq
  )
  select t.tenant_id, t.job_key, t.case_id, t.work, t.due_at, t.lease_token, t.attempt, t.outcome_known from taken t order by t.run_at, t.seq;
$$;

create function next_job_at() returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select min(run_at) from jobs;
$$;

-- History partitions, one a month, from the month of `first` to the month of `last`. The bounds are the UUIDv7 of the month's first millisecond.
create function ensure_history_partitions(first timestamptz, last timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  month timestamp := date_trunc('month', first at time zone 'UTC');
  made integer := 0;
  name text;
begin
  perform pg_advisory_xact_lock(hashtext('meridian history partitions'));
  while month <= last at time zone 'UTC' loop
    name := 'history_' || to_char(month, 'YYYYMM');
    if to_regclass('public.' || name) is null then
      execute format('create table %I partition of history for values from (%L) to (%L)', name,
                     uuid_v7_floor(month), uuid_v7_floor(month + interval '1 month'));
      execute format('alter table %I enable row level security', name);
      made := made + 1;
    end if;
    month := month + interval '1 month';
  end loop;
  return made;
end $$;

create function uuid_v7_floor(at timestamp) returns uuid language sql immutable as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid;
$$;

revoke execute on function lease_jobs, next_job_at, ensure_history_partitions from public;
grant execute on function lease_jobs, next_job_at, ensure_history_partitions to meridian_app;
