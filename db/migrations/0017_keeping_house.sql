-- What a running node keeps in order by itself: months of history made ahead, rows nobody asks for any more removed.

-- A case of a month nobody made a partition for is stored all the same, and moved when the month is made.
create table history_of_other_months partition of history default;
alter table history_of_other_months enable row level security;

-- As before, but beside running work: a month is made apart and then attached, which keeps no commit waiting.
create or replace function ensure_history_partitions(first timestamptz, last timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  month timestamp := date_trunc('month', first at time zone 'UTC');
  made integer := 0;
  name text;
  lowest uuid;
  above uuid;
begin
  perform pg_advisory_xact_lock(hashtext('meridian history partitions'));
  while month <= last at time zone 'UTC' loop
    name := 'history_' || to_char(month, 'YYYYMM');
    if to_regclass('public.' || name) is null then
      lowest := uuid_v7_floor(month);
      above := uuid_v7_floor(month + interval '1 month');
      execute format('create table %I (like history including defaults including constraints)', name);
      execute format('alter table %I enable row level security', name);
      -- Written by a commit that is under way: it is waited for, and none comes between moving and attaching.
      lock table history_of_other_months in access exclusive mode;
      execute format('with moved as (delete from history_of_other_months where case_id >= %L and case_id < %L returning *)
                      insert into %I select * from moved', lowest, above, name);
      execute format('alter table history attach partition %I for values from (%L) to (%L)', name, lowest, above);
      made := made + 1;
    end if;
    month := month + interval '1 month';
  end loop;
  return made;
end $$;

create index answers_by_time on answers (answered_at);
create index messages_by_time on messages (published_at);

-- Removes rows of one kind that are older than they are kept, at most so many, and says how many it removed: while that is not below `most`, there
-- may be more. It sees every hospital, and removes nothing younger than a day whatever it is asked.
create function remove_short_lived(kind text, kept interval, most integer) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  oldest timestamptz := now() - greatest(kept, interval '1 day');
  removed integer;
begin
  if kind = 'answers' then
    delete from answers a using (select tenant_id, actor_id, request_key from answers where answered_at < oldest
                                 order by answered_at limit most for update skip locked) as old
    where (a.tenant_id, a.actor_id, a.request_key) = (old.tenant_id, old.actor_id, old.request_key);
  elsif kind = 'messages' then
    -- One whose delivery is still under way is kept: the delivery reads it.
    with old as (
      select m.tenant_id, m.message_id from messages m
      where m.published_at < oldest and m.expires_at < oldest and not exists (
        select 1 from jobs j where j.tenant_id = m.tenant_id and j.job_key >= 'message:' || m.message_id || ':'
          and j.job_key < 'message:' || m.message_id || ';')
      order by m.published_at limit most for update skip locked
    ), receipts as (
      delete from message_receipts r using old where r.tenant_id = old.tenant_id and r.message_id = old.message_id
    )
    delete from messages m using old where m.tenant_id = old.tenant_id and m.message_id = old.message_id;
  elsif kind = 'sessions' then
    delete from sessions s using (select tenant_id, secret_hash from sessions where last_seen_at < oldest limit most for update skip locked) as old
    where (s.tenant_id, s.secret_hash) = (old.tenant_id, old.secret_hash);
  elsif kind = 'failed-logins' then
    delete from login_throttle t using (select tenant_id, key from login_throttle
      where window_ends_at < oldest and (blocked_until is null or blocked_until < oldest) limit most for update skip locked) as old
    where (t.tenant_id, t.key) = (old.tenant_id, old.key);
  else
    raise exception 'Expected a kind of short-lived rows, but % is none', kind;
  end if;
  get diagnostics removed = row_count;
  return removed;
end $$;
revoke execute on function remove_short_lived from public;
grant execute on function remove_short_lived to meridian_app;
