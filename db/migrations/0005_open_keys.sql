-- Start-or-correlate: a message with a key begins a case of a process unless one that holds the key is open. One row a (hospital, process, key).

create table open_keys (
  tenant_id uuid not null,
  correlation_key text collate "C" not null,
  process_key text collate "C" not null,
  process_id text collate "C" not null,
  case_id uuid not null,
  primary key (tenant_id, correlation_key, process_key, process_id)
);
create index open_keys_of_case on open_keys (tenant_id, case_id);
alter table open_keys enable row level security;
create policy tenant on open_keys using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
-- Locking a row takes the right to update it.
grant select, insert, update, delete on open_keys to meridian_app;

-- The case takes the key it was begun under; one that belongs to another open case undoes the whole commit, unless the case can do without.
create function hold_key(tenant uuid, this_case uuid, flow text, h jsonb) returns void language plpgsql as $$
begin
  insert into open_keys (tenant_id, correlation_key, process_key, process_id, case_id)
  values (tenant, h->>'correlation_key', flow, h->>'process_id', this_case)
  on conflict do nothing;
  if not found and not (h->>'if_free')::boolean then raise exception 'key-held' using errcode = 'MK001'; end if;
end $$;

-- A case has ended: its key is free, and the messages that waited for it are matched again. Two statements, so that the second sees every
-- message whose matching found the key held (it locked the row, so the first waited for it).
create function release_keys(tenant uuid, this_case uuid, now_at timestamptz) returns void language plpgsql as $$
declare
  freed open_keys%rowtype;
begin
  for freed in delete from open_keys k where k.tenant_id = tenant and k.case_id = this_case returning k.* loop
    insert into jobs (tenant_id, job_key, kind, work, due_at, run_at)
    select distinct tenant, 'correlate:freed:' || this_case || ':' || s.message_name, 'correlate',
      jsonb_build_object('kind', 'correlate', 'messageName', s.message_name, 'correlationKey', freed.correlation_key)::text, now_at, now_at
    from message_starts s join messages m on m.tenant_id = tenant and m.message_name = s.message_name
      and m.correlation_key = freed.correlation_key and m.status = 'waiting'
    where s.tenant_id = tenant and s.key = freed.process_key and s.process_id = freed.process_id;
  end loop;
end $$;

create or replace function commit_waits(tenant uuid, this_case uuid, p jsonb) returns void language plpgsql as $$
begin
  if p ? 'holds' then perform hold_key(tenant, this_case, p->'case'->>'process_key', p->'holds'); end if;
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
  if p->'case'->>'status' = 'ended' then perform release_keys(tenant, this_case, (p->'case'->>'at')::timestamptz); end if;
end $$;

-- As before, but a flow one of whose open cases holds the key is not begun again: the message is for that case, when it waits for it.
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
        jsonb_build_object('kind', 'message', 'subscriptionId', s.subscription_id, 'messageId', m.message_id) as work
      from subscriptions s where s.tenant_id = tenant and s.message_name = name and s.correlation_key = key
      order by 1, s.seq
    ), start as (
      select 'start:' || s.key as id, null::uuid as case_id, 'message-start' as kind, 0::bigint as nth,
        jsonb_build_object('kind', 'message-start', 'messageId', m.message_id, 'processKey', s.key, 'processId', s.process_id,
                           'startEventId', s.start_event_id) as work
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

-- As before; a message whose start found the key taken is offered again whoever else got it: it is for the case that holds the key.
create or replace function return_undelivered(tenant uuid, p jsonb) returns void language plpgsql as $$
begin
  perform set_config('app.tenant', tenant::text, true);
  delete from jobs where tenant_id = tenant and job_key = p->>'job_key' and lease_token = (p->>'lease_token')::uuid;
  if not found or (p->>'broadcast')::boolean then return; end if;
  perform 1 from messages where tenant_id = tenant and message_id = p->>'message_id' for update;
  delete from message_receipts where tenant_id = tenant and message_id = p->>'message_id' and receiver = p->>'receiver';
  perform 1 from message_receipts where tenant_id = tenant and message_id = p->>'message_id';
  if found and not (p->>'key_held')::boolean then return; end if;
  update messages set status = 'waiting' where tenant_id = tenant and message_id = p->>'message_id';
  perform add_jobs(tenant, jsonb_build_array(p->'job'));
end $$;
