-- What the machine can do at best: the rows of a completion and nothing but them. Called by the owner, so row-level security is not asked.

create or replace function bench_floor(tenant uuid, this_case uuid, at_version integer, closes text, opens text, key text, flow text, new_state text,
  header text, sealed text, root text, previous text, entry_hash text, element text, task_name text, record text, task_priority integer,
  task_roles text[], actor text, asked text, answered text, now_at timestamptz) returns boolean language plpgsql as $$
begin
  update cases set version = at_version + 1, state = new_state, last_hash = entry_hash, last_at = now_at
  where tenant_id = tenant and case_id = this_case and version = at_version;
  if not found then return false; end if;
  insert into history (tenant_id, case_id, seq, recorded_at, header, sealed_values, values_root, previous_hash, hash)
  values (tenant, this_case, at_version + 1, now_at, header, sealed, root, previous, entry_hash);
  insert into answers values (tenant, actor, key, asked, answered, now_at);
  insert into case_actors values (tenant, this_case, element, actor), (tenant, this_case, '', actor) on conflict do nothing;
  update tasks set status = 'completed', closed_by = actor, closed_at = now_at
  where tenant_id = tenant and case_id = this_case and task_id = closes;
  delete from task_candidates where tenant_id = tenant and case_id = this_case and task_id = closes;
  insert into tasks (tenant_id, case_id, task_id, process_key, element_id, name, record, priority, created_at, due_at, status)
  values (tenant, this_case, opens, flow, element, task_name, record, task_priority, now_at, now_at, 'open');
  insert into task_candidates select tenant, r, this_case, opens from unnest(task_roles) as r;
  return true;
end $$;

create or replace function bench_floor_batch(tenant uuid, rows jsonb, now_at timestamptz) returns bigint language sql as $$
  with r as materialized (
    select * from jsonb_to_recordset(rows) as r (this_case uuid, at_version integer, closes text, opens text, key text, flow text, new_state text,
      header text, sealed text, root text, previous text, entry_hash text, element text, task_name text, record text, task_priority integer,
      task_roles jsonb, actor text, asked text, answered text)
  ), locked as (
    select c.case_id from cases c join r on r.this_case = c.case_id and c.tenant_id = tenant and c.version = r.at_version
    order by c.case_id for update of c
  ), u as (
    update cases c set version = r.at_version + 1, state = r.new_state, last_hash = r.entry_hash, last_at = now_at
    from r join locked on locked.case_id = r.this_case
    where c.tenant_id = tenant and c.case_id = r.this_case returning r.*
  ), h as (
    insert into history (tenant_id, case_id, seq, recorded_at, header, sealed_values, values_root, previous_hash, hash)
    select tenant, this_case, at_version + 1, now_at, header, sealed, root, previous, entry_hash from u
  ), a as (
    insert into answers select tenant, actor, key, asked, answered, now_at from u
  ), k as (
    insert into case_actors select tenant, this_case, e, actor from u, unnest(array[element, '']) as e on conflict do nothing
  ), t as (
    update tasks t set status = 'completed', closed_by = u.actor, closed_at = now_at
    from u where t.tenant_id = tenant and t.case_id = u.this_case and t.task_id = u.closes
  ), d as (
    delete from task_candidates d using u where d.tenant_id = tenant and d.case_id = u.this_case and d.task_id = u.closes
  ), n as (
    insert into tasks (tenant_id, case_id, task_id, process_key, element_id, name, record, priority, created_at, due_at, status)
    select tenant, this_case, opens, flow, element, task_name, record, task_priority, now_at, now_at, 'open' from u
  ), c as (
    insert into task_candidates select tenant, r, this_case, opens from u, jsonb_array_elements_text(task_roles) as r
  )
  select count(*) from u;
$$;
