-- Work over many cases (migration, retry, cancel): judged first, then done, case by case, by jobs on any node.

create table batches (
  tenant_id uuid not null,
  batch_id uuid not null,
  kind text not null,
  work text not null,
  reason text not null,
  requested_by text not null,
  requested_at timestamptz not null,
  state text not null check (state in ('checking', 'checked', 'waiting', 'running', 'stopped', 'done')),
  phase text not null check (phase in ('check', 'run')),
  -- Raised whenever it goes on: jobs of an earlier round do nothing.
  round integer not null check (round > 0),
  released_by text,
  ended_at timestamptz,
  primary key (tenant_id, batch_id)
);
create index batches_by_time on batches (tenant_id, requested_at desc);

create table batch_items (
  tenant_id uuid not null,
  batch_id uuid not null,
  position integer not null,
  case_id uuid not null,
  subject text,
  verdict text check (verdict in ('ok', 'ok-with-note', 'blocked')),
  notes text,
  outcome text check (outcome in ('done', 'refused')),
  why text,
  primary key (tenant_id, batch_id, position)
);
create index batch_items_to_judge on batch_items (tenant_id, batch_id, position) where verdict is null;
create index batch_items_to_do on batch_items (tenant_id, batch_id, position) where outcome is null;

alter table batches enable row level security;
alter table batch_items enable row level security;
create policy tenant on batches using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
create policy tenant on batch_items using (tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid));
grant select, insert, update on batches to meridian_app;
grant select, insert, update on batch_items to meridian_app;
