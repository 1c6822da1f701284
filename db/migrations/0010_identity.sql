-- Ways in, open sessions, failed logins, and who saw whose data.

create table accounts (
  tenant_id uuid not null,
  person_id text collate "C" not null,
  login_name text collate "C" not null,
  password_hash text not null,
  language text,
  locked boolean not null default false,
  primary key (tenant_id, person_id),
  unique (tenant_id, login_name)
);

-- The browser holds a random secret, this table its hash: a stolen table opens no session.
create table sessions (
  tenant_id uuid not null,
  secret_hash text collate "C" not null,
  person_id text collate "C" not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (tenant_id, secret_hash)
);

-- In the database, so that a restart or a second node does not give a guesser a new round.
create table login_throttle (
  tenant_id uuid not null,
  key text collate "C" not null,
  failures integer not null,
  window_ends_at timestamptz not null,
  blocked_until timestamptz,
  primary key (tenant_id, key)
);

create table read_audit (
  tenant_id uuid not null,
  id bigint generated always as identity,
  at timestamptz not null,
  person_id text collate "C" not null,
  patient_id text collate "C" not null,
  screen text not null,
  case_id uuid,
  request_id uuid not null,
  primary key (tenant_id, id)
);
create index read_audit_of_patient on read_audit (tenant_id, patient_id, id);
create index read_audit_of_person on read_audit (tenant_id, person_id, id);

create table override_reviews (
  tenant_id uuid not null,
  case_id uuid not null,
  seq integer not null,
  reviewed_by text not null,
  reviewed_at timestamptz not null,
  verdict text not null check (verdict in ('accepted', 'questioned')),
  comment text not null,
  primary key (tenant_id, case_id, seq)
);

create table installation_facts (
  tenant_id uuid not null,
  name text collate "C" not null,
  value text not null,
  primary key (tenant_id, name)
);

do $$
declare name text;
begin
  foreach name in array array['accounts', 'sessions', 'login_throttle', 'read_audit', 'override_reviews', 'installation_facts']
  loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy tenant on %I using (tenant_id = (select nullif(current_setting(''app.tenant'', true), '''')::uuid))', name);
  end loop;
end $$;

grant select, insert, update on accounts, installation_facts to meridian_app;
grant select, insert, update, delete on sessions, login_throttle to meridian_app;
-- Who saw what, and what the auditor found, is never changed or deleted by the application.
grant select, insert on read_audit, override_reviews to meridian_app;
