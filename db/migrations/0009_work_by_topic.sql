-- Work is counted by topic (`topicOf` of the engine), so that a system that hangs holds up nobody else's; and a signal reaches its receivers in batches.

-- Worked out from the row, so that nodes of the version before write it too.
alter table jobs add column topic text collate "C" not null
  generated always as (case when kind = 'delivery' then 'delivery:' || (work::jsonb #>> '{job,jobType}') else 'case' end) stored;
create index jobs_by_topic on jobs (topic, run_at, seq);

-- As `lease_jobs`, without the topics of which nothing is wanted now. Each topic is looked up by itself: a backlog of one costs the others nothing.
create function lease_jobs_except(now_at timestamptz, most integer, seconds double precision, unwanted text[])
returns table (tenant_id uuid, job_key text, case_id uuid, work text, due_at timestamptz, lease_token uuid, attempt integer, outcome_known boolean)
language sql security definer set search_path = public, pg_temp as $$
  with recursive topics as (
    (select j.topic from jobs j order by j.topic limit 1)
    union all
    select (select j.topic from jobs j where j.topic > t.topic order by j.topic limit 1) from topics t where t.topic is not null
  ), due as (
    select d.* from topics t cross join lateral (
      select j.tenant_id, j.job_key, j.outcome_known, j.run_at, j.seq from jobs j
      where j.topic = t.topic and j.run_at <= now_at order by j.run_at, j.seq limit most for update skip locked
    ) as d
    where t.topic is not null and t.topic <> all(unwanted)
  ), chosen as materialized (
    select * from due order by due.run_at, due.seq limit most
  ), taken as (
    update jobs j set lease_token = gen_random_uuid(), run_at = now_at + make_interval(secs => seconds), attempt = j.attempt + 1,
                      outcome_known = false
    from chosen where j.tenant_id = chosen.tenant_id and j.job_key = chosen.job_key
    returning j.tenant_id, j.job_key, j.case_id, j.work, j.due_at, j.lease_token, j.attempt, chosen.outcome_known, chosen.run_at, chosen.seq
  )
  select t.tenant_id, t.job_key, t.case_id, t.work, t.due_at, t.lease_token, t.attempt, t.outcome_known from taken t order by t.run_at, t.seq;
$$;

revoke execute on function lease_jobs_except from public;
grant execute on function lease_jobs_except to meridian_app;

-- A job given back, or dropped, by whoever still holds its lease.
create function postpone_job(tenant uuid, key text, token uuid, due timestamptz, known boolean) returns void language plpgsql as $$
begin
  perform set_config('app.tenant', tenant::text, true);
  update jobs set due_at = due, run_at = due, outcome_known = known, lease_token = null
  where tenant_id = tenant and job_key = key and lease_token = token;
end $$;

create function drop_job(tenant uuid, key text, token uuid) returns void language plpgsql as $$
begin
  perform set_config('app.tenant', tenant::text, true);
  delete from jobs where tenant_id = tenant and job_key = key and lease_token = token;
end $$;

-- How far a broadcast has come: its receivers are the subscriptions up to `horizon`, which the first batch fixes; those up to `reached` have it.
alter table messages add column horizon bigint, add column reached bigint;
create index subscriptions_by_key_in_order on subscriptions (tenant_id, message_name, correlation_key, seq);
drop index subscriptions_by_key;

-- As `correlate_messages`, about `most` deliveries a call. While the result is not below `most`, there is more to do.
create function correlate_some(tenant uuid, name text, key text, now_at timestamptz, broadcast boolean, most integer) returns integer
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
        jsonb_build_object('kind', 'message', 'subscriptionId', r.subscription_id, 'messageId', m.message_id)::text, now_at, now_at
      from receiver r join receipt t on t.receiver = r.case_id::text || '/' || r.subscription_id order by r.seq
    )
    select count(*), coalesce(max(r.seq), m.horizon) into fresh, m.reached from receiver r;
    total := total + fresh;
    update messages set horizon = m.horizon, reached = m.reached, status = case when fresh < most then 'delivered' else status end
    where tenant_id = tenant and message_id = m.message_id;
  end loop;
  return total;
end $$;

-- A delivery for each flow a broadcast begins.
create function begin_by_message(tenant uuid, m messages, now_at timestamptz) returns integer language plpgsql as $$
declare
  fresh integer;
begin
  with start as (
    select 'start:' || s.key as id,
      jsonb_build_object('kind', 'message-start', 'messageId', m.message_id, 'processKey', s.key, 'processId', s.process_id,
                         'startEventId', s.start_event_id) as work
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
