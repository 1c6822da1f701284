-- Cases, history, tasks, work, messages, definitions: what the engine's commit writes and its lists read.
-- Instants are timestamptz; JSON that must come back byte for byte is text. Texts searched by prefix are collated "C",
-- so a btree serves them on any server.

do $$ begin
  create role meridian_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;
-- The role that migrates may become the application's role (a member of it), never the other way round.
do $$ begin
  execute format('grant meridian_app to %I', current_user);
exception when others then null;
end $$;

create table cases (
  tenant_id uuid not null,
  case_id uuid not null,
  process_key text collate "C" not null,
  definition_version integer not null,
  definition_hash text not null,
  version integer not null check (version > 0),
  status text not null check (status in ('active', 'ended')),
  outcome text check (outcome in ('completed', 'terminated', 'error', 'cancelled')),
  state text not null,
  last_hash text not null,
  business_key text collate "C",
  patient_id text collate "C",
  patient_name text collate "C",
  -- The case variable `patient` for lists.
  patient text,
  started_at timestamptz not null,
  last_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, case_id)
) with (fillfactor = 80);
create index cases_by_patient on cases (tenant_id, patient_id, case_id) where patient_id is not null;
create index cases_by_patient_name on cases (tenant_id, patient_name, case_id) where patient_name is not null;
create index cases_by_business_key on cases (tenant_id, business_key, case_id) where business_key is not null;
create index cases_by_flow on cases (tenant_id, process_key, status, case_id);

-- Data keys of cases, wrapped by the master key. Erasing a row erases the case's values and leaves its chain valid.
create table case_keys (
  tenant_id uuid not null,
  case_id uuid not null,
  wrapped_key text not null,
  primary key (tenant_id, case_id)
);

-- Who acted in a case; `element_id` is '' for acts that complete no task.
create table case_actors (
  tenant_id uuid not null,
  case_id uuid not null,
  element_id text not null,
  actor_id text not null,
  primary key (tenant_id, case_id, element_id, actor_id)
);
create index case_actors_by_actor on case_actors (tenant_id, actor_id, case_id);

-- Partitioned by the month a case began (its UUIDv7), so a long case stays whole and old months stay still.
create table history (
  tenant_id uuid not null,
  case_id uuid not null,
  seq integer not null check (seq > 0),
  recorded_at timestamptz not null,
  header text not null,
  sealed_values text not null,
  values_root text not null,
  previous_hash text not null,
  hash text not null,
  -- Followers (sealer, projections) read only rows below pg_snapshot_xmin.
  written_by xid8 not null default pg_current_xact_id(),
  primary key (tenant_id, case_id, seq)
) partition by range (case_id);

create table tasks (
  tenant_id uuid not null,
  case_id uuid not null,
  task_id text not null,
  process_key text collate "C" not null,
  element_id text not null,
  name text collate "C" not null,
  -- TaskRecord as JSON, as it was when the task opened; `assignee` here is the one that holds.
  record text not null,
  assignee text collate "C",
  priority integer not null,
  created_at timestamptz not null,
  due_at timestamptz,
  status text not null check (status in ('open', 'completed', 'cancelled')),
  closed_at timestamptz,
  closed_by text,
  primary key (tenant_id, case_id, task_id)
);
create index tasks_of_assignee on tasks (tenant_id, assignee) where status = 'open' and assignee is not null;

-- One row per open task and role that may take it ('*': any role). A btree, because row-level security rules out array indexes.
create table task_candidates (
  tenant_id uuid not null,
  role text collate "C" not null,
  case_id uuid not null,
  task_id text not null,
  primary key (tenant_id, role, case_id, task_id)
);
create index task_candidates_of_task on task_candidates (tenant_id, case_id, task_id);

create table incidents (
  tenant_id uuid not null,
  case_id uuid not null,
  incident_id text not null,
  element_id text not null,
  code text not null,
  record text not null,
  raised_at timestamptz not null,
  primary key (tenant_id, case_id, incident_id)
);

create table jobs (
  tenant_id uuid not null,
  job_key text collate "C" not null,
  case_id uuid,
  kind text not null,
  -- JobWork as JSON.
  work text not null,
  due_at timestamptz not null,
  -- Due time, or the end of the lease: when the row is to be looked at next.
  run_at timestamptz not null,
  seq bigint generated always as identity,
  attempt integer not null default 0,
  outcome_known boolean not null default true,
  lease_token uuid,
  primary key (tenant_id, job_key)
) with (fillfactor = 70);
create index jobs_by_run_at on jobs (run_at, seq);

create table subscriptions (
  tenant_id uuid not null,
  case_id uuid not null,
  subscription_id text not null,
  element_id text not null,
  message_name text collate "C" not null,
  correlation_key text collate "C" not null,
  seq bigint generated always as identity,
  primary key (tenant_id, case_id, subscription_id)
);
create index subscriptions_by_key on subscriptions (tenant_id, message_name, correlation_key);

create table messages (
  tenant_id uuid not null,
  message_id text not null,
  message_name text collate "C" not null,
  correlation_key text collate "C" not null,
  payload text not null,
  source text not null,
  status text not null check (status in ('waiting', 'delivered')),
  published_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, message_id)
);
create index messages_waiting on messages (tenant_id, message_name, correlation_key) where status = 'waiting';

-- Who got a message: a case, a subscription of a broadcast, or a flow it started. Keeps a message from arriving twice.
create table message_receipts (
  tenant_id uuid not null,
  message_id text not null,
  receiver text not null,
  primary key (tenant_id, message_id, receiver)
);

create table answers (
  tenant_id uuid not null,
  actor_id text not null,
  request_key text not null,
  request_hash text not null,
  answer text not null,
  answered_at timestamptz not null,
  primary key (tenant_id, actor_id, request_key)
);

create table definitions (
  tenant_id uuid not null,
  key text collate "C" not null,
  version integer not null check (version > 0),
  hash text not null,
  -- ProcessPackage as JSON.
  content text not null,
  published_at timestamptz not null,
  published_by text not null,
  approved_by text,
  primary key (tenant_id, key, version)
);
create index definitions_by_hash on definitions (tenant_id, key, hash);

-- Message start events of each flow's current version.
create table message_starts (
  tenant_id uuid not null,
  key text collate "C" not null,
  start_event_id text not null,
  process_id text not null,
  message_name text collate "C" not null,
  primary key (tenant_id, key, start_event_id)
);
create index message_starts_by_name on message_starts (tenant_id, message_name);

-- Row-level security: a statement sees the hospital named by app.tenant and no other; without one it sees nothing.
do $$
declare name text;
begin
  foreach name in array array['cases', 'case_keys', 'case_actors', 'history', 'tasks', 'task_candidates', 'incidents', 'jobs',
    'subscriptions', 'messages', 'message_receipts', 'answers', 'definitions', 'message_starts']
  loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy tenant on %I using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::uuid))', name);
  end loop;
end $$;

grant select, insert, update on cases, tasks, messages to meridian_app;
grant select, insert, update, delete on jobs to meridian_app;
grant select, insert, delete on case_keys, task_candidates, incidents, subscriptions, message_receipts, message_starts to meridian_app;
-- Never changed, never deleted: what happened, who acted, what was answered and what was published.
grant select, insert on history, case_actors, answers, definitions to meridian_app;
