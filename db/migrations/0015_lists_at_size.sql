-- Lists that cost the same however many cases there are.

-- A candidate row carries what the inbox is narrowed and sorted by, so that its first page is read off an index.
alter table task_candidates
  add column held boolean not null default false,
  -- '' for any department.
  add column department text collate "C" not null default '',
  add column urgency integer not null default 0,
  add column due_at timestamptz not null default '9999-12-31T00:00:00Z',
  add column created_at timestamptz not null default now();
update task_candidates k set held = t.assignee is not null, department = coalesce(t.record::jsonb #>> '{eligibility,department}', ''),
  urgency = -t.priority, due_at = coalesce(t.due_at, '9999-12-31T00:00:00Z'), created_at = t.created_at
from tasks t where t.tenant_id = k.tenant_id and t.case_id = k.case_id and t.task_id = k.task_id;
alter table task_candidates drop constraint task_candidates_pkey, add primary key (tenant_id, case_id, task_id, role);
drop index task_candidates_of_task;
create index task_candidates_in_order on task_candidates
  (tenant_id, role, held, department, urgency, due_at, created_at, case_id, task_id);
grant update on task_candidates to meridian_app;

-- Running cases, however many have ended: newest first, and counted by flow and version.
create index cases_active on cases (tenant_id, case_id) include (process_key, definition_version) where status = 'active';
-- Open tasks by step, for the operations room.
create index tasks_open on tasks (tenant_id, process_key, element_id) include (due_at, created_at, name) where status = 'open';

create or replace function write_tasks(tenant uuid, p jsonb, ok integer[]) returns void language plpgsql as $$
begin
  if p ? 'open' then
    insert into tasks (tenant_id, case_id, task_id, process_key, element_id, name, record, assignee, priority, created_at, due_at, status)
    select tenant, o.case_id, o.task_id, o.process_key, o.element_id, o.name, o.record, o.assignee, o.priority, o.created_at, o.due_at, 'open'
    from jsonb_to_recordset(p->'open') as o (n integer, case_id uuid, task_id text, process_key text, element_id text, name text, record text,
         assignee text, priority integer, created_at timestamptz, due_at timestamptz)
    where o.n = any(ok);
    insert into task_candidates (tenant_id, role, case_id, task_id, held, department, urgency, due_at, created_at)
    select distinct tenant, r.role, o.case_id, o.task_id, o.assignee is not null,
      -- Nodes of the version before do not send it.
      coalesce(o.department, o.record::jsonb #>> '{eligibility,department}', ''),
      -o.priority, coalesce(o.due_at, '9999-12-31T00:00:00Z'), o.created_at
    from jsonb_to_recordset(p->'open') as o (n integer, case_id uuid, task_id text, record text, department text, assignee text,
         priority integer, created_at timestamptz, due_at timestamptz, roles jsonb), jsonb_array_elements_text(o.roles) as r (role)
    where o.n = any(ok);
  end if;
  if p ? 'assign' then
    update tasks set assignee = k.assignee
    from jsonb_to_recordset(p->'assign') as k (n integer, case_id uuid, task_id text, assignee text)
    where tasks.tenant_id = tenant and tasks.case_id = k.case_id and tasks.task_id = k.task_id and k.n = any(ok);
    update task_candidates c set held = k.assignee is not null
    from jsonb_to_recordset(p->'assign') as k (n integer, case_id uuid, task_id text, assignee text)
    where c.tenant_id = tenant and c.case_id = k.case_id and c.task_id = k.task_id and k.n = any(ok);
  end if;
  if p ? 'close' then
    update tasks set status = k.outcome, closed_by = k.by, closed_at = k.at
    from jsonb_to_recordset(p->'close') as k (n integer, case_id uuid, task_id text, outcome text, by text, at timestamptz)
    where tasks.tenant_id = tenant and tasks.case_id = k.case_id and tasks.task_id = k.task_id and k.n = any(ok);
    delete from task_candidates c using jsonb_to_recordset(p->'close') as k (n integer, case_id uuid, task_id text)
    where c.tenant_id = tenant and c.case_id = k.case_id and c.task_id = k.task_id and k.n = any(ok);
  end if;
end $$;

-- What nodes of an earlier version call, case by case.
create or replace function commit_tasks(tenant uuid, this_case uuid, now_at timestamptz, t jsonb, flow text) returns void
language plpgsql as $$
declare
  of_case jsonb := jsonb_build_object('n', 1, 'case_id', this_case, 'process_key', flow, 'at', now_at);
begin
  perform write_tasks(tenant, jsonb_strip_nulls(jsonb_build_object(
    'open', (select jsonb_agg(o || of_case) from jsonb_array_elements(t->'open') as o),
    'close', (select jsonb_agg(o || of_case) from jsonb_array_elements(t->'close') as o))), '{1}');
  perform write_tasks(tenant, jsonb_build_object('assign', given.rows), '{1}')
  from (select jsonb_agg(k.row) as rows from (
    select of_case || jsonb_build_object('task_id', c->>'task_id', 'assignee', c->>'by') as row from jsonb_array_elements(t->'claim') as c
    union all
    select of_case || jsonb_build_object('task_id', r, 'assignee', null) from jsonb_array_elements_text(t->'release') as r) as k) as given
  where given.rows is not null;
end $$;
