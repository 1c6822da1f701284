-- A message goes on in the trace of whoever published it: what it is caused by lies beside it, and beside the work of each delivery (`Cause` of the engine).

alter table messages add column cause jsonb not null default '{}';

-- As before, with the cause. Nodes of the version before name none.
create or replace function add_message(tenant uuid, m jsonb) returns boolean language plpgsql as $$
begin
  insert into messages (tenant_id, message_id, message_name, correlation_key, payload, source, status, published_at, expires_at, cause)
  values (tenant, m->>'message_id', m->>'message_name', m->>'correlation_key', m->>'payload', m->>'source', 'waiting',
          (m->>'published_at')::timestamptz, (m->>'expires_at')::timestamptz, coalesce(m->'cause', '{}'))
  on conflict do nothing;
  if not found then return false; end if;
  perform add_jobs(tenant, jsonb_build_array(m->'job'));
  return true;
end $$;

create or replace function correlate_messages(tenant uuid, name text, key text, now_at timestamptz, broadcast boolean) returns integer
language plpgsql as $$
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
    -- Waits for a case that is just ending; what follows is a statement of its own and sees whether it did.
    perform 1 from open_keys k where k.tenant_id = tenant and k.correlation_key = key for share;
    with receiver as (
      select distinct on (case when broadcast then s.case_id::text || '/' || s.subscription_id else s.case_id::text end)
        case when broadcast then s.case_id::text || '/' || s.subscription_id else s.case_id::text end as id,
        s.case_id, 'message' as kind, s.seq as nth,
        jsonb_build_object('kind', 'message', 'subscriptionId', s.subscription_id, 'messageId', m.message_id) || m.cause as work
      from subscriptions s where s.tenant_id = tenant and s.message_name = name and s.correlation_key = key
      order by 1, s.seq
    ), start as (
      select 'start:' || s.key as id, null::uuid as case_id, 'message-start' as kind, 0::bigint as nth,
        jsonb_build_object('kind', 'message-start', 'messageId', m.message_id, 'processKey', s.key, 'processId', s.process_id,
                           'startEventId', s.start_event_id) || m.cause as work
      from message_starts s where s.tenant_id = tenant and s.message_name = name
        and (broadcast or not exists (select 1 from open_keys k where k.tenant_id = tenant and k.correlation_key = m.correlation_key
             and k.process_key = s.key and k.process_id = s.process_id))
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

create or replace function correlate_some(tenant uuid, name text, key text, now_at timestamptz, broadcast boolean, most integer) returns integer
language plpgsql as $$
declare
  m messages%rowtype;
  fresh integer;
  total integer := 0;
begin
  if not broadcast then return correlate_messages(tenant, name, key, now_at, false); end if;
  perform set_config('app.tenant', tenant::text, true);
  for m in
    select * from messages
    where tenant_id = tenant and message_name = name and correlation_key = key and status = 'waiting' and expires_at > now_at
    order by published_at, message_id for update
  loop
    exit when total >= most;
    if m.horizon is null then
      total := total + begin_by_message(tenant, m, now_at);
      select coalesce(max(s.seq), 0) into m.horizon from subscriptions s
      where s.tenant_id = tenant and s.message_name = name and s.correlation_key = key;
      m.reached := 0;
    end if;
    with receiver as (
      select s.case_id, s.subscription_id, s.seq from subscriptions s
      where s.tenant_id = tenant and s.message_name = name and s.correlation_key = key and s.seq > m.reached and s.seq <= m.horizon
      order by s.seq limit most
    ), receipt as (
      insert into message_receipts
      select tenant, m.message_id, r.case_id::text || '/' || r.subscription_id from receiver r on conflict do nothing returning receiver
    ), delivery as (
      insert into jobs (tenant_id, job_key, case_id, kind, work, due_at, run_at)
      select tenant, 'message:' || m.message_id || ':' || r.case_id::text || '/' || r.subscription_id, r.case_id, 'message',
        (jsonb_build_object('kind', 'message', 'subscriptionId', r.subscription_id, 'messageId', m.message_id) || m.cause)::text, now_at, now_at
      from receiver r join receipt t on t.receiver = r.case_id::text || '/' || r.subscription_id order by r.seq
    )
    select count(*), coalesce(max(r.seq), m.horizon) into fresh, m.reached from receiver r;
    total := total + fresh;
    update messages set horizon = m.horizon, reached = m.reached, status = case when fresh < most then 'delivered' else status end
    where tenant_id = tenant and message_id = m.message_id;
  end loop;
  return total;
end $$;

create or replace function begin_by_message(tenant uuid, m messages, now_at timestamptz) returns integer language plpgsql as $$
declare
  fresh integer;
begin
  with start as (
    select 'start:' || s.key as id,
      jsonb_build_object('kind', 'message-start', 'messageId', m.message_id, 'processKey', s.key, 'processId', s.process_id,
                         'startEventId', s.start_event_id) || m.cause as work
    from message_starts s where s.tenant_id = tenant and s.message_name = m.message_name
  ), receipt as (
    insert into message_receipts select tenant, m.message_id, id from start on conflict do nothing returning receiver
  )
  insert into jobs (tenant_id, job_key, kind, work, due_at, run_at)
  select tenant, 'message:' || m.message_id || ':' || s.id, 'message-start', s.work::text, now_at, now_at
  from start s join receipt r on r.receiver = s.id;
  get diagnostics fresh = row_count;
  return fresh;
end $$;
