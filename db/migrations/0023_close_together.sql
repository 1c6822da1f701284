-- As before, but the tasks that a batch closes are written by one statement.
create or replace function write_batch_tasks(tenant uuid, p jsonb, ok integer[], records text) returns void language plpgsql as $$
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
    -- Each row is found by its whole key and offered as it is to be, so that the insert knows which it is: an update of each cost more than all of this.
    for closed in
      insert into tasks (tenant_id, case_id, task_id, process_key, element_id, name, record, assignee, priority, created_at, due_at, status, closed_by, closed_at)
      select tenant, t.case_id, t.task_id, t.process_key, t.element_id, t.name, t.record, t.assignee, t.priority, t.created_at, t.due_at, c.outcome, c.by, c.at
      from jsonb_to_recordset(p->'close') as c (n integer, case_id uuid, task_id text, outcome text, by text, at timestamptz)
      cross join lateral (select * from tasks t where t.tenant_id = tenant and t.case_id = c.case_id and t.task_id = c.task_id offset 0) as t
      where c.n = any(ok)
      on conflict (tenant_id, case_id, task_id) do update set status = excluded.status, closed_by = excluded.closed_by, closed_at = excluded.closed_at
      returning case_id, task_id loop
      delete from task_candidates where tenant_id = tenant and case_id = closed.case_id and task_id = closed.task_id;
    end loop;
  end if;
end $$;
